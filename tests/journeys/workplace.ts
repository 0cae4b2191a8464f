import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, type Decoded } from '../support/decode.js';
import { eventually } from '../support/eventually.js';
import { bytesOf, viewingsIn } from '../support/watching.js';
import { WholeApp, type TestWorkspace } from '../support/whole-app.js';

/** A running product and a workspace in it: the agent's side of a journey. */
export class Workplace {
  protected constructor(
    readonly app: WholeApp,
    readonly workspace: TestWorkspace,
  ) {}

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<Workplace> {
    const app = await WholeApp.start({ FFMPEG: 'auto', ...settings });
    return new Workplace(app, await app.workspace());
  }

  async end(): Promise<void> {
    await this.app.stop();
  }

  async askForRecording(request: object = {}): Promise<string> {
    const { body } = await this.workspace.admin
      .post('recording-requests', { customerName: 'Jane', ...request })
      .expect(201);
    return body.link;
  }

  /** What the server has committed of the newest upload, in order; a digest is in hexadecimal. */
  async segments(): Promise<{ length: number; sha256: string }[]> {
    const { rows } = await this.app.database.pool.query(`SELECT length, encode(sha256, 'hex') AS sha256
      FROM recording.segment WHERE upload_id = (SELECT id FROM recording.upload ORDER BY created_at DESC LIMIT 1)
      ORDER BY offset_bytes`);
    return rows;
  }

  /** The newest recording once the worker is done with it. */
  async watchable(withinMs = 60_000): Promise<any> {
    return eventually(async () => {
      const { body } = await this.workspace.admin.get('recordings').expect(200);
      expect(body.items[0]).toMatchObject({ status: 'ready', hasPoster: true });
      return body.items[0];
    }, withinMs);
  }

  /** What was noted of watching and downloading, in order. */
  viewings() {
    return viewingsIn(this.app);
  }

  /** A recording (or a part of it) as the agent gets it, decoded. */
  async decoded(id: string, what: 'download' | 'camera' = 'download'): Promise<Decoded> {
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-journey-'));
    try {
      const file = join(directory, 'video.webm');
      await writeFile(file, (await bytesOf(this.workspace.admin, id, what).expect(200)).bytes);
      return await decode(file);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
}
