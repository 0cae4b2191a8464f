import { randomBytes } from 'node:crypto';
import { alone, type Entries } from '../entry.js';
import { Conversation } from './customer.js';
import { Product } from './product.js';

const APPEND = randomBytes(4 * 1024 * 1024);
const APPENDS = 512;
const THREE_HOURS_MS = 3 * 3_600_000;

/** How long Send takes for a recording of 2 GB, all of which is read again and compared with what the customer has. */
export async function sendWholeDigest(): Promise<Entries> {
  const product = await Product.start({ MAX_RECORDING_MINUTES: '180' });
  try {
    const agent = await Conversation.signIn(product.url, await product.agent());
    const recording = await agent.begin({ maxDurationMs: THREE_HOURS_MS });
    for (let n = 0; n < APPENDS; n++) await recording.append(APPEND);
    const begun = performance.now();
    await recording.send({ durationMs: THREE_HOURS_MS, width: 1920, height: 1080 });
    return { send_whole_digest_ms: alone(performance.now() - begun, 'ms') };
  } finally {
    await product.stop();
  }
}
