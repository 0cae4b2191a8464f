import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Global, Module, Post } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { IdentityQueries, WorkspaceFounding } from '#modules/identity/contract.js';
import { Argon2Threads } from '#modules/identity/credentials/argon2-threads.js';
import { Clock } from '#modules/identity/credentials/clock.js';
import { GuessLimits } from '#modules/identity/credentials/guess-limits.js';
import { KnownDevices } from '#modules/identity/credentials/known-devices.js';
import { Passwords } from '#modules/identity/credentials/passwords.js';
import {
  ApiKeyAuthenticator,
  DeclaredPermissions,
  IdentityModule,
  identityContext,
  SessionAuthenticator,
} from '#modules/identity/identity.module.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Announcements } from '#platform/live/announcements.js';
import { Progress } from '#platform/consumers/progress.js';
import { Database } from '#platform/database/database.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { Access } from '#platform/http/access.js';
import type { Caller } from '#platform/http/caller.js';
import { configureHttp, NEST_HTTP_OPTIONS } from '#platform/http/configure-http.js';
import { HttpModule } from '#platform/http/http.module.js';
import { defaultHttpSettings } from '#platform/http/http-settings.js';
import { RateLimits } from '#platform/http/rate-limits.js';
import { CurrentCaller } from '#platform/http/request-context.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { Streams } from '#platform/streams/streams.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

export const ORIGIN = 'https://desk.example';
export const PASSWORD = 'correct horse battery';

/** What proofs cost here, and the pauses behind wrong guesses, beside what they are: next to nothing. */
export const CHEAP = { memoryCost: 64, timeCost: 1 };
const PAUSE_TIMES = 0.1;

/** A clock that stands until it is moved. */
export class StandingClock extends Clock {
  private time = Date.now();

  override now(): Date {
    return new Date(this.time);
  }

  forward(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** What routes of other contexts see of a caller. */
@Controller('api/v1/whoami')
class WhoAmIController {
  @Get() @Access({ permission: 'recordings.read' }) read(@CurrentCaller() caller: Caller) {
    return caller;
  }
  @Post() @Access({ permission: 'recordings.manage' }) write(@CurrentCaller() caller: Caller) {
    return caller;
  }
}

export interface Founded {
  readonly workspaceId: string;
  readonly adminId: string;
  readonly email: string;
}

/** The identity context with everything real around it: database, event store, keys, projections, HTTP edge. */
export class IdentityApp {
  private visitors = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly database: FreshDatabase,
    readonly clock: StandingClock,
    readonly log: () => string,
    private readonly closing: readonly (() => Promise<unknown>)[],
  ) {}

  static async start(): Promise<IdentityApp> {
    const fresh = await freshDatabase();
    const directory = await mkdtemp(join(tmpdir(), 'identity-'));
    const database = new Database(fresh.pool);
    const store = new PostgresEventStore(fresh.pool);
    const keys = new PostgresKeyRing(fresh.pool, await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json')));
    const runners = await projectionRunners(store, database);
    const [clock, lines] = [new StandingClock(), [] as string[]];
    const app = await identityApplication({ database, store, keys }, clock, (line) => lines.push(line));
    const closing = [
      () => app.close(),
      ...runners.map((runner) => () => runner.stop()),
      () => store.close(),
      () => keys.close(),
      () => fresh.drop(),
      () => rm(directory, { recursive: true }),
    ];
    return new IdentityApp(app, fresh, clock, () => lines.join(''), closing);
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
  }

  http() {
    return request(this.app.getHttpServer());
  }

  /** A workspace of its own with one admin, who signs in with {@link PASSWORD}. */
  async found(name = 'Acme'): Promise<Founded> {
    const [workspaceId, memberId] = [randomUUID(), randomUUID()];
    const slug = `w-${workspaceId.slice(0, 8)}`;
    const email = `ada@${slug}.example`;
    const owner = { memberId, name: 'Ada Lovelace', email, password: PASSWORD };
    await this.app.get(WorkspaceFounding).found({ workspaceId, slug, region: 'eu', name, owner });
    return { workspaceId, adminId: memberId, email };
  }

  /** Signs in and returns the cookie to send. */
  async signIn(email: string, password = PASSWORD): Promise<string> {
    const answer = await this.http().post('/api/v1/session').set('Origin', ORIGIN).send({ email, password });
    if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}: ${answer.text}`);
    return cookieOf(answer);
  }

  /** An attempt to sign in, from an address of its own if none is given, so that limits of other tests do not count. */
  attempt(email: string, password: string, address = `198.51.100.${(this.visitors += 1)}`, workspace?: string) {
    const asked = this.http().post('/api/v1/session').set('X-Forwarded-For', address);
    return asked.send({ email, password, ...(workspace && { workspace }) });
  }

  /** A call as a signed-in browser makes it. */
  as(cookie: string) {
    const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete') => (path: string) =>
      this.http()[method](`/api/v1/${path}`).set('Cookie', cookie).set('Origin', ORIGIN);
    return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') };
  }

  /** Adds an agent and returns the id and the signed-in cookie. */
  async agent(adminCookie: string, email = `agent-${randomUUID().slice(0, 8)}@x.example`, role = 'agent') {
    const input = { name: 'Bob Agent', email, role, password: PASSWORD };
    const { body } = await this.as(adminCookie).post('members').send(input).expect(201);
    return { id: (body as { id: string }).id, email, cookie: await this.signIn(email) };
  }

  get identity(): IdentityQueries {
    return this.app.get(IdentityQueries);
  }
}

/** `name=value` of the session cookie in an answer. */
export function cookieOf({ headers }: { headers: Record<string, unknown> }): string {
  return String((headers['set-cookie'] as string[])[0]).split(';')[0]!;
}

async function projectionRunners(store: EventStore, database: Database): Promise<ConsumerRunner[]> {
  const watch = { parked: fail, interrupted: () => undefined };
  const consumers = [];
  for (const projection of identityContext.projections)
    consumers.push(...(await prepareGenerations(database, projection)));
  const runners = consumers.map((consumer) => new ConsumerRunner(consumer, { store, database }, watch));
  for (const runner of runners) runner.start();
  return runners;
}

function fail(_consumer: unknown, _event: unknown, error: unknown): never {
  throw error;
}

interface Ports {
  readonly database: Database;
  readonly store: EventStore;
  readonly keys: KeyRing;
}

async function identityApplication({ database, store, keys }: Ports, clock: Clock, write: (line: string) => void) {
  const ports = [
    { provide: Database, useValue: database },
    { provide: EventStore, useValue: store },
    { provide: KeyRing, useValue: keys },
  ];
  @Global()
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [...ports, Streams, Announcements, Progress],
    exports: [...ports, Streams, Announcements, Progress, CqrsModule],
  })
  class PlatformModule {}
  const http = HttpModule.forRoot({
    settings: { ...defaultHttpSettings, publicUrl: new URL(ORIGIN), trustedProxyHops: 1 },
    authenticators: [SessionAuthenticator, ApiKeyAuthenticator],
    permissions: new DeclaredPermissions(),
    imports: [IdentityModule],
  });
  const module = await Test.createTestingModule({
    imports: [PlatformModule, http, IdentityModule],
    controllers: [WhoAmIController],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(Passwords)
    .useFactory({ inject: [Argon2Threads], factory: (threads: Argon2Threads) => new Passwords(threads, CHEAP) })
    .overrideProvider(GuessLimits)
    .useFactory({
      inject: [RateLimits, KnownDevices],
      factory: (...[limits, devices]: [RateLimits, KnownDevices]) => new GuessLimits(limits, devices, PAUSE_TIMES),
    })
    .compile();
  const logger = new NestLogger(createLogger('info', { write }));
  const app = module.createNestApplication<NestExpressApplication>({ ...NEST_HTTP_OPTIONS, logger });
  await configureHttp(app);
  return app.init();
}
