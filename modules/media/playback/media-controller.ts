import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
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

/** The bytes of a recording, opened from their seals on the way out. Never cached by anyone but the browser that asked. */
@ApiTags('Recordings')
@Controller('api/v1/recordings/:id')
export class MediaController {
  constructor(private readonly media: PlayableMedia) {}

  @Get('media')
  @Access(WATCH)
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
