/** Outlines of icons, drawn on a 24 × 24 grid with a 2-unit round stroke: those that the first page needs. */
export const check = 'M5 12.5l4.5 4.5L19 7';
export const clock = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2';
export const globe = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18';
export const info = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 7.5v.01';
export const screen = 'M3 4h18v12H3zM8 20h8M12 16v4';
export const shield = 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5';
export const warning = 'M12 3.5L2.5 20h19zM12 10v4M12 17v.01';
