import { setTimeout as wait } from 'node:timers/promises';
import { Installation, type Part, type Way } from './installation.js';
import { Load, type Met } from './load.js';

export interface SoakOptions {
  readonly parts: readonly Part[];
  /** How long each part is killed, how long it is frozen, and how long all is well after each; in seconds. */
  readonly killedSeconds: number;
  readonly frozenSeconds: number;
  readonly calmSeconds: number;
  /** A recording is begun this often. */
  readonly everySeconds: number;
  /** How long after the last outage everything must be ready. */
  readonly settleSeconds: number;
  say(line: string): void;
}

/** One outage, and what callers met from its beginning to the next one's. */
export interface OutageRow extends Omit<Met, 'wrong'> {
  readonly part: Part;
  readonly way: Way;
  readonly seconds: number;
  readonly wrong: string;
}

export interface SoakReport {
  readonly outages: readonly OutageRow[];
  readonly begun: number;
  readonly sent: number;
  readonly ready: number;
  /** What must be empty: nothing lost, nothing refused for an outage, nobody's hand needed. */
  readonly faults: readonly string[];
}

const WAYS: readonly Way[] = ['killed', 'frozen'];

/** Takes each part away in turn while people go on recording, and looks whether everything came right by itself. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const installation = await Installation.start(options.parts);
  try {
    const agent = await installation.agent();
    const load = await Load.begin(agent, options.everySeconds * 1000);
    const outages: OutageRow[] = [];
    for (const part of installation.parts.filter((one) => options.parts.includes(one)))
      for (const way of WAYS) outages.push(await outage({ installation, load, options }, part, way));
    await load.end(options.settleSeconds * 1000);
    const sent = load.recordings.flatMap(({ sent: track }) => track ?? []);
    const unready = await unreadyAfter(options.settleSeconds, {
      load,
      ids: sent.map(({ recordingId }) => recordingId),
    });
    const faults = [...brokenOf(load), ...unready, ...(await handsNeeded(installation))];
    return { outages, begun: load.recordings.length, sent: sent.length, ready: sent.length - unready.length, faults };
  } finally {
    await installation.stop();
  }
}

interface Underway {
  readonly installation: Installation;
  readonly load: Load;
  readonly options: SoakOptions;
}

async function outage({ installation, load, options }: Underway, part: Part, way: Way): Promise<OutageRow> {
  const seconds = way === 'killed' ? options.killedSeconds : options.frozenSeconds;
  options.say(`${part} ${way} for ${seconds} s`);
  const before = { ...load.met, wrong: load.met.wrong.length };
  const { begin, end } = installation.outage(part, way);
  await begin();
  await wait(seconds * 1000);
  await end();
  await wait(options.calmSeconds * 1000);
  const { calls, unavailable, unanswered, wrong } = load.met;
  return {
    ...{ part, way, seconds },
    calls: calls - before.calls,
    unavailable: unavailable - before.unavailable,
    unanswered: unanswered - before.unanswered,
    wrong: [...new Set(wrong.slice(before.wrong))].join(', '),
  };
}

function brokenOf({ recordings, met }: Load): string[] {
  const broken = recordings.flatMap(({ broken: why, sent }, n) => {
    if (why) return [`Recording ${n}: ${why}`];
    return sent ? [] : [`Recording ${n} was never sent`];
  });
  return [...broken, ...new Set(met.wrong.map((answer) => `Answered ${answer}`))];
}

interface Sent {
  readonly load: Load;
  readonly ids: readonly string[];
}

/** Ready, and its film is given out. @returns a line for each recording that is not, once that time has passed */
async function unreadyAfter(seconds: number, { load, ids }: Sent): Promise<string[]> {
  let left = ids.map((id) => [id, 'unseen'] as readonly [string, string]);
  for (const end = Date.now() + seconds * 1000; left.length && Date.now() < end; await wait(1000)) {
    const looked = left.map(async ([id]) => [id, await load.statusOf(id)] as const);
    left = (await Promise.all(looked)).filter(([, status]) => status !== 'ready');
  }
  return left.map(([id, status]) => `Recording ${id} is ${status}`);
}

async function handsNeeded(installation: Installation): Promise<string[]> {
  const said = await installation.stuck();
  return said === 'Nothing is stuck.' ? [] : said.split('\n');
}
