import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { OneObject } from '#platform/http/one-object.js';
import type { Unsupported } from '../domain/recording-request.js';

const DAY_MS = 86_400_000;

export class OpenLinkInput {
  @IsString() @MaxLength(64) code!: string;
}

export class ConsentInput {
  /** SHA-256 (hex) of the exact text the customer saw. */
  @Matches(/^[0-9a-f]{64}$/) textSha256!: string;
  @Matches(/^[A-Za-z0-9._-]{1,40}$/) version!: string;
  @Matches(/^[A-Za-z0-9-]{2,20}$/) locale!: string;
  /** What was agreed to, for instance `screen`, `microphone`. */
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(['screen', 'microphone', 'camera', 'system-audio', 'file'], { each: true })
  scope!: string[];
}

export class DeclineInput {
  @IsOptional() @IsString() @MaxLength(1000) reason?: string;
}

export class UnsupportedInput {
  @IsIn(['no-display-capture', 'no-recorder', 'no-storage', 'insecure-context']) reason!: Unsupported;
  /** Only a family, such as `Firefox on Android`: never a full user agent, which would single people out. */
  @Matches(/^[A-Za-z0-9 ._()-]{1,40}$/) browser!: string;
}

export class TrimInput {
  @IsInt() @Min(0) @Max(DAY_MS) startMs!: number;
  @IsInt() @Min(1) @Max(DAY_MS) endMs!: number;
}

export class SentUploadInput {
  @IsUUID() uploadId!: string;
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) bytes!: number;
  /** SHA-256 (hex) of the whole upload. */
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
}

export class SubmitInput {
  @IsInt() @Min(1) @Max(DAY_MS) durationMs!: number;
  @IsInt() @Min(1) @Max(16384) width!: number;
  @IsInt() @Min(1) @Max(16384) height!: number;
  @IsOptional() @IsString() @Length(0, 5000) note?: string;
  @IsOptional() @OneObject(() => TrimInput) trim?: TrimInput | null;
  @IsArray() @ArrayMaxSize(2) @ValidateNested({ each: true }) @Type(() => SentUploadInput) uploads!: SentUploadInput[];
}
