/** What kind of computer this is, as far as help texts and the list of unsupported browsers need to know. */

export type System = 'mac' | 'windows' | 'android' | 'ios' | 'other';

const FAMILIES = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS|Chromium/],
  ['Safari', /Safari/],
] as const;

const SYSTEMS: readonly (readonly [System, string, RegExp])[] = [
  ['android', 'Android', /Android/],
  ['ios', 'iOS', /iPhone|iPad|iPod/],
  ['mac', 'macOS', /Mac OS X/],
  ['windows', 'Windows', /Windows/],
];

export function systemOf(userAgent: string): System {
  return SYSTEMS.find(([, , pattern]) => pattern.test(userAgent))?.[0] ?? 'other';
}

/** Such as "Firefox on Android": a family, never more, because more would single people out. */
export function familyOf(userAgent: string): string {
  const browser = FAMILIES.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'Other browser';
  const system = SYSTEMS.find(([, , pattern]) => pattern.test(userAgent))?.[1] ?? 'other system';
  return `${browser} on ${system}`;
}
