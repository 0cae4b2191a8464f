import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { EmailAddress } from '#platform/http/email-address.js';
import { OneLine } from '#platform/http/one-line.js';
import { OneObject } from '#platform/http/one-object.js';
import { WebAddress } from '#platform/http/web-address.js';
import type { RequestStatus } from '../domain/recording-request.js';

const STATUSES = [
  'sent',
  'opened',
  'recording',
  'received',
  'declined',
  'unsupported',
  'cancelled',
  'expired',
] as const;

const CONNECTOR = /^[a-z][a-z0-9_-]{0,39}$/;

export class TicketInput {
  /** Which helpdesk knows the ticket by its reference; `manual` when not given. */
  @IsOptional() @Matches(CONNECTOR) connector?: string;
  /** The helpdesk's own number or key; kept in plain text so that it can be filtered by. */
  @IsString() @Length(1, 100) @OneLine() reference!: string;
  @IsOptional() @IsString() @MaxLength(300) @OneLine() subject?: string;
  @IsOptional() @WebAddress() @MaxLength(2000) url?: string;
}

export class OptionsInput {
  @IsOptional() @IsIn(['on', 'optional', 'off']) microphone?: 'on' | 'optional' | 'off';
  @IsOptional() @IsBoolean() camera?: boolean;
  @IsOptional() @IsBoolean() systemAudio?: boolean;
  /** Milliseconds; never more than the system's own limit. */
  @IsOptional() @IsInt() @Min(10_000) @Max(86_400_000) maxDurationMs?: number;
}

export class RecordingRequestInput {
  @IsOptional() @IsString() @MaxLength(200) @OneLine() customerName?: string;
  @IsOptional() @EmailAddress() @MaxLength(254) customerEmail?: string;
  @IsOptional() @IsString() @MaxLength(2000) message?: string;
  @IsOptional() @OneObject(() => TicketInput) ticket?: TicketInput;
  @IsOptional() @IsInt() @Min(1) @Max(24 * 90) expiresInHours?: number;
  @IsOptional() @OneObject(() => OptionsInput) options?: OptionsInput;
}

export class RemindInput {
  @IsOptional() @IsInt() @Min(1) @Max(24 * 90) expiresInHours?: number;
}

/** Paging, and waiting for what a command returned. */
export class ListInput {
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 25;
  @IsOptional() @IsString() @MaxLength(400) after?: string;
}

/** A list of what belongs to tickets. */
export class TicketListInput extends ListInput {
  /** The helpdesk's own number or key. */
  @IsOptional() @IsString() @Length(1, 100) @OneLine() ticket?: string;
  /** Which helpdesk knows it: numbers repeat among several. */
  @IsOptional() @Matches(CONNECTOR) connector?: string;
}

export class RequestListInput extends TicketListInput {
  @IsOptional() @IsIn(STATUSES) status?: RequestStatus;
}

export class AfterInput {
  @IsOptional() @IsString() @MaxLength(400) after?: string;
}
