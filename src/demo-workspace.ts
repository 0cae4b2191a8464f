import { randomBytes, randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AddMember } from '#modules/identity/commands/add-member.js';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import type { Config } from '#platform/config/config.js';

export interface DemoWorkspace {
  /** Where the credentials are kept, mode 0600. */
  readonly file: string;
  readonly members: readonly { readonly role: string; readonly email: string; readonly password: string }[];
}

/**
 * On the very first start, makes a workspace to try, with random credentials. They are written down before the
 * workspace exists, so that a crash in between can't leave an account that nobody can enter. Null on later starts.
 */
export async function makeDemoWorkspace(app: INestApplicationContext, config: Config): Promise<DemoWorkspace | null> {
  const founding = app.get(WorkspaceFounding, { strict: false });
  if (!(await founding.isFirst())) return null;
  const member = (role: 'admin' | 'agent', name: string) => ({
    memberId: randomUUID(),
    role,
    name,
    email: `${role}@demo.example`,
    password: randomBytes(12).toString('base64url'),
  });
  const [admin, agent] = [member('admin', 'Ada Admin'), member('agent', 'Alex Agent')];
  const file = join(config.dataDir, 'demo-credentials.txt');
  const lines = [admin, agent].map(({ role, email, password }) => `${role}\t${email}\t${password}\n`);
  await writeFile(`${file}.new`, `${config.publicUrl}/login\n${lines.join('')}`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  const workspaceId = randomUUID();
  await founding.found({ workspaceId, slug: 'demo', region: 'local', name: 'Demo', admin });
  const actor = { kind: 'member', id: admin.memberId } as const;
  const by = { actor, workspaceId, correlationId: workspaceId, causationId: workspaceId };
  await app.get(CommandBus, { strict: false }).execute(new AddMember(agent.memberId, agent, by));
  return { file, members: [admin, agent] };
}
