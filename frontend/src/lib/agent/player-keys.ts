/** The keyboard of the player: what each key means, apart from what then happens. */

export type PlayerCommand =
  | { do: 'toggle-play' }
  | { do: 'seek-by'; seconds: number }
  | { do: 'seek-to'; fraction: number }
  | { do: 'volume-by'; share: number }
  | { do: 'rate-by'; steps: 1 | -1 }
  | { do: 'toggle-mute' }
  | { do: 'toggle-captions' }
  | { do: 'toggle-fullscreen' }
  | { do: 'show-keys' };

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

const commands: Record<string, PlayerCommand> = {
  ' ': { do: 'toggle-play' },
  k: { do: 'toggle-play' },
  j: { do: 'seek-by', seconds: -10 },
  l: { do: 'seek-by', seconds: 10 },
  arrowleft: { do: 'seek-by', seconds: -5 },
  arrowright: { do: 'seek-by', seconds: 5 },
  arrowup: { do: 'volume-by', share: 0.1 },
  arrowdown: { do: 'volume-by', share: -0.1 },
  home: { do: 'seek-to', fraction: 0 },
  end: { do: 'seek-to', fraction: 1 },
  '<': { do: 'rate-by', steps: -1 },
  '>': { do: 'rate-by', steps: 1 },
  m: { do: 'toggle-mute' },
  c: { do: 'toggle-captions' },
  f: { do: 'toggle-fullscreen' },
  '?': { do: 'show-keys' },
};

/** The command of a key, or null when the key is not the player's. Chords belong to the browser. */
export function playerCommand({ key, ctrlKey, metaKey, altKey }: Key): PlayerCommand | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^\d$/.test(key)) return { do: 'seek-to', fraction: Number(key) / 10 };
  const name = key.toLowerCase();
  return Object.hasOwn(commands, name) ? (commands[name] ?? null) : null;
}

/** The speeds on offer, slowest first. */
export const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next faster or slower speed, holding at the ends. */
export function nextRate(rate: number, steps: 1 | -1): number {
  const faster = rates.filter((offered) => offered > rate);
  const slower = rates.filter((offered) => offered < rate);
  return (steps > 0 ? faster[0] : slower.at(-1)) ?? rate;
}
