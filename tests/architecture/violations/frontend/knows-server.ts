import '../modules/beta/beta.module.js';
