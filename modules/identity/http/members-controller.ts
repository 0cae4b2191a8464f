import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Progress } from '#platform/consumers/progress.js';
import { Access } from '#platform/http/access.js';
import { Answers, AnswersChange } from '#platform/http/api-answers.js';
import { describeChange, IfMatch } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { idempotentId, IdempotencyKey } from '#platform/http/idempotency.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { AddMember } from '../commands/add-member.js';
import { ChangeMemberRole } from '../commands/change-member-role.js';
import { ResetPassword } from '../commands/change-password.js';
import { RemoveMember } from '../commands/remove-member.js';
import { memberList } from '../projections/member-list.js';
import { MemberQueries } from '../queries/member-queries.js';
import {
  ListInput,
  MemberChangeInput,
  MemberPage,
  MemberView,
  NewMemberInput,
  NewPasswordInput,
  RemovalInput,
} from './member-messages.js';

@ApiTags('Members')
@Controller('api/v1/members')
export class MembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly members: MemberQueries,
    private readonly progress: Progress,
  ) {}

  @Get()
  @Access({ permission: 'members.read' })
  @ApiOperation({ summary: 'List members', description: 'In the order they came; removed ones are not listed.' })
  @Answers(200, { type: MemberPage })
  async list(@Query() { after, ...page }: ListInput, @CurrentBy() by: By): Promise<MemberPage> {
    await this.progress.waitFor(memberList.name, after, by.workspaceId);
    return this.members.list(by.workspaceId, page);
  }

  @Post()
  @Access({ permission: 'members.manage' })
  @ApiOperation({ summary: 'Add a member', description: 'With a password for the first sign-in.' })
  @AnswersChange(201, { type: MemberView })
  async add(
    @Body() input: NewMemberInput,
    @IdempotencyKey() key: string | null,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MemberView> {
    const id = key === null ? randomUUID() : idempotentId(by.workspaceId, 'POST /api/v1/members', key);
    describeChange(response, await this.commands.execute(new AddMember(id, { ...input }, by)));
    const { name, email, role } = input;
    return { id, name, email, role };
  }

  @Patch(':id')
  @HttpCode(204)
  @Access({ permission: 'members.manage' })
  @ApiOperation({ summary: "Change a member's role", description: "In force with the member's next request." })
  @AnswersChange(204)
  async change(
    @Param('id', IdParam) id: string,
    @Body() { role }: MemberChangeInput,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    describeChange(response, await this.commands.execute(new ChangeMemberRole(id, role, by, { expected })));
  }

  /** Gives a member a new password, for instance because they forgot theirs, and signs them out everywhere. */
  @Put(':id/password')
  @HttpCode(204)
  @Access({ permission: 'members.manage' })
  @ApiOperation({
    summary: 'Give a member a new password',
    description: 'For one who forgot theirs. Signs them out everywhere.',
  })
  @AnswersChange(204)
  async resetPassword(
    @Param('id', IdParam) id: string,
    @Body() { password }: NewPasswordInput,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    describeChange(response, await this.commands.execute(new ResetPassword(id, password, by, { expected })));
  }

  /**
   * Signs them out everywhere, at once. Their API keys are revoked or handed over in the same step: who holds any is not
   * removed before it is said which (409 `API_KEYS_UNDECIDED`).
   */
  @Delete(':id')
  @HttpCode(204)
  @Access({ permission: 'members.manage' })
  @ApiOperation({ summary: 'Remove a member', description: 'Signs them out everywhere, at once.' })
  @AnswersChange(204)
  async remove(
    @Param('id', IdParam) id: string,
    @Query() { keys: said }: RemovalInput,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const keys = said === undefined || said === 'revoke' ? said : { to: said.toLowerCase() };
    describeChange(response, await this.commands.execute(new RemoveMember(id, by, { expected, keys })));
  }
}
