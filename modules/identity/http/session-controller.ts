import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { Refusal } from '#kernel/refusal.js';
import { Access } from '#platform/http/access.js';
import { Answers, Refuses } from '#platform/http/api-answers.js';
import { clientAddress } from '#platform/http/client-address.js';
import { refuseInAnothersName } from '#platform/http/expected-member.js';
import { OwnPagesGuard } from '#platform/http/own-pages-guard.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { Sessions } from '../credentials/sessions.js';
import { SignIn } from '../credentials/sign-in.js';
import { SessionViews } from '../queries/session-views.js';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.js';
import { readDeviceCookie, setDeviceCookie } from './device-cookie.js';
import { readTurnCookie, setTurnCookie } from './turn-cookie.js';
import { SessionView, SignInInput } from './session-messages.js';

@ApiTags('Session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly views: SessionViews,
  ) {}

  /**
   * Signs in. A session that the browser already had ends: its token is never carried over. Where several workspaces
   * know the address and the password fits more than one of them, the answer asks which (409 `WORKSPACE_CHOICE`).
   */
  @Post()
  @HttpCode(200)
  @UseGuards(OwnPagesGuard)
  @Access({ public: 'Signing in is for those who are not signed in.' })
  @ApiOperation({
    summary: 'Sign in',
    description: 'Begins a session, which is a cookie. One that the browser already had ends.',
  })
  @Answers(200, { type: SessionView }, 'Set-Cookie')
  @Refuses(401, 403, 409)
  async begin(
    @Body() { email, password, workspace }: SignInInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const [isGone, turn] = [() => response.closed, readTurnCookie(request)];
    const from = { address: clientAddress(request), deviceCookie: readDeviceCookie(request), turn, isGone };
    const proving = this.signIn.prove({ email, password, workspace, ...from });
    const { memberIds, deviceCookie } = await proving.catch((refused: Error) => {
      if (refused instanceof Refusal && refused.code === 'SIGN_IN_BUSY') setTurnCookie(response, turn);
      throw refused;
    });
    const memberId = await this.views.onlyOne(memberIds);
    const former = readSessionCookie(request);
    if (former) await this.sessions.end(former);
    const { token } = await this.sessions.startSession(memberId, { by: 'password' });
    setSessionCookie(response, token);
    setDeviceCookie(response, deviceCookie);
    return this.views.of(memberId);
  }

  @Get()
  @Access({ permission: 'account.own', look: true })
  @ApiOperation({
    summary: 'Who is signed in',
    description: 'The member and the workspace of the present session. Asking keeps no idle session alive.',
  })
  @Answers(200, { type: SessionView })
  present(@CurrentBy() { actor }: By): Promise<SessionView> {
    return this.views.of(actor.id);
  }

  /** Signs out. Repeating it, or doing it with a session long over, is no error. */
  @Delete()
  @HttpCode(204)
  @UseGuards(OwnPagesGuard)
  @Access({ public: 'Signing out must work when the session has already ended.' })
  @ApiOperation({
    summary: 'Sign out',
    description: 'Repeating it, or doing it with a session long over, is no error.',
  })
  @Answers(204, {}, 'Set-Cookie')
  @Refuses(401, 403)
  async end(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = readSessionCookie(request);
    const caller = token ? await this.sessions.recognise(token, false) : null;
    if (caller) refuseInAnothersName(request, caller);
    if (token) await this.sessions.end(token);
    clearSessionCookie(response);
  }
}
