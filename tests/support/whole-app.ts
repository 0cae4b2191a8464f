import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import { readConfig } from '#platform/config/config.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { openCell, type Cell } from '../../src/cell.js';
import { serve } from '../../src/serve.js';
import { ApiClient } from './api-client.js';
import { CustomerClient } from './customer-client.js';
import { freshDatabase, type FreshDatabase } from './fresh-database.js';
import { freePort } from './redis.js';

export const PASSWORD = 'correct horse battery';

/** A workspace and its owner, signed in. */
export interface TestWorkspace {
  readonly id: string;
  readonly adminId: string;
  readonly admin: ApiClient;
}

/** A whole process as `npm start` runs it, web and worker, on a database and a data directory of its own. */
export class WholeApp {
  private constructor(
    readonly url: string,
    readonly cell: Cell,
    readonly database: FreshDatabase,
    /** Holds the data directory and, beside it, the key file. */
    readonly directory: string,
    private readonly lines: readonly string[],
    private readonly served: Awaited<ReturnType<typeof serve>>,
  ) {}

  /** @param settings as in the environment, on top of: built-in media processor, no MP4 copies, a free port */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<WholeApp> {
    const database = await freshDatabase();
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-app-'));
    const port = String(await freePort());
    const own = { DATABASE_URL: database.url, DATA_DIR: join(directory, 'data'), PORT: port };
    const config = readConfig({ FFMPEG: 'off', MP4_COPIES: 'off', ...own, ...settings });
    const lines: string[] = [];
    const logger = new NestLogger(createLogger('info', { write: (line) => void lines.push(line) }));
    const cell = await openCell(config);
    const served = await serve(cell, logger);
    return new WholeApp(config.publicUrl, cell, database, directory, lines, served);
  }

  async stop(): Promise<void> {
    await this.served.stop();
    const secrets = await this.secretsInLog();
    await this.database.drop();
    await rm(this.directory, { recursive: true, force: true });
    expect(secrets).toEqual([]);
  }

  /** Events in which something stands that no event may ever hold, whatever the test was about. */
  private async secretsInLog(): Promise<string[]> {
    const { rows } = await this.database.pool.query(
      `SELECT type, data::text AS data FROM es.event WHERE data::text ~* '"[a-z]*(password|secret|token)[a-z]*":'`,
    );
    return rows.map(({ type, data }) => `${type} ${data}`);
  }

  get nest(): INestApplication {
    return this.served.app;
  }

  /** A part of the running application. */
  get<T>(part: abstract new (...args: never[]) => T): T {
    return this.served.app.get(part as never, { strict: false });
  }

  /** Everything logged so far, as JSON lines. */
  log(): string {
    return this.lines.join('');
  }

  /** Somebody without credentials. */
  stranger(headers: Readonly<Record<string, string>> = {}): ApiClient {
    return new ApiClient(this.url, headers);
  }

  async workspace(name = 'Acme'): Promise<TestWorkspace> {
    const [id, memberId] = [randomUUID(), randomUUID()];
    const slug = `w-${id.slice(0, 8)}`;
    const owner = { memberId, name: 'Ada Lovelace', email: `ada@${slug}.example`, password: PASSWORD };
    await this.get(WorkspaceFounding).found({ workspaceId: id, slug, region: 'eu', name, owner });
    return { id, adminId: memberId, admin: await this.signIn(owner.email) };
  }

  async signIn(email: string, password = PASSWORD): Promise<ApiClient> {
    const { headers } = await this.stranger({ origin: this.url }).post('session', { email, password }).expect(200);
    const cookie = headers.getSetCookie()[0]!.split(';')[0]!;
    return this.stranger({ origin: this.url, cookie });
  }

  /** Another member of the workspace, signed in. */
  async agent({ admin }: TestWorkspace, email = `agent-${randomUUID()}@x.example`): Promise<ApiClient> {
    const made = await admin
      .post('members', { name: 'Bob Agent', email, role: 'agent', password: PASSWORD })
      .expect(201);
    await admin.get(`members?after=${made.headers.get('screendesk-after')}`).expect(200); // the name is in the list
    return this.signIn(email);
  }

  /** A program with an API key of the workspace. */
  async apiKey({ admin }: TestWorkspace, ...scopes: string[]): Promise<ApiClient> {
    const { body } = await admin.post('api-keys', { name: 'Integration', scopes }).expect(201);
    return this.stranger({ authorization: `Bearer ${body.key}` });
  }

  /** A request's customer who has opened its link, and is there. */
  async customer(link: string): Promise<CustomerClient> {
    const customer = await this.opened(link);
    await customer.here().expect(204);
    return customer;
  }

  /** Whoever, or whatever, has opened a link. */
  opened(link: string): Promise<CustomerClient> {
    return CustomerClient.open(this.stranger(), link.split('/r/')[1]!);
  }
}
