/** Outlines of icons that only later pages need; see icons.ts. */
export const mail = 'M3 6h18v12H3zM3 7l9 6 9-6';
export const copy = 'M9 9h11v11H9zM5 15H4V4h11v1';
export const offline =
  'M3 3l18 18M8.5 8.2A6 6 0 0 0 6.4 9 4.5 4.5 0 0 0 7 18h10.5M12 5.6a6 6 0 0 1 5.9 5A3.8 3.8 0 0 1 20 16.5';
export const pause = 'M8 5v14M16 5v14';
export const play = 'M7 5l12 7-12 7z';
export const send = 'M4 12l16-8-6 16-3-7zM11 13l9-9';
export const stop = 'M6 6h12v12H6z';
export const upload = 'M12 16V4M7 9l5-5 5 5M4 17v3h16v-3';
