import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { Answers, AnswersChange, Refuses } from '#platform/http/api-answers.js';
import { describeChange } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { IdempotencyKey, idempotentId } from '#platform/http/idempotency.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { DownloadRecording, ViewRecording } from '../commands/view-recording.js';
import type { Downloaded, Viewed } from '../domain/viewing.js';
import { KnownViewings } from './known-viewings.js';
import { ViewingPace } from './viewing-pace.js';
import { downloadAt, DownloadInput, downloadView, DownloadView, viewingAt, viewingView, ViewingView } from './viewing-messages.js'; // prettier-ignore

const WATCH = { permission: 'recordings.watch' } as const;
const DOWNLOAD = { permission: 'recordings.download' } as const;

/** Watching and downloading are noted before the first byte, once for each sitting. */
@ApiTags('Recordings')
@Controller('api/v1/recordings/:id')
export class ViewingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly viewings: KnownViewings,
  ) {}

  @Post('viewings')
  @UseGuards(ViewingPace)
  @Access(WATCH)
  @ApiOperation({
    summary: 'Begin to watch a recording',
    description:
      'Notes who watches, and answers where. Ranges, seeks and reconnects go on under the same viewing, also when the ' +
      'seekable file takes the place of what arrived; another sitting is another viewing.',
  })
  @AnswersChange(201, { type: ViewingView }, 'Location')
  async beginViewing(
    @Param('id', IdParam) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ViewingView> {
    const changed = await this.commands.execute(new ViewRecording(idOf('viewings', id, by, key), id, by));
    const viewed = changed.state as Viewed;
    response.setHeader('Location', viewingAt(viewed));
    describeChange(response, changed);
    return viewingView(viewed);
  }

  @Get('viewings/:viewingId')
  @Access(WATCH)
  @ApiOperation({ summary: 'Read a viewing of yours', description: 'Gone when its time is up.' })
  @Answers(200, { type: ViewingView })
  @Refuses(410)
  async viewing(
    @Param('id', IdParam) recordingId: string,
    @Param('viewingId', IdParam) viewingId: string,
    @CurrentBy() by: By,
  ): Promise<ViewingView> {
    return viewingView(await this.viewings.viewing({ recordingId, viewingId }, by));
  }

  @Post('downloads')
  @UseGuards(ViewingPace)
  @Access(DOWNLOAD)
  @ApiOperation({
    summary: 'Begin to download a recording',
    description:
      'Notes who takes it away, and answers where it is. A download that broke off goes on under the same address.',
  })
  @AnswersChange(201, { type: DownloadView }, 'Location')
  async beginDownload(
    @Param('id', IdParam) id: string,
    @Body() { variant }: DownloadInput,
    @IdempotencyKey() key: string | null,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DownloadView> {
    const changed = await this.commands.execute(new DownloadRecording(idOf('downloads', id, by, key), id, variant, by));
    const downloaded = changed.state as Downloaded;
    response.setHeader('Location', downloadAt(downloaded));
    describeChange(response, changed);
    return downloadView(downloaded);
  }

  @Get('downloads/:downloadId')
  @Access(DOWNLOAD)
  @ApiOperation({ summary: 'Read a download of yours', description: 'Gone when its time is up.' })
  @Answers(200, { type: DownloadView })
  @Refuses(410)
  async download(
    @Param('id', IdParam) recordingId: string,
    @Param('downloadId', IdParam) viewingId: string,
    @CurrentBy() by: By,
  ): Promise<DownloadView> {
    return downloadView(await this.viewings.download({ recordingId, viewingId }, by));
  }
}

function idOf(what: string, recordingId: string, by: By, key: string | null): string {
  return key === null ? randomUUID() : idempotentId(by.workspaceId, `${what} of ${recordingId} by ${by.actor.id}`, key);
}
