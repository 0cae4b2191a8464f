import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { DownloadedCopy, WatchedCopy } from '../contract.js';
import type { Downloaded, Viewed } from '../domain/viewing.js';

export const VARIANTS = ['recording', 'mp4'] as const;
export type Variant = (typeof VARIANTS)[number];

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
  variant: Variant = 'recording';
}

class HandedView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) recordingId!: string;
  @ApiProperty({ format: 'date-time', description: 'Until when bytes are given under it' }) expiresAt!: string;
  @ApiProperty({
    format: 'uri-reference',
    description: 'Where the bytes are, for whoever began it: any number of requests, whole or by ranges',
    example:
      '/api/v1/recordings/3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f/media?viewing=0a4b1c2d-3e4f-4a55-8d3e-3f0e4c6a8d3e',
  })
  url!: string;
}

const COPY = 'What there is now: what arrived, or what was made of it. What is made meanwhile takes its place';

export class ViewingView extends HandedView {
  @ApiProperty({ enum: ['arrived', 'seekable'], description: COPY }) copy!: WatchedCopy;
  @ApiProperty({
    type: String,
    format: 'uri-reference',
    nullable: true,
    description: 'Where the camera beside the screen is; null where there is none',
  })
  cameraUrl!: string | null;
}

export class DownloadView extends HandedView {
  @ApiProperty({ enum: ['arrived', 'seekable', 'mp4'], description: COPY }) copy!: DownloadedCopy;
}

const recordingAt = (id: string) => `/api/v1/recordings/${id}`;
export const viewingAt = ({ recordingId, viewingId }: Viewed) => `${recordingAt(recordingId)}/viewings/${viewingId}`;
export const downloadAt = ({ recordingId, viewingId }: Downloaded) =>
  `${recordingAt(recordingId)}/downloads/${viewingId}`;

export function viewingView({ viewingId, recordingId, copy, camera, expiresAt }: Viewed): ViewingView {
  const track = (name: string) => `${recordingAt(recordingId)}/${name}?viewing=${viewingId}`;
  return {
    id: viewingId,
    recordingId,
    copy,
    expiresAt,
    url: track('media'),
    cameraUrl: camera ? track('camera') : null,
  };
}

export function downloadView({ viewingId, recordingId, copy, expiresAt }: Downloaded): DownloadView {
  const url = `${recordingAt(recordingId)}/download?download=${viewingId}`;
  return { id: viewingId, recordingId, copy, expiresAt, url };
}
