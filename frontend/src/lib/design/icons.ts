/** Outlines of the recorder's icons, drawn on a 24 × 24 grid with a 2-unit round stroke. Few, so that they cost little. */
export const icons = {
  check: 'M5 12.5l4.5 4.5L19 7',
  chevron: 'M6 9l6 6 6-6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2',
  camera: 'M3 7h11a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3zM15 11l6-3v8l-6-3',
  cloud: 'M7 18a4.5 4.5 0 0 1-.6-8.96 6 6 0 0 1 11.5 1.5A3.8 3.8 0 0 1 17.5 18z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 7.5v.01',
  mail: 'M3 6h18v12H3zM3 7l9 6 9-6',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7z',
  screen: 'M3 4h18v12H3zM8 20h8M12 16v4',
  send: 'M4 12l16-8-6 16-3-7zM11 13l9-9',
  shield: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5',
  sound: 'M4 9v6h4l5 4V5L8 9zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  stop: 'M6 6h12v12H6z',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  upload: 'M12 16V4M7 9l5-5 5 5M4 17v3h16v-3',
  warning: 'M12 3.5L2.5 20h19zM12 10v4M12 17v.01',
  offline: 'M3 3l18 18M8.5 8.2A6 6 0 0 0 6.4 9 4.5 4.5 0 0 0 7 18h10.5M12 5.6a6 6 0 0 1 5.9 5A3.8 3.8 0 0 1 20 16.5',
} as const;

export type IconName = keyof typeof icons;
