import { Body, Controller, HttpCode, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { Answers } from '#platform/http/api-answers.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { ChangePassword } from '../commands/change-password.js';
import { Sessions } from '../credentials/sessions.js';
import { setSessionCookie } from './session-cookie.js';
import { ChangePasswordInput } from './session-messages.js';

@ApiTags('Session')
@Controller('api/v1/session/password')
export class PasswordController {
  constructor(
    private readonly commands: CommandBus,
    private readonly sessions: Sessions,
  ) {}

  /** Changes one's own password. Every other browser is signed out; this one goes on with a new session. */
  @Put()
  @HttpCode(204)
  @Access({ permission: 'account.own' })
  @ApiOperation({
    summary: "Change one's own password",
    description: 'Every other browser is signed out; this one goes on with a new session.',
  })
  @Answers(204, {}, 'Set-Cookie')
  async change(
    @Body() { currentPassword, newPassword }: ChangePasswordInput,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.commands.execute(new ChangePassword(by.actor.id, currentPassword, newPassword, by));
    const { token } = await this.sessions.startSession(by.actor.id, { by: 'password' });
    setSessionCookie(response, token);
  }
}
