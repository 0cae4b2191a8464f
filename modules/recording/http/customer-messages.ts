import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Receipt } from '../domain/receipt.js';
import type { RecordingOptions, RequestStatus } from '../domain/recording-request.js';
import type { LinkView, Resumable } from '../queries/link-view.js';
import { REQUEST_STATUSES } from './recording-messages.js';

/** What the customer's page is answered, as the OpenAPI document describes it; the compiler holds it to what is sent. */

const text = { type: String, nullable: true } as const;
const moment = { format: 'date-time' } as const;

@ApiSchema({ name: 'Receipt' })
export class ReceiptMessage implements Receipt {
  @ApiProperty({ description: 'To be quoted when asking about the recording', example: '3F0E4C6A' }) reference!: string;
  @ApiProperty(moment) receivedAt!: string;
  @ApiProperty({ ...moment, type: String, nullable: true, description: 'When it will be deleted' })
  deletesAt!: Receipt['deletesAt'];
}

export class LinkWorkspace {
  @ApiProperty() name!: string;
  @ApiProperty({ ...text, format: 'uri' }) logoUrl!: string | null;
  @ApiProperty({ ...text, pattern: '^#[0-9a-f]{6}$', example: '#2f6f4f' }) accent!: string | null;
}

export class LinkOptions implements RecordingOptions {
  @ApiProperty({ enum: ['on', 'optional', 'off'] }) microphone!: RecordingOptions['microphone'];
  @ApiProperty() camera!: boolean;
  @ApiProperty() systemAudio!: boolean;
  @ApiProperty({ type: 'integer', description: 'Milliseconds' }) maxDurationMs!: number;
}

export class ResumableUpload {
  @ApiProperty({ format: 'uuid' }) uploadId!: string;
  @ApiProperty({ enum: ['screen', 'camera'] }) track!: 'screen' | 'camera';
  @ApiProperty({ enum: ['capture', 'file'] }) source!: 'capture' | 'file';
  @ApiProperty({ type: 'integer', nullable: true, description: 'Bytes of the whole, once they were declared' })
  length!: number | null;
  @ApiProperty({ type: 'integer', description: 'Bytes that are stored for good' }) offset!: number;
  @ApiProperty({ example: 'video/webm' }) mediaType!: string;
}

export class ResumableRecording implements Resumable {
  @ApiProperty({ format: 'uuid' }) recordingId!: string;
  @ApiProperty(moment) lastAppendAt!: string;
  @ApiProperty({ type: [ResumableUpload] }) uploads!: readonly ResumableUpload[];
}

@ApiSchema({ name: 'OpenedLink' })
export class OpenedLinkMessage implements LinkView {
  @ApiProperty({ description: 'The capability: send it as a bearer token. Good for a day', pattern: '^cap_.+$' })
  token!: string;
  @ApiProperty({ format: 'uuid' }) requestId!: string;
  @ApiProperty({ enum: REQUEST_STATUSES }) status!: RequestStatus;
  @ApiProperty() workspace!: LinkWorkspace;
  @ApiProperty(text) agentFirstName!: string | null;
  @ApiProperty({ ...text, description: 'What the agent asked' }) message!: string | null;
  @ApiProperty(text) ticketSubject!: string | null;
  @ApiProperty(moment) expiresAt!: string;
  @ApiProperty({ ...moment, description: 'When a recording sent now will be deleted' }) deletesAt!: string;
  @ApiProperty() options!: LinkOptions;
  @ApiProperty({ description: 'Raised when the meaning of the consent changes', example: '1' }) consentVersion!: string;
  @ApiProperty({ enum: ['finalise', 'discard'], description: 'What becomes of a recording that is never sent' })
  abandonedPolicy!: LinkView['abandonedPolicy'];
  @ApiProperty({
    description:
      'Whether a recording can begin now. Without room for it the link can be read and declined; open it later',
  })
  hasRoom!: boolean;
  @ApiProperty({ type: [ResumableRecording], description: 'What may be gone on with' })
  resumable!: readonly ResumableRecording[];
}
