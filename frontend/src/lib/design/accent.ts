/**
 * A workspace's own colour, made safe: whatever it is, text on it and text in it keep the contrast that people need
 * (WCAG 2.2 AA), in light and in dark.
 */

export type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The surfaces of tokens.css on which the accent appears. */
const LIGHT_SURFACE: Rgb = [255, 255, 255];
const DARK_SURFACE: Rgb = [23, 27, 34];
const TEXT_CONTRAST = 4.6;
const STEPS = 40;

/** Null for anything but #rgb or #rrggbb. */
export function readColour(text: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text);
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  return parts ? (parts.map((part) => parseInt(part, 16)) as unknown as Rgb) : null;
}

/** Contrast of two colours as WCAG defines it, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The custom properties of tokens.css that a colour replaces. */
export function accentTokens(colour: Rgb): Record<string, string> {
  return { ...tokens('', colour, LIGHT_SURFACE, BLACK), ...tokens('dark-', colour, DARK_SURFACE, WHITE) };
}

/** Puts a workspace's colour on the page; anything that is no colour leaves it as it is. */
export function wearAccent(text: string): void {
  const colour = readColour(text);
  if (!colour) return;
  for (const [name, value] of Object.entries(accentTokens(colour)))
    document.documentElement.style.setProperty(name, value);
}

function tokens(prefix: string, colour: Rgb, surface: Rgb, towards: Rgb): Record<string, string> {
  const accent = until(colour, towards, (candidate) => contrast(candidate, surface) >= TEXT_CONTRAST);
  const on = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK;
  const soft = mix(surface, accent, 0.1);
  const text = until(accent, towards, (candidate) => contrast(candidate, soft) >= TEXT_CONTRAST);
  const values = {
    accent,
    'accent-strong': mix(accent, towards, 0.18),
    'accent-text': text,
    'accent-soft': soft,
    'on-accent': on,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`--workspace-${prefix}${name}`, `rgb(${value.join(' ')})`]),
  );
}

/** Moves a colour step by step towards another until it is good enough. */
function until(colour: Rgb, towards: Rgb, good: (candidate: Rgb) => boolean): Rgb {
  for (let step = 0; step < STEPS; step++) {
    const candidate = mix(colour, towards, step / STEPS);
    if (good(candidate)) return candidate;
  }
  return towards;
}

function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  return colour.map((part, index) => Math.round(part + (other[index]! - part) * share)) as unknown as Rgb;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
