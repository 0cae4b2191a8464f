import './circle-b.js';
export const a = 1;
