import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { EmailAddress } from '#platform/http/email-address.js';
import { OneLine } from '#platform/http/one-line.js';
import { MEMBER_ROLES, type MemberRole } from '../domain/member-roles.js';
import { LONGEST_PASSWORD } from '../credentials/password-policy.js';

/** Nobody comes as an owner: an owner makes a member one. */
const NEW_ROLES = ['admin', 'auditor', 'agent', 'viewer'] as const satisfies readonly MemberRole[];
const trimmed = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);

/** A page of a list; `after` waits (two seconds at most) until the list has seen a change. */
export class ListInput {
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 50;
  @IsOptional() @IsString() @MaxLength(400) after?: string;
}

export class NewMemberInput {
  @Transform(trimmed) @IsString() @Length(1, 80) @OneLine() name!: string;
  @Transform(trimmed) @EmailAddress() @MaxLength(254) email!: string;
  @IsIn(NEW_ROLES) role!: (typeof NEW_ROLES)[number];
  /** For the first sign-in; members change it themselves. */
  @IsString() @MaxLength(LONGEST_PASSWORD) password!: string;
}

export class MemberChangeInput {
  @IsIn(MEMBER_ROLES) role!: MemberRole;
}

export class RemovalInput {
  @ApiProperty({
    required: false,
    description:
      'What becomes of the API keys they hold: `revoke`, or the id of the owner or admin who holds them from now on. ' +
      'Who holds some is not removed before this is said (409 `API_KEYS_UNDECIDED`)',
  })
  @IsOptional()
  @Matches(/^(revoke|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i)
  keys?: string;
}

export class NewPasswordInput {
  @IsString() @MaxLength(LONGEST_PASSWORD) password!: string;
}

export class MemberView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ enum: MEMBER_ROLES }) role!: MemberRole;
}

export class ListedMemberView extends MemberView {
  @ApiProperty({ format: 'date-time' }) addedAt!: string;
  @ApiProperty({ type: 'integer', description: 'For If-Match' }) version!: number;
}

export class MemberPage {
  @ApiProperty({ type: [ListedMemberView] }) items!: readonly ListedMemberView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
