import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Progress } from '#platform/consumers/progress.js';
import { Access } from '#platform/http/access.js';
import type { Page } from '#platform/http/cursor.js';
import { describeChange, entityTag, IfMatch } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { IdempotencyKey, idempotentId } from '#platform/http/idempotency.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { CancelRecordingRequest } from '../commands/change-request.js';
import { RemindCustomer } from '../commands/remind-customer.js';
import { RequestRecording, type LinkIssued } from '../commands/request-recording.js';
import { known, unknownRequest } from '../domain/request-decisions.js';
import { requestList } from '../projections/request-list.js';
import { RequestQueries, type RequestView } from '../queries/request-queries.js';
import { RequestMessage, RequestPage, RequestWithLinkMessage } from './recording-messages.js';
import { expiryOf, newRequestOf } from './request-defaults.js';
import { AfterInput, RecordingRequestInput, RemindInput, RequestListInput } from './request-input.js';

const READ = { permission: 'requests.read' } as const;
const WRITE = { permission: 'requests.write' } as const;

/** The link is shown only in the answer to the command that made it: afterwards nothing but its hash is known. */
type RequestWithLink = RequestView & { readonly link: string };

@ApiTags('Recording requests')
@Controller('api/v1/recording-requests')
export class RequestsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly requests: RequestQueries,
    private readonly progress: Progress,
  ) {}

  @Post()
  @Access(WRITE)
  @ApiCreatedResponse({ type: RequestWithLinkMessage })
  async request(
    @Body() input: RecordingRequestInput,
    @IdempotencyKey() key: string | null,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestWithLink> {
    const id = key === null ? randomUUID() : idempotentId(by.workspaceId, `recording-requests by ${by.actor.id}`, key);
    const issued = await this.commands.execute(new RequestRecording(id, newRequestOf(input, by, new Date()), by));
    response.setHeader('Location', `/api/v1/recording-requests/${id}`);
    return this.withLink(id, issued, response);
  }

  @Get()
  @Access(READ)
  @ApiOkResponse({ type: RequestPage })
  async list(@Query() { after, ...filter }: RequestListInput, @CurrentBy() by: By): Promise<Page<RequestView>> {
    await this.progress.waitFor(requestList.name, after);
    return this.requests.list(by.workspaceId, filter);
  }

  @Get(':id')
  @Access(READ)
  @ApiOkResponse({ type: RequestMessage })
  async one(
    @Param('id', IdParam) id: string,
    @Query() { after }: AfterInput,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    await this.progress.waitFor(requestList.name, after);
    const view = await this.requests.find(by.workspaceId, id);
    if (!view) unknownRequest();
    response.setHeader('ETag', entityTag(view.version));
    return view;
  }

  @Post(':id/cancel')
  @HttpCode(204)
  @Access(WRITE)
  async cancel(
    @Param('id', IdParam) id: string,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    describeChange(response, await this.commands.execute(new CancelRecordingRequest(id, by, expected)));
  }

  @Post(':id/remind')
  @HttpCode(200)
  @Access(WRITE)
  @ApiOkResponse({ type: RequestWithLinkMessage })
  async remind(
    @Param('id', IdParam) id: string,
    @Body() { expiresInHours }: RemindInput,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestWithLink> {
    const expiresAt = expiryOf(expiresInHours, new Date());
    return this.withLink(id, await this.commands.execute(new RemindCustomer(id, expiresAt, by)), response);
  }

  private async withLink(id: string, issued: LinkIssued, response: Response): Promise<RequestWithLink> {
    describeChange(response, issued);
    return { ...(await this.requests.ofState(id, known(issued.state), issued.version)), link: issued.link };
  }
}
