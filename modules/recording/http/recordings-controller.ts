import { Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Progress } from '#platform/consumers/progress.js';
import { Access } from '#platform/http/access.js';
import { Answers, AnswersChange, AnswersState } from '#platform/http/api-answers.js';
import type { Page } from '#platform/http/cursor.js';
import { describeChange, describeState, IfMatch } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { IsMoment } from '#platform/http/moment.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { DeleteRecording } from '../commands/delete-recording.js';
import { RetryProcessing } from '../commands/retry-processing.js';
import { recordingList } from '../projections/recording-list.js';
import { requestList } from '../projections/request-list.js';
import { RecordingQueries } from '../queries/recording-queries.js';
import type { RecordingView } from '../queries/recording-view.js';
import { RecordingMessage, RecordingPage } from './recording-messages.js';
import { AfterInput, TicketListInput } from './request-input.js';

const WORDS: readonly unknown[] = ['false', 'true'];
/** Addresses know words alone. */
const yesOrNo = ({ value }: { value: unknown }) => (WORDS.includes(value) ? value === 'true' : value);

export class RecordingListInput extends TicketListInput {
  @IsOptional() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @IsIn(['received', 'processing', 'ready', 'failed']) status?: RecordingView['status'];
  /** Only what somebody has begun to watch, or what nobody has. */
  @IsOptional() @Transform(yesOrNo) @IsBoolean() watched?: boolean;
  @IsOptional() @IsMoment() from?: Date;
  @IsOptional() @IsMoment() to?: Date;
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
  @ApiOperation({
    summary: 'List recordings',
    description:
      'Newest first. With `q`, a page may be shorter than asked and still have a next one: go on until `nextCursor` is null.',
  })
  @Answers(200, { type: RecordingPage })
  async list(@Query() { after, ...filter }: RecordingListInput, @CurrentBy() by: By): Promise<Page<RecordingView>> {
    await this.listed(after, by);
    return this.recordings.list(by.workspaceId, filter);
  }

  @Get(':id')
  @Access({ permission: 'recordings.read' })
  @ApiOperation({
    summary: 'Read a recording',
    description: 'The ETag also changes with the progress of its processing.',
  })
  @AnswersState({ type: RecordingMessage })
  async one(
    @Param('id', IdParam) id: string,
    @Query() { after }: AfterInput,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecordingView> {
    await this.listed(after, by);
    return describeState(response, await this.known(id, by));
  }

  /** Hides it for good before this answers; the worker destroys the key and the bytes. */
  @Delete(':id')
  @HttpCode(202)
  @Access({ permission: 'recordings.manage' })
  @ApiOperation({
    summary: 'Delete a recording',
    description: 'It is hidden for good before this answers; the worker then destroys its key and its bytes.',
  })
  @AnswersChange(202)
  async delete(
    @Param('id', IdParam) id: string,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { requestId } = await this.known(id, by);
    const deleted = await this.commands.execute(new DeleteRecording(requestId, id, by, expected));
    await this.progress.waitFor(recordingList.name, deleted.after ?? undefined, by.workspaceId);
    describeChange(response, deleted);
  }

  /** Prepares a recording once more whose preparation failed for no fault of its own. */
  @Post(':id/retry-processing')
  @HttpCode(202)
  @Access({ permission: 'recordings.manage' })
  @ApiOperation({
    summary: 'Prepare a recording once more',
    description: 'For one whose preparation failed for no fault of its own (`retryable`).',
  })
  @AnswersChange(202)
  async retry(
    @Param('id', IdParam) id: string,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { requestId } = await this.known(id, by);
    describeChange(response, await this.commands.execute(new RetryProcessing(requestId, id, by, expected)));
  }

  /** Waits for both lists that its answers join: while one is behind, recordings would be missing. */
  private async listed(after: string | undefined, { workspaceId }: By): Promise<void> {
    await Promise.all([recordingList, requestList].map(({ name }) => this.progress.waitFor(name, after, workspaceId)));
  }

  private async known(id: string, by: By): Promise<RecordingView> {
    return (
      (await this.recordings.find(by.workspaceId, id)) ??
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found')
    );
  }
}
