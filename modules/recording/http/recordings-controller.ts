import { Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, Matches, MaxDate, MaxLength, MinDate } from 'class-validator';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Progress } from '#platform/consumers/progress.js';
import { Access } from '#platform/http/access.js';
import type { Page } from '#platform/http/cursor.js';
import { describeChange, entityTag } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { DeleteRecording } from '../commands/delete-recording.js';
import { RetryProcessing } from '../commands/retry-processing.js';
import { recordingList } from '../projections/recording-list.js';
import { RecordingQueries } from '../queries/recording-queries.js';
import type { RecordingView } from '../queries/recording-view.js';
import { RecordingMessage, RecordingPage } from './recording-messages.js';
import { AfterInput, ListInput, ONE_LINE } from './request-input.js';

/** What a database can still think of. */
const [FIRST, LAST] = [new Date('1970-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')];

export class RecordingListInput extends ListInput {
  @IsOptional() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @IsIn(['received', 'processing', 'ready', 'failed']) status?: RecordingView['status'];
  @IsOptional() @IsString() @Length(1, 100) @Matches(ONE_LINE) ticket?: string;
  @IsOptional() @Type(() => Date) @MinDate(FIRST) @MaxDate(LAST) from?: Date;
  @IsOptional() @Type(() => Date) @MinDate(FIRST) @MaxDate(LAST) to?: Date;
}

@ApiTags('Recordings')
@Controller('api/v1/recordings')
export class RecordingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly recordings: RecordingQueries,
    private readonly progress: Progress,
  ) {}

  @Get()
  @Access({ permission: 'recordings.read' })
  @ApiOkResponse({ type: RecordingPage })
  async list(@Query() { after, ...filter }: RecordingListInput, @CurrentBy() by: By): Promise<Page<RecordingView>> {
    await this.progress.waitFor(recordingList.name, after);
    return this.recordings.list(by.workspaceId, filter);
  }

  @Get(':id')
  @Access({ permission: 'recordings.read' })
  @ApiOkResponse({ type: RecordingMessage })
  async one(
    @Param('id', IdParam) id: string,
    @Query() { after }: AfterInput,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecordingView> {
    await this.progress.waitFor(recordingList.name, after);
    const view = await this.known(id, by);
    response.setHeader('ETag', entityTag(view.version));
    return view;
  }

  /** Hides it for good before this answers; the worker destroys the key and the bytes. */
  @Delete(':id')
  @HttpCode(202)
  @Access({ permission: 'recordings.manage' })
  async delete(
    @Param('id', IdParam) id: string,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { requestId } = await this.known(id, by);
    const deleted = await this.commands.execute(new DeleteRecording(requestId, id, by));
    await this.progress.waitFor(recordingList.name, deleted.after ?? undefined);
    describeChange(response, deleted);
  }

  /** Prepares a recording once more whose preparation failed for no fault of its own. */
  @Post(':id/retry-processing')
  @HttpCode(202)
  @Access({ permission: 'recordings.manage' })
  async retry(
    @Param('id', IdParam) id: string,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { requestId } = await this.known(id, by);
    describeChange(response, await this.commands.execute(new RetryProcessing(requestId, id, by)));
  }

  private async known(id: string, by: By): Promise<RecordingView> {
    return (
      (await this.recordings.find(by.workspaceId, id)) ??
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found')
    );
  }
}
