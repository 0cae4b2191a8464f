import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import type { NewWorkspace } from '../contract.js';
import { SlugReservations } from '../credentials/slug-reservations.js';
import { createWorkspace, workspace } from '../domain/workspace.js';
import { AddMember } from './add-member.js';

/** Founds a workspace together with its owner. */
export class CreateWorkspace extends Command<void> {
  constructor(
    readonly input: Omit<NewWorkspace, 'agent'>,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(CreateWorkspace)
export class CreateWorkspaceHandler implements ICommandHandler<CreateWorkspace> {
  constructor(
    private readonly streams: Streams,
    private readonly slugs: SlugReservations,
    private readonly commands: CommandBus,
  ) {}

  async execute({ input: { owner, workspaceId, slug, region, name }, by }: CreateWorkspace): Promise<void> {
    await this.slugs.reserve(slug, workspaceId);
    const created = { workspaceId, slug, region, name };
    await this.streams.change(workspace, workspaceId, by, (state) => createWorkspace(state, created));
    const { memberId, ...person } = owner;
    await this.commands.execute(new AddMember(memberId, { ...person, role: 'owner' }, by));
  }
}
