import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '#platform/http/access.js';
import { Answers, Refuses } from '#platform/http/api-answers.js';
import { CorrelationId } from '#platform/http/request-context.js';
import { OpenRecordingLink } from '../commands/open-link.js';
import { known } from '../domain/request-decisions.js';
import { LinkRedemption } from '../links/link-redemption.js';
import { LinkViews, type LinkView } from '../queries/link-view.js';
import { OpenedLinkMessage } from './customer-messages.js';
import { OpenLinkInput } from './customer-input.js';

@ApiTags('Customer')
@Controller('api/v1/links')
export class LinkController {
  constructor(
    private readonly redemption: LinkRedemption,
    private readonly commands: CommandBus,
    private readonly views: LinkViews,
  ) {}

  /** The code travels in the body: addresses end up in logs. */
  @Post('open')
  @HttpCode(200)
  @Access({ public: 'Whoever holds the link is the customer; the code is the credential.' })
  @ApiOperation({
    summary: 'Open a link',
    description:
      "The code at the end of a link buys a capability to act as its request's customer. It travels in the body, since addresses end up in logs.",
  })
  @Answers(200, { type: OpenedLinkMessage })
  @Refuses(404, 409, 410)
  async open(
    @Body() { code }: OpenLinkInput,
    @CorrelationId() correlationId: string,
  ): Promise<LinkView & { token: string }> {
    const { requestId, workspaceId, number } = await this.redemption.redeem(code);
    const actor = { kind: 'customer', id: requestId } as const;
    const shown = { via: { kind: 'link', id: `${requestId}/${number}` }, proof: { by: 'link' } } as const;
    const by = { actor, ...shown, workspaceId, correlationId, causationId: correlationId };
    const { state } = await this.commands.execute(new OpenRecordingLink(requestId, by, number));
    const at = new Date();
    const token = await this.redemption.issueCapability({ requestId, workspaceId, link: number }, at);
    return { token, ...(await this.views.of(requestId, workspaceId, known(state), at)) };
  }
}
