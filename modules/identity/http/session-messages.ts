import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { OneLine } from '#platform/http/one-line.js';
import { MEMBER_ROLES, type MemberRole } from '../domain/member-roles.js';
import { type Permission, PERMISSIONS } from '../domain/permissions.js';
import { LONGEST_PASSWORD } from '../credentials/password-policy.js';

/** Not checked to be an address at all: whoever guesses learns nothing from the shape of the refusal. */
export class SignInInput {
  @IsString() @MaxLength(320) email!: string;
  @IsString() @MaxLength(LONGEST_PASSWORD) password!: string;
  /** The slug of the workspace to enter, when the answer asked which one (`WORKSPACE_CHOICE`). */
  @IsOptional() @IsString() @MaxLength(40) @OneLine() workspace?: string;
}

export class ChangePasswordInput {
  @IsString() @MaxLength(LONGEST_PASSWORD) currentPassword!: string;
  @IsString() @MaxLength(LONGEST_PASSWORD) newPassword!: string;
}

export class SessionMember {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ enum: MEMBER_ROLES }) role!: MemberRole;
}

export class SessionWorkspace {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() slug!: string;
  @ApiProperty({ type: String, nullable: true }) accent!: string | null;
}

export class SessionView {
  @ApiProperty() member!: SessionMember;
  @ApiProperty() workspace!: SessionWorkspace;
  @ApiProperty({ enum: Object.keys(PERMISSIONS), isArray: true, description: 'What this member may do' })
  permissions!: readonly Permission[];
}
