import { Body, Controller, HttpCode, Param, Post, Put, Req, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Uploads } from '#modules/media/contract.js';
import { Access } from '#platform/http/access.js';
import { Answers, Refuses } from '#platform/http/api-answers.js';
import { BodyType } from '#platform/http/body-type.js';
import { IdParam } from '#platform/http/id-param.js';
import type { Caller } from '#platform/http/caller.js';
import { CurrentBy, CurrentCaller } from '#platform/http/request-context.js';
import { ownerOf } from '../capture/request-owner.js';
import { ArriveAtLink, DeclineRecordingRequest, ReportUnsupported } from '../commands/change-request.js';
import { DiscardRecording } from '../commands/discard-recording.js';
import { GiveConsent } from '../commands/give-consent.js';
import { SubmitRecording } from '../commands/submit-recording.js';
import type { Receipt } from '../domain/receipt.js';
import { CustomerPosters } from './customer-posters.js';
import { SendPace } from './send-pace.js';
import { customerOf } from '../links/customer-caller.js';
import { ReceiptMessage } from './customer-messages.js';
import { ConsentInput, DeclineInput, SubmitInput, UnsupportedInput } from './customer-input.js';

/** What the holder of a link may do. Their request is the actor of all of it: a customer has no account. */
@ApiTags('Customer')
@Controller('api/v1/customer')
export class CustomerController {
  constructor(
    private readonly commands: CommandBus,
    private readonly posters: CustomerPosters,
    private readonly uploads: Uploads,
  ) {}

  @Post('here')
  @HttpCode(204)
  @Access({ customer: true })
  @ApiOperation({
    summary: 'Say that somebody has opened the link',
    description:
      'With the first thing that a person does on the page. From then on the request is opened, and older links begin nothing more. Repeating it is no error; whatever else the customer does says it too.',
  })
  @Answers(204)
  @Refuses(404, 410)
  async here(@CurrentCaller() caller: Caller, @CurrentBy() by: By): Promise<void> {
    await this.commands.execute(new ArriveAtLink(by.actor.id, by, customerOf(caller).link));
  }

  @Post('consent')
  @HttpCode(204)
  @Access({ customer: true })
  @ApiOperation({ summary: 'Agree to be recorded', description: 'No upload begins without it.' })
  @Answers(204)
  @Refuses(404, 410)
  async consent(@Body() consent: ConsentInput, @CurrentCaller() caller: Caller, @CurrentBy() by: By): Promise<void> {
    await this.commands.execute(new GiveConsent(by.actor.id, by, customerOf(caller).link, { ...consent }));
  }

  @Post('decline')
  @HttpCode(204)
  @Access({ customer: true })
  @ApiOperation({ summary: 'Decline', description: 'Ends the request; the reason, if any, goes to whoever asked.' })
  @Answers(204)
  @Refuses(404, 410)
  async decline(@Body() { reason }: DeclineInput, @CurrentCaller() caller: Caller, @CurrentBy() by: By): Promise<void> {
    await this.commands.execute(new DeclineRecordingRequest(by.actor.id, by, customerOf(caller).link, reason));
  }

  @Post('unsupported')
  @HttpCode(204)
  @Access({ customer: true })
  @ApiOperation({ summary: 'Say that this browser cannot record', description: 'The link goes on working elsewhere.' })
  @Answers(204)
  @Refuses(404, 410)
  async unsupported(
    @Body() { reason, browser }: UnsupportedInput,
    @CurrentCaller() caller: Caller,
    @CurrentBy() by: By,
  ): Promise<void> {
    await this.commands.execute(new ReportUnsupported(by.actor.id, by, customerOf(caller).link, reason, browser));
  }

  /** Send. Repeating it answers the same receipt. */
  @Post('recordings/:id/submit')
  @HttpCode(200)
  @UseGuards(SendPace)
  @Access({ customer: true })
  @ApiOperation({
    summary: 'Send a recording',
    description: 'Length and digest of every upload must be right. Repeating it answers the same receipt.',
  })
  @Answers(200, { type: ReceiptMessage })
  @Refuses(410)
  submit(@Param('id', IdParam) id: string, @Body() input: SubmitInput, @CurrentBy() by: By): Promise<Receipt> {
    const uploads = input.uploads.map(({ sha256, ...upload }) => ({ ...upload, sha256: Buffer.from(sha256, 'hex') }));
    const trim = input.trim ? { ...input.trim } : null;
    return this.commands.execute(
      new SubmitRecording(by.actor.id, id, { ...input, trim, uploads, note: input.note || undefined }, by),
    );
  }

  @Post('recordings/:id/discard')
  @HttpCode(204)
  @Access({ customer: true })
  @ApiOperation({
    summary: 'Discard a recording',
    description: 'What was uploaded is deleted at once. Repeating it is no error.',
  })
  @Answers(204)
  @Refuses(410)
  async discard(@Param('id', IdParam) id: string, @CurrentBy() by: By): Promise<void> {
    await this.commands.execute(new DiscardRecording(by.actor.id, id, by));
  }

  /** Says that the customer is still at it, so that a long pause or a careful review is not taken for leaving. */
  @Post('recordings/:id/stay')
  @HttpCode(204)
  @Access({ customer: true })
  @ApiOperation({
    summary: 'Say that one is still at it',
    description: 'So that a long pause or a careful review is not taken for leaving.',
  })
  @Answers(204)
  async stay(@Param('id', IdParam) id: string, @CurrentBy() by: By): Promise<void> {
    if (!(await this.uploads.stay(id, ownerOf(by.actor.id))))
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
  }

  /** A still picture taken by the browser, for where the server can't decode video. */
  @Put('recordings/:id/poster')
  @HttpCode(204)
  @Access({ customer: true })
  @BodyType('image/jpeg')
  @ApiOperation({
    summary: "Give a recording's still picture",
    description: 'A JPEG of at most 300,000 bytes and 4096 × 4096 pixels, for where the server cannot decode video.',
  })
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @Answers(204)
  async poster(@Param('id', IdParam) id: string, @CurrentBy() by: By, @Req() request: Request): Promise<void> {
    await this.posters.keep(by.actor.id, id, request);
  }
}
