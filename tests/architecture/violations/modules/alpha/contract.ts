import './domain/impure.js';
