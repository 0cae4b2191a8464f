import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { quantile, type Entries } from '../entry.js';
import { Conversation, type Recording } from './customer.js';
import { Product } from './product.js';

/** What a second of a recording takes: 1.2 Mbit/s. */
const SECOND = randomBytes(150_000);
const STEP = 50;
const MOST = 1000;
const STEP_SECONDS = 15;
const P99_BELOW_MS = 1000;

/**
 * How many customers may record at once, each sending one append a second: the most whose slowest hundredth was
 * acknowledged within a second of when it was due. The load comes from the same machine and takes its share.
 */
export async function concurrentCustomers(): Promise<Entries> {
  const product = await Product.start();
  try {
    const agent = await Conversation.signIn(product.url, await product.agent());
    const customers: Recording[] = [];
    let [carried, p99] = [0, 0];
    while (customers.length < MOST) {
      for (let n = 0; n < STEP; n++) customers.push(await agent.begin());
      const late = quantile((await Promise.all(customers.map((customer) => record(customer)))).flat(), 0.99);
      if (late >= P99_BELOW_MS) break;
      [carried, p99] = [customers.length, late];
    }
    return { concurrent_customers: { value: carried, unit: 'customers', reference: p99, ratio: null } };
  } finally {
    await product.stop();
  }
}

/** @returns of each append, how long after it was due it was acknowledged, in milliseconds */
async function record(customer: Recording): Promise<number[]> {
  const delays: number[] = [];
  const first = performance.now() + Math.random() * 1000;
  for (let second = 0; second < STEP_SECONDS; second++) {
    const due = first + second * 1000;
    await wait(Math.max(0, due - performance.now()));
    await customer.append(SECOND);
    delays.push(performance.now() - due);
  }
  return delays;
}
