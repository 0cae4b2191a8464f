import { Body, Controller, Get, Patch, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { AnswersChange, AnswersState } from '#platform/http/api-answers.js';
import { describeChange, IfMatch, stateTag } from '#platform/http/entity-tag.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { Streams } from '#platform/streams/streams.js';
import { ChangeWorkspaceSettings } from '../commands/change-workspace-settings.js';
import { knownWorkspace, workspace } from '../domain/workspace.js';
import { WorkspaceSettingsInput, WorkspaceView } from './workspace-messages.js';

@ApiTags('Workspace')
@Controller('api/v1/workspace')
export class WorkspaceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  @Get()
  @Access({ permission: 'workspace.read' })
  @ApiOperation({ summary: "Read the workspace's settings", description: 'Always up to date.' })
  @AnswersState({ type: WorkspaceView })
  async read(@CurrentBy() by: By, @Res({ passthrough: true }) response: Response): Promise<WorkspaceView> {
    const { state, version } = await this.streams.load(workspace, by.workspaceId);
    const { status: _, ...known } = knownWorkspace(state);
    const view = { id: by.workspaceId, ...known };
    response.setHeader('ETag', stateTag(version, view));
    return view;
  }

  /** What is left out stays. With `If-Match`, only if nobody else has changed it meanwhile. */
  @Patch()
  @Access({ permission: 'workspace.manage' })
  @ApiOperation({ summary: "Change the workspace's settings", description: 'What is left out stays.' })
  @AnswersChange(200, { type: WorkspaceView })
  async change(
    @Body() wanted: WorkspaceSettingsInput,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WorkspaceView> {
    describeChange(response, await this.commands.execute(new ChangeWorkspaceSettings({ ...wanted }, by, { expected })));
    return this.read(by, response);
  }
}
