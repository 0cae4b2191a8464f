import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsHexColor, IsIn, IsInt, IsString, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { OneLine } from '#platform/http/one-line.js';
import type { AbandonedPolicy } from '../contract.js';

/** Left out is fine, null is not. */
const IfGiven = () => ValidateIf((_, value) => value !== undefined);
const trimmed = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);
const lowered = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value);
const POLICIES = ['finalise', 'discard'] as const;

export class WorkspaceSettingsInput {
  @IfGiven() @Transform(trimmed) @IsString() @Length(1, 80) @OneLine() name?: string;

  /** A colour as `#rrggbb`; null for the product's own. */
  @ApiProperty({ type: String, nullable: true, required: false })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @Transform(lowered)
  @IsHexColor()
  @Matches(/^#[0-9a-fA-F]{6}$/)
  accent?: string | null;

  @IfGiven() @IsIn(POLICIES) abandonedPolicy?: AbandonedPolicy;
  @IfGiven() @IsInt() @Min(1) @Max(3650) retentionDays?: number;
}

export class WorkspaceView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() slug!: string;
  @ApiProperty() region!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) accent!: string | null;
  @ApiProperty({ enum: POLICIES }) abandonedPolicy!: AbandonedPolicy;
  @ApiProperty({ type: 'integer' }) retentionDays!: number;
}
