import '../beta/beta.module.js';
