import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Refusal } from '#kernel/refusal.js';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import { type Config, readConfig } from '#platform/config/config.js';
import { runningPostgres } from '#platform/database/running-postgres.js';
import { OperatorMistake } from '#platform/operations/operator-commands.js';
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
 * @throws Refusal `SLUG_TAKEN`, OperatorMistake, StartProblem
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
  await founding.found({ workspaceId: idOf('workspace'), slug, name, region, owner }).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'MEMBER_EXISTS') throw error;
    throw new OperatorMistake(`There is a workspace ${slug} already, with another owner.`);
  });
  return { email, password: (await founding.knows(owner)) ? owner.password : null };
}

/** A file of its own, which only this user can read, for what must not stand in a log. One that is there stays as it is. */
export async function placeForPassword(directory: string, slug: string): Promise<string> {
  await mkdir(directory, { recursive: true }).catch(() => undefined); // what is wrong with it, writing says
  for (let nth = 1; ; nth++) {
    const file = join(directory, nth === 1 ? `owner-of-${slug}.txt` : `owner-of-${slug}-${nth}.txt`);
    try {
      await writeFile(file, '', { mode: 0o600, flag: 'wx' });
      return file;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new OperatorMistake(`The owner's password cannot be kept in ${file} (${code}).`);
    }
  }
}
