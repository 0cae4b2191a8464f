import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type NewWorkspace, WorkspaceFounding } from '../contract.js';
import { Accounts } from '../credentials/accounts.js';
import { Passwords } from '../credentials/passwords.js';
import { AddMember } from './add-member.js';
import { CreateWorkspace } from './create-workspace.js';

/** Before there is anybody, the system itself acts. */
@Injectable()
export class FoundWorkspace extends WorkspaceFounding {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {
    super();
  }

  isFirst(): Promise<boolean> {
    return this.accounts.none();
  }

  async knows({ email, password }: Pick<NewWorkspace['owner'], 'email' | 'password'>): Promise<boolean> {
    const accounts = await this.accounts.byEmail(await this.accounts.emailIndex(email), { limit: 100 });
    const proofs = accounts.map(({ passwordHash }) => this.passwords.prove(passwordHash, password));
    return (await Promise.all(proofs)).includes(true);
  }

  async found({ agent, ...workspace }: NewWorkspace): Promise<void> {
    const actor = { kind: 'system', id: 'founding' } as const;
    const correlationId = randomUUID();
    const by = { actor, workspaceId: workspace.workspaceId, correlationId, causationId: correlationId };
    await this.commands.execute(new CreateWorkspace(workspace, by));
    if (!agent) return;
    const { memberId, ...person } = agent;
    await this.commands.execute(new AddMember(memberId, { ...person, role: 'agent' }, by));
  }
}
