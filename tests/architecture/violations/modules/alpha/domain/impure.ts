import '../beta-adapter.js';
export const now = Date.now();
