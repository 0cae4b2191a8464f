import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '#platform/config/config.js';
import { Database } from '#platform/database/database.js';

const EVERY_MS = 30_000;
/** Some signs may be lost; only an absence longer than this is one. */
const ABSENT = sql`interval '2 minutes'`;

/** Who has to be there for silence to say anything: a web server, which takes what customers send, and the worker that looks. */
const SIGNATURES = { web: 'web_at', worker: 'looked_at' } as const;

/**
 * Whether anybody was there to hear customers. Each tier signs, and who comes back after an absence says so: as long as
 * we were away, their silence says nothing.
 */
@Injectable()
export class Attendance implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.runsWeb) return;
    await this.sign('web');
    // A sign that fails is a sign of absence: without the database this server takes nothing either.
    this.timer = setInterval(() => void this.sign('web').catch(() => undefined), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * After an absence, every recording under way counts as heard of just now: its customer could not be. Not those whose
   * customers were gone before: how long these are kept was said in days.
   */
  async sign(tier: keyof typeof SIGNATURES): Promise<void> {
    const column = sql.id(SIGNATURES[tier]);
    await sql`WITH before AS (SELECT ${column} AS at FROM recording.abandoned_watch),
      noted AS (INSERT INTO recording.abandoned_watch (${column}) VALUES (now()) ON CONFLICT (one) DO UPDATE SET ${column} = now())
      UPDATE recording.upload SET last_append_at = now() WHERE settled_at IS NULL
        AND (left_at IS NULL OR left_at < last_append_at) AND EXISTS (SELECT FROM before WHERE at < now() - ${ABSENT})`.execute(
      this.database.of(),
    );
  }

  /** Whether a web server is there. Where none has ever said so, they are taken to be: they may be of an earlier version. */
  async webIsThere(): Promise<boolean> {
    const { rows } = await sql`SELECT FROM recording.abandoned_watch WHERE web_at < now() - ${ABSENT}`.execute(
      this.database.of(),
    );
    return rows.length === 0;
  }
}
