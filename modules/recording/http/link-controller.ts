import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '#platform/http/access.js';
import { Answers, Refuses } from '#platform/http/api-answers.js';
import { LinkRedemption } from '../links/link-redemption.js';
import { LinkViews, type LinkView } from '../queries/link-view.js';
import { OpenedLinks } from '../queries/opened-links.js';
import { OpenedLinkMessage } from './customer-messages.js';
import { OpenLinkInput } from './customer-input.js';

@ApiTags('Customer')
@Controller('api/v1/links')
export class LinkController {
  constructor(
    private readonly redemption: LinkRedemption,
    private readonly opened: OpenedLinks,
    private readonly views: LinkViews,
  ) {}

  /** The code travels in the body: addresses end up in logs. */
  @Post('open')
  @HttpCode(200)
  @Access({ public: 'Whoever holds the link is the customer; the code is the credential.' })
  @ApiOperation({
    summary: 'Open a link',
    description:
      "The code at the end of a link buys a capability to act as its request's customer. It travels in the body, since addresses end up in logs. Nothing changes by it, since mail programs open links, too: say who is there with `POST /api/v1/customer/here`.",
  })
  @Answers(200, { type: OpenedLinkMessage })
  @Refuses(404, 409, 410)
  async open(@Body() { code }: OpenLinkInput): Promise<LinkView & { token: string }> {
    const { requestId, workspaceId, number: link } = await this.redemption.redeem(code);
    const at = new Date();
    const request = await this.opened.open(requestId, link, at);
    const token = await this.redemption.issueCapability({ requestId, workspaceId, link }, at);
    return { token, ...(await this.views.of(requestId, workspaceId, request, at)) };
  }
}
