import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import type { Config } from '#platform/config/config.js';
import { Database } from '#platform/database/database.js';
import { oneAtATime } from '#platform/database/one-at-a-time.js';
import { isThere, readIfThere } from '#platform/files/if-there.js';
import { idempotentId } from '#platform/http/idempotency.js';

interface DemoMember {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

export interface DemoWorkspace {
  /** Where the credentials are kept, mode 0600. */
  readonly file: string;
  readonly members: readonly DemoMember[];
  /** Call it once the credentials have been shown: until then every start completes the demo and tells them again. */
  told(): Promise<void>;
}

/** The same at every try, so that a first start that was cut off is simply done again. Ids are no secrets. */
const idOf = (what: string) => idempotentId('demo', 'first start', what);

/** Among the locks of one database: this one is held while somebody looks whether it is the first start, and makes it so no more. */
const FIRST_START = 7_317_004;

/**
 * On the very first start, makes a workspace to try, with random credentials. They are written down before the
 * workspace exists, so that a crash in between can't leave an account that nobody can enter; and a mark says until the
 * end that it is not done, since the admin alone looks like a finished first start. Of several servers that start first at once, one makes it; those that
 * share its data directory tell the same credentials. Null on later starts.
 */
export async function makeDemoWorkspace(app: INestApplicationContext, config: Config): Promise<DemoWorkspace | null> {
  const { pool } = app.get(Database, { strict: false });
  return oneAtATime(pool, FIRST_START, () => makeUnlessThere(app, config));
}

async function makeUnlessThere(app: INestApplicationContext, config: Config): Promise<DemoWorkspace | null> {
  const founding = app.get(WorkspaceFounding, { strict: false });
  const mark = join(config.dataDir, 'demo-unfinished');
  const file = join(config.dataDir, 'demo-credentials.txt');
  if (!(await founding.isFirst()) && !(await isCutOff(mark, file, founding))) return null;
  await writeFile(mark, 'The first start is not finished. The next one goes on with it.\n');
  const members = (await readCredentials(file)) ?? (await writeCredentials(file, config.publicUrl));
  await found(app, members);
  return { file, members, told: () => rm(mark, { force: true }) };
}

/**
 * Whether it is our own first start that somebody is at home already. The mark lies beside the data, not in the
 * database, and that may be another one by now: there, a demo would be a back door into somebody's product.
 */
async function isCutOff(mark: string, file: string, founding: WorkspaceFounding): Promise<boolean> {
  const [admin] = (await isThere(mark, 'The mark of an unfinished first start'))
    ? ((await readCredentials(file)) ?? [])
    : [];
  return admin !== undefined && founding.knows(admin);
}

async function found(app: INestApplicationContext, members: readonly DemoMember[]): Promise<void> {
  const [owner, agent] = members.map((member) => ({ ...member, memberId: idOf(member.role) }));
  const founding = app.get(WorkspaceFounding, { strict: false });
  await founding.found({
    workspaceId: idOf('workspace'),
    slug: 'demo',
    region: 'local',
    name: 'Demo',
    owner: { ...owner!, name: 'Ada Admin' },
    agent: { ...agent!, name: 'Alex Agent' },
  });
}

async function writeCredentials(file: string, publicUrl: string): Promise<DemoMember[]> {
  const members = ['admin', 'agent'].map((role) => ({
    role,
    email: `${role}@demo.example`,
    password: randomBytes(12).toString('base64url'),
  }));
  const lines = members.map(({ role, email, password }) => `${role}\t${email}\t${password}\n`);
  await writeFile(`${file}.new`, `${publicUrl}/login\n${lines.join('')}`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return members;
}

async function readCredentials(file: string): Promise<DemoMember[] | null> {
  const text = await readIfThere(file, "The file of the demo's credentials");
  const rows = text
    ?.split('\n')
    .slice(1, 3)
    .map((line) => line.split('\t'));
  return rows?.map(([role, email, password]) => ({ role: role!, email: email!, password: password! })) ?? null;
}
