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

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Founds a workspace in the database that the configuration names; on the embedded one also while the product runs on
 * it. Repeating it goes on with what was cut off.
 * @returns whether its owner has this password: false when they were there before, with one of their own
 * @throws Refusal `SLUG_TAKEN`, OperatorMistake, StartProblem
 */
export async function foundWorkspace(
  wanted: WantedWorkspace,
  password: string,
  environment: Environment,
): Promise<boolean> {
  const cell = await openCell(await whereItRuns(environment));
  try {
    const app = await NestFactory.createApplicationContext(AppModule.of(cell), { logger: ['error'] });
    try {
      return await found(app.get(WorkspaceFounding, { strict: false }), wanted, password);
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

async function found(founding: WorkspaceFounding, wanted: WantedWorkspace, password: string): Promise<boolean> {
  const { slug, name, region, email } = wanted;
  const idOf = (what: string) => idempotentId('workspace', 'founded by command', `${slug} ${what}`);
  const owner = { memberId: idOf('owner'), name: wanted.owner, email, password };
  await founding.found({ workspaceId: idOf('workspace'), slug, name, region, owner }).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'MEMBER_EXISTS') throw error;
    throw new OperatorMistake(`There is a workspace ${slug} already, with another owner.`);
  });
  return founding.knows(owner);
}
