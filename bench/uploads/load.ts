import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

const STREAMS = 10;
const APPEND = randomBytes(100_000);
const DIGEST = `sha-256=:${createHash('sha256').update(APPEND).digest('base64')}:`;

/** What a server is asked to do: ten streams, each sending its appends of 100 kB one after the other. */
export class Load {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: STREAMS });
  private tus: Record<string, string> = {};
  private turns = 0;

  /** @param isTus whether uploads are created first, and say where they are */
  constructor(
    private readonly port: number,
    private readonly isTus: boolean,
  ) {}

  /** @returns appends per second of all streams together */
  async run(ms: number): Promise<number> {
    this.turns++;
    // Another customer each time: one may have only so many uploads.
    this.tus = { 'tus-resumable': '1.0.0', authorization: `Bearer cap_${randomUUID()}_${randomUUID()}` };
    const paths = await Promise.all(
      Array.from({ length: STREAMS }, (_, n) => (this.isTus ? this.create() : `/${this.turns}-${n}`)),
    );
    const began = performance.now();
    const counts = await Promise.all(paths.map((path) => this.stream(path, began + ms)));
    return (counts.reduce((sum, count) => sum + count, 0) * 1000) / (performance.now() - began);
  }

  private async stream(path: string, until: number): Promise<number> {
    let count = 0;
    for (; performance.now() < until; count++) {
      const { status } = await this.send('PATCH', path, {
        'content-type': 'application/offset+octet-stream',
        'content-length': String(APPEND.length),
        'content-digest': DIGEST,
        'upload-offset': String(count * APPEND.length),
      });
      if (status !== 204) throw new Error(`An append was answered ${status}`);
    }
    return count;
  }

  private async create(): Promise<string> {
    const filetype = Buffer.from('video/webm').toString('base64');
    const headers = { 'upload-defer-length': '1', 'upload-metadata': `filetype ${filetype}`, 'content-length': '0' };
    const { status, location } = await this.send('POST', '/uploads', headers);
    if (status !== 201) throw new Error(`A creation was answered ${status}`);
    return new URL(location!, 'http://localhost').pathname;
  }

  private send(method: string, path: string, headers: Record<string, string>) {
    return new Promise<{ status: number; location: string | undefined }>((resolve, reject) => {
      const options = { port: this.port, method, path, agent: this.agent, headers: { ...this.tus, ...headers } };
      const sending = request(options, (response) => {
        response.resume();
        response.on('end', () => resolve({ status: response.statusCode!, location: response.headers.location }));
      });
      sending.on('error', reject);
      sending.end(method === 'PATCH' ? APPEND : undefined);
    });
  }
}
