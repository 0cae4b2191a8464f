import { constant, limits, refusals, sources } from './api-facts.ts';

interface Operation {
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly schema?: { readonly default?: number; readonly maximum?: number };
  }[];
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const LIMITED: Readonly<Record<string, string>> = {
  sign_in_account_address:
    'failed sign-ins at one account from one address, before those of strangers are judged in turns, with pauses',
  sign_in_account_address_slowly: 'failed sign-ins then; right ones have no pause behind them',
  sign_in_account: 'failed sign-ins at one account, before those of strangers are judged in turns, with pauses',
  sign_in_slowly: 'failed sign-ins then; right ones have no pause behind them',
  sign_in_device: 'failed sign-ins in a browser where that person has signed in before',
  sign_in_address: 'failed sign-ins from one address, before those of strangers are judged in turns, with pauses',
  sign_in_address_slowly: 'failed sign-ins then; right ones have no pause behind them',
  sign_in_address_still: 'of those, before the pause behind a failed one is longer',
  sign_in_address_slower: 'failed sign-ins then',
  own_password: 'wrong guesses at their own password of somebody who is signed in',
  sends: "Sends of one request's recordings",
  viewings_begun: 'viewings and downloads begun by one member or with one key',
  upload_readings: 'readings of one upload to check a claim about the whole',
  uploads_begun: 'uploads begun under one request',
};

const LIVES: readonly (readonly [what: string, file: string, name: string])[] = [
  ['a session that is not used', 'sessions.ts', 'IDLE_MS'],
  ['a session, however much it is used', 'sessions.ts', 'ABSOLUTE_MS'],
  ['a browser is known where somebody has signed in', 'known-devices.ts', 'DEVICE_KNOWN_MS'],
  ['the capability that opening a link gives', 'customer-capability.ts', 'LIFETIME_MS'],
  ['a viewing or a download that was begun', 'viewing.ts', 'VIEWING_LASTS_MS'],
];

/** The parts of docs/api.md that are drawn from the code, by the name of their place in it. */
export async function partsOfApiPage(document: ApiDocument): Promise<Readonly<Record<string, string>>> {
  const files = await sources();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ call: `\`${method.toUpperCase()} ${path}\``, ...operation })),
  );
  return {
    codes: table(
      ['Code', 'Status', 'What it says'],
      refusals(files).map(({ code, statuses, sentences }) => [
        `\`${code}\``,
        statuses.join(', '),
        sentences.join('<br>'),
      ]),
    ),
    limits: table(
      ['At most', 'In', 'Of'],
      limits(files).map(({ name, points, perSeconds }) => [
        String(points),
        spanOf(perSeconds * 1000),
        LIMITED[name] ?? name,
      ]),
    ),
    lifetimes: table(
      ['What', 'Lives'],
      LIVES.map(([what, file, name]) => [what, spanOf(constant(files, file, name))]),
    ),
    lists: table(['List', 'Order and end', 'Items, usually', 'Items, at most'], listsOf(operations)),
  };
}

type Called = Operation & { readonly call: string };

function listsOf(operations: readonly Called[]): string[][] {
  return operations.flatMap(({ call, parameters = [], description = '' }) => {
    const limit = parameters.find(({ name }) => name === 'limit')?.schema;
    const order = description.replace(/ An API key needs.*$/, '').replaceAll('|', '\\|');
    return limit ? [[call, order, String(limit.default), String(limit.maximum)]] : [];
  });
}

function spanOf(ms: number): string {
  const [seconds, minutes, hours] = [ms / 1000, ms / 60_000, ms / 3_600_000];
  if (hours === 1) return 'an hour';
  if (hours >= 1) return hours % 24 || hours < 48 ? `${hours} hours` : `${hours / 24} days`;
  if (minutes === 1) return 'a minute';
  return minutes >= 1 ? `${minutes} minutes` : `${seconds} seconds`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** A table without what formatting adds to it. */
export function bare(text: string): string {
  return text
    .replace(/ *\| */g, '|')
    .replace(/-{3,}/g, '---')
    .trim();
}

/** The place of a part in the page. */
export function placeOf(page: string, part: string): { readonly start: number; readonly end: number } {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  return { start: page.indexOf(begin) + begin.length, end: page.indexOf(end) };
}
