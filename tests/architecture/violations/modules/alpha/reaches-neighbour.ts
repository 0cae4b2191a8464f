import '../beta/domain/secret.js';
