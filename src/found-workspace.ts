import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import { type Config, readConfig } from '#platform/config/config.js';
import { runningPostgres } from '#platform/database/running-postgres.js';
import { idempotentId } from '#platform/http/idempotency.js';
import { AppModule } from './app.module.js';
import { openCell } from './cell.js';
import type { WantedWorkspace } from './workspace-arguments.js';

/** Who owns the new workspace, and how they get in for the first time. */
export interface FoundedWorkspace {
  readonly email: string;
  /** Null when the workspace was there before with this owner, who keeps the password they have. */
  readonly password: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Founds a workspace in the database that the configuration names; on the embedded one also while the product runs on
 * it. Repeating it goes on with what was cut off.
 * @throws Refusal `SLUG_TAKEN`, StartProblem
 */
export async function foundWorkspace(wanted: WantedWorkspace, environment: Environment): Promise<FoundedWorkspace> {
  const cell = await openCell(await whereItRuns(environment));
  try {
    const app = await NestFactory.createApplicationContext(AppModule.of(cell), { logger: ['error'] });
    try {
      return await found(app.get(WorkspaceFounding, { strict: false }), wanted);
    } finally {
      await app.close();
    }
  } finally {
    await cell.close();
  }
}

/** The configuration, on the embedded database that is running if one is: two cannot work on one directory. */
async function whereItRuns(environment: Environment): Promise<Config> {
  const few = { ...environment, DATABASE_POOL: '5' };
  const config = readConfig(few);
  const running = config.values.DATABASE_URL ? null : await runningPostgres(join(config.dataDir, 'postgres'));
  return running ? readConfig({ ...few, DATABASE_URL: running }) : config;
}

async function found(founding: WorkspaceFounding, wanted: WantedWorkspace): Promise<FoundedWorkspace> {
  const { slug, name, region, email } = wanted;
  const idOf = (what: string) => idempotentId('workspace', 'founded by command', `${slug} ${what}`);
  const owner = { memberId: idOf('owner'), name: wanted.owner, email, password: randomBytes(15).toString('base64url') };
  await founding.found({ workspaceId: idOf('workspace'), slug, name, region, owner });
  return { email, password: (await founding.knows(owner)) ? owner.password : null };
}

/** Keeps what must not stand in a log. @returns the file, which only this user can read */
export async function keepPassword(directory: string, slug: string, text: string): Promise<string> {
  const file = join(directory, `owner-of-${slug}.txt`);
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return file;
}
