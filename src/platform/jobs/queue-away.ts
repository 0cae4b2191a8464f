/** A queue's server did not answer in time; what is asked of it may be asked again. */
export class QueueAway extends Error {
  constructor() {
    super('The queue does not answer');
    this.name = 'QueueAway';
  }
}

const ANSWER_MS = 10_000;

/** What the queue's library answers; it waits for ever for a server that never was there. @throws QueueAway */
export async function answered<T>(asked: Promise<T>, withinMs = ANSWER_MS): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new QueueAway()), withinMs);
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
