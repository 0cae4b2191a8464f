import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { Answers, AnswersChange, AnswersState, Refuses } from '#platform/http/api-answers.js';
import type { Page } from '#platform/http/cursor.js';
import { describeChange, describeState, IfMatch } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { IdempotencyKey, idempotentId } from '#platform/http/idempotency.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { CancelRecordingRequest } from '../commands/change-request.js';
import { RemindCustomer } from '../commands/remind-customer.js';
import { RequestRecording, type LinkIssued } from '../commands/request-recording.js';
import { known } from '../domain/request-decisions.js';
import { RequestReads } from '../queries/request-reads.js';
import type { RequestView } from '../queries/request-queries.js';
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
    private readonly requests: RequestReads,
  ) {}

  @Post()
  @Access(WRITE)
  @ApiOperation({
    summary: 'Ask a customer for a recording',
    description:
      '`link` is what to send them; it is in this answer only. A retry with the same Idempotency-Key and body is the same request, with the link that opens it by then.',
  })
  @AnswersChange(201, { type: RequestWithLinkMessage }, 'Location')
  @Refuses(410)
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
  @ApiOperation({
    summary: 'List recording requests',
    description: 'Newest first. A request whose time is up reads as expired.',
  })
  @Answers(200, { type: RequestPage })
  async list(@Query() { after, ...filter }: RequestListInput, @CurrentBy() by: By): Promise<Page<RequestView>> {
    return this.requests.list(by.workspaceId, filter, after);
  }

  @Get(':id')
  @Access(READ)
  @ApiOperation({
    summary: 'Read a recording request',
    description: 'What was just made is found at once; what was just changed, with `after`.',
  })
  @AnswersState({ type: RequestMessage })
  async one(
    @Param('id', IdParam) id: string,
    @Query() { after }: AfterInput,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    return describeState(response, await this.requests.one(by.workspaceId, id, after));
  }

  @Post(':id/cancel')
  @HttpCode(204)
  @Access(WRITE)
  @ApiOperation({
    summary: 'Cancel a recording request',
    description: 'Its link stops working and what was being recorded is discarded. Repeating it is no error.',
  })
  @AnswersChange(204)
  @Refuses(410)
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
  @ApiOperation({
    summary: 'Make a new link for a request',
    description:
      'The older ones stop working. The new one is in this answer only. A retry with the same Idempotency-Key and body ' +
      'makes no further one.',
  })
  @AnswersChange(200, { type: RequestWithLinkMessage })
  @Refuses(410)
  async remind(
    @Param('id', IdParam) id: string,
    @Body() { expiresInHours }: RemindInput,
    @IfMatch() expected: number | undefined,
    @IdempotencyKey() key: string | null,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestWithLink> {
    const callId = key === null ? null : idempotentId(by.workspaceId, `remind ${id} by ${by.actor.id}`, key);
    const call = callId === null ? undefined : { id: callId, expiresInHours: expiresInHours ?? null };
    const reminder = new RemindCustomer(id, expiryOf(expiresInHours, new Date()), by, { expected, call });
    return this.withLink(id, await this.commands.execute(reminder), response);
  }

  private async withLink(id: string, issued: LinkIssued, response: Response): Promise<RequestWithLink> {
    describeChange(response, issued);
    return { ...(await this.requests.ofState(id, known(issued.state), issued.version)), link: issued.link };
  }
}
