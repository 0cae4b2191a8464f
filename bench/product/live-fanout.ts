import { alone, quantile, type Entries } from '../entry.js';
import { Conversation } from './customer.js';
import { Product } from './product.js';

const AGENTS = 200;
const SIGN_INS_AT_ONCE = 4;
const ROUNDS = 20;

/** From one agent's asking for a recording until the pages of 200 agents, each with a session of its own, have heard of it. */
export async function sseFanout(): Promise<Entries> {
  const product = await Product.start();
  try {
    const credentials = await product.agent();
    const agents: Conversation[] = [];
    for (let n = 0; n < AGENTS; n += SIGN_INS_AT_ONCE)
      agents.push(...(await Promise.all(someOf(() => Conversation.signIn(product.url, credentials)))));
    const delays: number[] = [];
    const round = new Round();
    const ends = await Promise.all(agents.map((agent) => agent.follow((id) => round.heard(id))));
    for (let n = 0; n < ROUNDS; n++) delays.push(...(await round.run(agents[n]!)));
    for (const end of ends) end();
    return { sse_fanout_p95_ms: alone(quantile(delays, 0.95), 'ms') };
  } finally {
    await product.stop();
  }
}

const someOf = <T>(make: () => T): T[] => Array.from({ length: SIGN_INS_AT_ONCE }, make);

/** One change and when each page heard of it. */
class Round {
  private readonly times = new Map<string, number[]>();
  private all = Promise.withResolvers<void>();

  heard(id: string): void {
    const times = this.times.get(id) ?? [];
    times.push(performance.now());
    this.times.set(id, times);
    if (times.length === AGENTS) this.all.resolve();
  }

  async run(agent: Conversation): Promise<number[]> {
    this.all = Promise.withResolvers<void>();
    const begun = performance.now();
    const { id } = await agent.ask();
    await this.all.promise;
    return this.times.get(id)!.map((time) => time - begun);
  }
}
