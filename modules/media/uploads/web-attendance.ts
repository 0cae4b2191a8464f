import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '#platform/config/config.js';
import { Database } from '#platform/database/database.js';

const EVERY_MS = 30_000;
/** Some signs may be lost; only an absence longer than this is one. */
const ABSENT = sql`interval '2 minutes'`;

/** Whether any web server is there to take what customers send: each says so, and who comes back says that it was away. */
@Injectable()
export class WebAttendance implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.runsWeb) return;
    await this.sign();
    // A sign that fails is a sign of absence: without the database this server takes nothing either.
    this.timer = setInterval(() => void this.sign().catch(() => undefined), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** After an absence, every recording under way counts as heard of just now: its customer could not be. */
  async sign(): Promise<void> {
    await sql`WITH before AS (SELECT web_at FROM recording.abandoned_watch),
      noted AS (INSERT INTO recording.abandoned_watch (web_at) VALUES (now()) ON CONFLICT (one) DO UPDATE SET web_at = now())
      UPDATE recording.upload SET last_append_at = now() WHERE settled_at IS NULL
        AND EXISTS (SELECT FROM before WHERE web_at < now() - ${ABSENT})`.execute(this.database.of());
  }

  /** Where none has ever said so, they are taken to be there: they may be of an earlier version. */
  async isThere(): Promise<boolean> {
    const { rows } = await sql`SELECT FROM recording.abandoned_watch WHERE web_at < now() - ${ABSENT}`.execute(
      this.database.of(),
    );
    return rows.length === 0;
  }
}
