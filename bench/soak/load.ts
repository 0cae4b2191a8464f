import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, ApiClient } from '../../tests/support/api-client.js';
import { bytesOf } from '../../tests/support/watching.js';
import { CustomerClient, type SentTrack } from '../../tests/support/customer-client.js';

const VIDEO = 'tests/fixtures/media/vp8-opus.webm';
const APPEND = 12_000;
/** How long one call is waited for, and until it is made again. */
const CALL_MS = 40_000;
const PAUSE_MS = 500;

/** One customer from the agent's click to the receipt. */
export interface Recorded {
  /** How far bytes were acknowledged, at the most. */
  acknowledged: number;
  sent: SentTrack | null;
  /** What ended it before it was sent: a refusal that no outage explains. */
  broken: string | null;
}

/** What callers met while parts were away. */
export interface Met {
  calls: number;
  /** Answered with 503 and a time to come back, as it should be. */
  unavailable: number;
  /** Cut off, or not answered in time. */
  unanswered: number;
  /** Any other 5xx, or a 503 that says no time. */
  wrong: string[];
}

/** A steady stream of recordings, made by patient people: they repeat what was not answered until it is. */
export class Load {
  readonly recordings: Recorded[] = [];
  readonly met: Met = { calls: 0, unavailable: 0, unanswered: 0, wrong: [] };
  private readonly underWay = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly agent: ApiClient,
    private readonly video: Buffer,
    everyMs: number,
  ) {
    this.timer = setInterval(() => this.begin(), everyMs);
    this.begin();
  }

  static async begin(agent: ApiClient, everyMs: number): Promise<Load> {
    return new Load(agent, await readFile(VIDEO), everyMs);
  }

  /** Begins no more, and waits for those under way, as long as that. */
  async end(withinMs: number): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([Promise.all(this.underWay), wait(withinMs, undefined, { ref: false })]);
  }

  /** The first answer of a call that is neither an outage's nor missing. */
  async patiently(call: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await this.once(call);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      await wait(Number(answer?.headers.get('retry-after') ?? 0) * 1000 || PAUSE_MS);
    }
  }

  /** How an agent finds a recording that was sent: `ready` once its film is given out, too. */
  async statusOf(recordingId: string): Promise<string> {
    const { body } = await this.patiently(() => this.agent.get(`recordings/${recordingId}`));
    if (body.status !== 'ready') return String(body.status ?? body.code);
    const film = await this.patiently(() => bytesOf(this.agent, recordingId));
    return film.status === 200 && film.bytes.length > 0 ? 'ready' : `ready without a film (${film.status})`;
  }

  private async once(call: () => Promise<Answer>): Promise<Answer | null> {
    this.met.calls++;
    const answer = await Promise.race([call(), wait(CALL_MS, null, { ref: false })]).catch(() => null);
    if (!answer) this.met.unanswered++;
    else if (answer.status === 503 && answer.headers.has('retry-after')) this.met.unavailable++;
    else if (answer.status >= 500) this.met.wrong.push(`${answer.status} ${answer.body?.code ?? ''}`);
    return answer;
  }

  private begin(): void {
    const recorded: Recorded = { acknowledged: 0, sent: null, broken: null };
    this.recordings.push(recorded);
    const recording = this.record(recorded).catch((error: Error) => void (recorded.broken = error.message));
    this.underWay.add(recording);
    void recording.finally(() => this.underWay.delete(recording));
  }

  private async record(recorded: Recorded): Promise<void> {
    const key = { 'idempotency-key': randomUUID() };
    const asked = await this.expecting(201, () => this.agent.post('recording-requests', {}, key));
    const stranger = this.agent.with({ cookie: '' });
    const code = String(asked.body.link).split('/r/')[1]!;
    const { body } = await this.expecting(200, () => stranger.post('links/open', { code }));
    const customer = CustomerClient.holding(stranger, body.token);
    await this.expecting(204, () => customer.consent());
    const track = await this.upload(customer, recorded);
    await this.expecting(200, () => customer.submit(track.recordingId, [track]));
    recorded.sent = track;
  }

  private async upload(customer: CustomerClient, recorded: Recorded): Promise<SentTrack> {
    const { headers } = await this.expecting(201, () => customer.createUpload());
    const path = new URL(headers.get('location')!, customer.api.url).pathname;
    for (let offset = 0; offset < this.video.length;) {
      const part = this.video.subarray(offset, offset + APPEND);
      const answer = await this.once(() => customer.append(path, offset, part));
      if (answer?.status === 204) offset += part.length;
      else {
        await wait(PAUSE_MS);
        const there = await this.expecting(200, () => customer.api.head(path, { 'tus-resumable': '1.0.0' }));
        offset = Number(there.headers.get('upload-offset'));
      }
      if (offset < recorded.acknowledged)
        throw new Error(`${recorded.acknowledged} bytes were acknowledged, ${offset} are there`);
      recorded.acknowledged = offset;
    }
    return { path, uploadId: path.split('/')[2]!, recordingId: headers.get('upload-recording')!, bytes: this.video };
  }

  private async expecting(status: number, call: () => Promise<Answer>): Promise<Answer> {
    const answer = await this.patiently(call);
    if (answer.status !== status) throw new Error(`${answer.status} ${answer.body?.code} instead of ${status}`);
    return answer;
  }
}
