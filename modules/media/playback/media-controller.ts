import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { AnswersFile } from '#platform/http/api-answers.js';
import { IdParam } from '#platform/http/id-param.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { PlayableMedia } from './playable-media.js';
import type { Playable } from './uploaded-media.js';
import { mediaNotThere, sendMedia } from './send-media.js';

const VARIANTS = ['recording', 'mp4'] as const;

export class DownloadInput {
  /** No variant is what the customer's browser sent: that goes once the seekable file has taken its place. */
  @ApiProperty({
    enum: VARIANTS,
    required: false,
    default: 'recording',
    description:
      'recording: the seekable file; before there is one, and where none could be made, what arrived, unless a part ' +
      'of it was cut off. mp4: a copy for players elsewhere, where ffmpeg made one',
  })
  @IsOptional()
  @IsIn(VARIANTS)
  variant: (typeof VARIANTS)[number] = 'recording';
}

const WATCH = { permission: 'recordings.watch' } as const;

/** Of what a customer's browser or phone sends, what is kept as it came. */
const VIDEO = ['video/webm', 'video/mp4', 'video/x-matroska', 'video/quicktime', 'video/3gpp'];
const PICTURE = ['image/jpeg'];

/** The bytes of a recording, opened from their seals on the way out. Never cached by anyone but the browser that asked. */
@ApiTags('Recordings')
@Controller('api/v1/recordings/:id')
export class MediaController {
  constructor(private readonly media: PlayableMedia) {}

  @Get('media')
  @Access(WATCH)
  @ApiOperation({
    summary: 'Watch a recording',
    description:
      'The seekable file, or until there is one what arrived, unless a part of it was cut off. Answers ranges.',
  })
  @AnswersFile(VIDEO)
  async watch(
    @Param('id', IdParam) id: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendMedia(request, response, found(await this.media.video(by.workspaceId, id)));
  }

  @Get('camera')
  @Access(WATCH)
  @ApiOperation({
    summary: "Watch a recording's camera",
    description: 'The track beside the screen, where there is one.',
  })
  @AnswersFile(VIDEO)
  async camera(
    @Param('id', IdParam) id: string,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
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
    description: 'The same bytes as an attachment, or a copy as MP4 where one was made.',
  })
  @AnswersFile(VIDEO, 'Content-Disposition')
  async download(
    @Param('id', IdParam) id: string,
    @Query() { variant }: DownloadInput,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const playable = found(
      variant === 'mp4' ? await this.media.mp4(by.workspaceId, id) : await this.media.video(by.workspaceId, id),
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
