import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { RecordingView } from '../queries/recording-view.js';
import type { RequestView } from '../queries/request-queries.js';
import type { TicketView } from '../queries/ticket-view.js';

/** The answers as the OpenAPI document describes them; the compiler holds them to what is really sent. */

const nullableText = { type: String, nullable: true } as const;

@ApiSchema({ name: 'TicketView' })
export class TicketMessage implements TicketView {
  @ApiProperty({ description: 'Which helpdesk knows it; `manual` where nobody said' }) connector!: string;
  @ApiProperty() reference!: string;
  @ApiProperty(nullableText) subject!: string | null;
  @ApiProperty(nullableText) url!: string | null;
}

export class AgentView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty(nullableText) name!: string | null;
}

export class StoryboardView {
  @ApiProperty({ type: 'integer' }) columns!: number;
  @ApiProperty({ type: 'integer' }) rows!: number;
  @ApiProperty({ type: 'integer', description: 'How many of the tiles show something' }) count!: number;
  @ApiProperty({ type: 'integer', description: 'Tile n shows the moment n × this' }) intervalMs!: number;
}

@ApiSchema({ name: 'RecordingView' })
export class RecordingMessage implements RecordingView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) requestId!: string;
  @ApiProperty({ enum: ['received', 'processing', 'ready', 'failed', 'deleting'] }) status!: RecordingView['status'];
  @ApiProperty({ description: 'The customer did not press Send; what had arrived was kept' }) interrupted!: boolean;
  @ApiProperty(nullableText) customerName!: string | null;
  @ApiProperty({ ...nullableText, description: 'What the agent asked' }) message!: string | null;
  @ApiProperty({ ...nullableText, description: 'What the customer wrote on sending' }) note!: string | null;
  @ApiProperty({ type: TicketMessage, nullable: true }) ticket!: TicketMessage | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) agentId!: string | null;
  @ApiProperty({ type: 'integer' }) durationMs!: number;
  @ApiProperty({ type: 'integer' }) width!: number;
  @ApiProperty({ type: 'integer' }) height!: number;
  @ApiProperty({ type: 'integer' }) bytes!: number;
  @ApiProperty() mediaType!: string;
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When somebody first began to watch it; null while nobody has',
  })
  watchedAt!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it will be deleted; null for what came before this was fixed',
  })
  deletesAt!: string | null;
  @ApiProperty({ enum: ['ffmpeg', 'mediabunny'], nullable: true, type: String })
  processedBy!: RecordingView['processedBy'];
  @ApiProperty({ type: Number, nullable: true, description: '0 to 1 while it is processed' }) progress!: number | null;
  @ApiProperty({
    ...nullableText,
    description: 'Why it could not be processed, in a sentence; while it is not `failed`, why not so far',
  })
  failure!: string | null;
  @ApiProperty({ description: 'Whether preparing it once more may succeed' }) retryable!: boolean;
  @ApiProperty() hasPoster!: boolean;
  @ApiProperty() hasMp4!: boolean;
  @ApiProperty({ type: StoryboardView, nullable: true }) storyboard!: StoryboardView | null;
  @ApiProperty({ description: 'Whether there is a camera track' }) camera!: boolean;
  @ApiProperty({
    description: 'Whether it may be watched before it is seekable: not where a part was cut off, nor a file',
  })
  chunksPlayable!: boolean;
  @ApiProperty({ type: 'integer', description: 'For If-Match' }) version!: number;
}

export const REQUEST_STATUSES = [
  'sent',
  'opened',
  'recording',
  'received',
  'declined',
  'unsupported',
  'cancelled',
  'expired',
] as const satisfies readonly RequestView['status'][];

@ApiSchema({ name: 'RequestView' })
export class RequestMessage implements RequestView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: REQUEST_STATUSES }) status!: RequestView['status'];
  @ApiProperty(nullableText) customerName!: string | null;
  @ApiProperty(nullableText) customerEmail!: string | null;
  @ApiProperty(nullableText) message!: string | null;
  @ApiProperty({ type: TicketMessage, nullable: true }) ticket!: TicketMessage | null;
  @ApiProperty({ type: AgentView, nullable: true }) agent!: AgentView | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) recordingId!: string | null;
  @ApiProperty({ description: 'The customer did not press Send; what had arrived was handed over' })
  interrupted!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiProperty({ format: 'date-time' }) lastChangeAt!: string;
  @ApiProperty({ type: 'integer', description: 'For If-Match' }) version!: number;
}

@ApiSchema({ name: 'RequestWithLink' })
export class RequestWithLinkMessage extends RequestMessage {
  @ApiProperty({ format: 'uri', description: 'Shown here and never again: only its hash is kept' }) link!: string;
}

export class RecordingPage {
  @ApiProperty({ type: [RecordingMessage] }) items!: readonly RecordingMessage[];
  @ApiProperty(nullableText) nextCursor!: string | null;
}

export class RequestPage {
  @ApiProperty({ type: [RequestMessage] }) items!: readonly RequestMessage[];
  @ApiProperty(nullableText) nextCursor!: string | null;
}
