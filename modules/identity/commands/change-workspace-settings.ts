import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { changeWorkspaceSettings, workspace, type WorkspaceSettings } from '../domain/workspace.js';

export class ChangeWorkspaceSettings extends Command<Changed> {
  constructor(
    readonly wanted: Partial<WorkspaceSettings>,
    readonly by: By,
    readonly options: ChangeOptions = {},
  ) {
    super();
  }
}

@CommandHandler(ChangeWorkspaceSettings)
export class ChangeWorkspaceSettingsHandler implements ICommandHandler<ChangeWorkspaceSettings> {
  constructor(private readonly streams: Streams) {}

  execute({ wanted, by, options }: ChangeWorkspaceSettings): Promise<Changed> {
    const { workspaceId } = by;
    const decide = (state: typeof workspace.initial) => changeWorkspaceSettings(state, workspaceId, wanted);
    return this.streams.change(workspace, workspaceId, by, decide, options);
  }
}
