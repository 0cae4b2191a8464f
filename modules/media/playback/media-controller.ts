import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { AnswersFile, Refuses } from '#platform/http/api-answers.js';
import { IdParam } from '#platform/http/id-param.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { KnownViewings } from './known-viewings.js';
import { PlayableMedia } from './playable-media.js';
import type { Playable } from './uploaded-media.js';
import { mediaNotThere, sendMedia } from './send-media.js';
import { NamesIts, ViewingParam } from './viewing-param.js';

const WATCH = { permission: 'recordings.watch' } as const;

/** Of what a customer's browser or phone sends, what is kept as it came. */
const VIDEO = ['video/webm', 'video/mp4', 'video/x-matroska', 'video/quicktime', 'video/3gpp'];
const PICTURE = ['image/jpeg'];

/** The bytes of a recording, opened from their seals on the way out. Never cached by anyone but the browser that asked. */
@ApiTags('Recordings')
@Controller('api/v1/recordings/:id')
export class MediaController {
  constructor(
    private readonly media: PlayableMedia,
    private readonly viewings: KnownViewings,
  ) {}

  @Get('media')
  @Access(WATCH)
  @ApiOperation({
    summary: 'Watch a recording',
    description:
      'The seekable file, or until there is one what arrived, unless a part of it was cut off. Answers ranges. ' +
      'The address, with the viewing in it, is what `POST …/viewings` answers as `url`.',
  })
  @NamesIts('viewing')
  @AnswersFile(VIDEO)
  @Refuses(410, 416)
  async watch(
    @Param('id', IdParam) id: string,
    @Query('viewing', ViewingParam) viewingId: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.viewings.viewing({ recordingId: id, viewingId }, by);
    await sendMedia(request, response, found(await this.media.video(by.workspaceId, id)));
  }

  @Get('camera')
  @Access(WATCH)
  @ApiOperation({
    summary: "Watch a recording's camera",
    description: 'The track beside the screen, where there is one, under the same viewing (`cameraUrl`).',
  })
  @NamesIts('viewing')
  @AnswersFile(VIDEO)
  @Refuses(410, 416)
  async camera(
    @Param('id', IdParam) id: string,
    @Query('viewing', ViewingParam) viewingId: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.viewings.viewing({ recordingId: id, viewingId }, by);
    await sendMedia(request, response, found(await this.media.camera(by.workspaceId, id)));
  }

  @Get('poster')
  @Access(WATCH)
  @ApiOperation({ summary: "A recording's still picture", description: 'A JPEG, where there is one (`hasPoster`).' })
  @AnswersFile(PICTURE)
  async poster(
    @Param('id', IdParam) id: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendMedia(request, response, found(await this.media.picture(by.workspaceId, id, 'poster')));
  }

  @Get('storyboard')
  @Access(WATCH)
  @ApiOperation({
    summary: "A recording's storyboard",
    description: 'A JPEG of tiles; `storyboard` of the recording says how they lie.',
  })
  @AnswersFile(PICTURE)
  async storyboard(
    @Param('id', IdParam) id: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendMedia(request, response, found(await this.media.picture(by.workspaceId, id, 'storyboard')));
  }

  @Get('download')
  @Access({ permission: 'recordings.download' })
  @ApiOperation({
    summary: 'Download a recording',
    description:
      'The same bytes as an attachment, or a copy as MP4 where one was made. The address, with the download in it, is ' +
      'what `POST …/downloads` answers as `url`: a plain link to it will do.',
  })
  @NamesIts('download')
  @AnswersFile(VIDEO, 'Content-Disposition')
  @Refuses(410, 416)
  async download(
    @Param('id', IdParam) id: string,
    @Query('download', ViewingParam) viewingId: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { copy } = await this.viewings.download({ recordingId: id, viewingId }, by);
    const playable = found(
      copy === 'mp4' ? await this.media.mp4(by.workspaceId, id) : await this.media.video(by.workspaceId, id),
    );
    const ending = playable.mediaType.includes('mp4')
      ? 'mp4'
      : playable.mediaType.includes('matroska')
        ? 'mkv'
        : 'webm';
    response.setHeader('Content-Disposition', `attachment; filename="recording-${id.slice(0, 8)}.${ending}"`);
    await sendMedia(request, response, playable);
  }
}

function found(playable: Playable | null): Playable {
  return playable ?? mediaNotThere();
}
