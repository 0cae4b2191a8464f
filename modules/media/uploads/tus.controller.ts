import { Controller, Delete, Head, Options, Param, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { BodyType } from '#platform/http/body-type.js';
import { CurrentBy, CurrentCaller } from '#platform/http/request-context.js';
import type { Uploader } from '../contract.js';
import {
  AnswersUpload,
  APPEND,
  Asks,
  ASKS,
  CAPABILITIES,
  CREATED,
  OFFSET,
  RefusesUpload,
  STAND,
} from './tus-description.js';
import {
  APPEND_TYPE,
  hasAppendType,
  refuseOtherVersions,
  setCapabilities,
  setDescription,
  setTusHeaders,
  setUploadHeaders,
} from './tus-headers.js';
import { UploadIntake } from './upload-intake.js';
import { UploadOpening } from './upload-opening.js';
import { UploadProblemFilter } from './upload-problem-filter.js';
import { UploaderPipe } from './uploader-pipe.js';
import { UploadTermination } from './upload-termination.js';
import { WireRefusal } from './upload-refusals.js';
import { readWish } from './upload-wish.js';

/** tus 1.0 with creation, checksum, termination and expiration, for any tus client that holds a link's capability. */
@ApiTags('Uploads')
@Controller('uploads')
@UseFilters(UploadProblemFilter)
export class TusController {
  constructor(
    private readonly opening: UploadOpening,
    private readonly intake: UploadIntake,
    private readonly termination: UploadTermination,
  ) {}

  @Options()
  @Access({ public: 'Says what the protocol supports; holds nothing of anybody.' })
  @ApiOperation({
    summary: 'What this tus server supports',
    description: 'Version, extensions and checksum algorithms.',
  })
  @AnswersUpload(204, CAPABILITIES)
  capabilities(@Res() response: Response): void {
    setTusHeaders(response);
    setCapabilities(response);
    response.status(204).end();
  }

  @Options(':id')
  @Access({ public: 'Says what the protocol supports; holds nothing of anybody.' })
  @ApiOperation({ summary: 'The same, asked at an upload', description: 'Whether there is one or not.' })
  @ApiParam({ name: 'id' })
  @AnswersUpload(204, CAPABILITIES)
  capabilitiesOfOne(@Res() response: Response): void {
    this.capabilities(response);
  }

  @Post()
  @Access({ customer: true })
  @BodyType(APPEND_TYPE, '*/*')
  @ApiOperation({
    summary: 'Begin an upload',
    description:
      'Of a whole file, or of what is still being recorded. With a body, it is also the first append. Consent must have been given.',
  })
  @Asks(ASKS.length, ASKS.deferred, ASKS.metadata)
  @ApiBody(APPEND)
  @AnswersUpload(201, CREATED)
  @RefusesUpload(404, 409, 410, 503)
  async open(
    @CurrentCaller(UploaderPipe) uploader: Uploader,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    refuseOtherVersions(request.headers);
    let upload = await this.opening.open({ ...readWish(request.headers), ...uploader }, by);
    response.setHeader('Location', `/uploads/${upload.id}`);
    response.setHeader('Upload-Recording', upload.recordingId);
    if (hasAppendType(request)) upload = await this.intake.take(upload, 0, request);
    setUploadHeaders(response, upload);
    response.status(201).end();
  }

  @Head(':id')
  @Access({ customer: true })
  @ApiOperation({
    summary: 'How much of an upload is stored for good',
    description: 'Where to go on after a broken line.',
  })
  @Asks()
  @AnswersUpload(200, STAND)
  @RefusesUpload(410)
  async stand(
    @Param('id') id: string,
    @CurrentCaller(UploaderPipe) uploader: Uploader,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    refuseOtherVersions(request.headers);
    const upload = await this.intake.stand(id, uploader.owner);
    setUploadHeaders(response, upload);
    setDescription(response, upload);
    response.status(200).end();
  }

  @Patch(':id')
  @Access({ customer: true })
  @BodyType(APPEND_TYPE, '*/*')
  @ApiOperation({
    summary: 'Append to an upload',
    description:
      '204 means that these bytes are stored for good. With a digest the append has at most 1 MiB and is stored whole or not at all.',
  })
  @Asks(ASKS.offset, ASKS.length, ASKS.digest, ASKS.checksum)
  @ApiBody(APPEND)
  @AnswersUpload(204, OFFSET)
  @RefusesUpload(409, 410, 460, 503)
  async append(
    @Param('id') id: string,
    @CurrentCaller(UploaderPipe) uploader: Uploader,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    refuseOtherVersions(request.headers);
    const upload = await this.intake.patch(id, uploader.owner, request);
    setUploadHeaders(response, upload);
    response.status(204).end();
  }

  @Delete(':id')
  @Access({ customer: true })
  @ApiOperation({
    summary: 'Take an upload back',
    description: 'What was stored of it is deleted. One that is complete is discarded with its recording instead.',
  })
  @Asks()
  @AnswersUpload(204)
  @RefusesUpload(409, 410, 503)
  async terminate(
    @Param('id') id: string,
    @CurrentCaller(UploaderPipe) uploader: Uploader,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    refuseOtherVersions(request.headers);
    await this.termination.terminate(id, uploader.owner, by);
    setTusHeaders(response);
    response.status(204).end();
  }

  @Post(':id')
  @Access({ customer: true })
  @BodyType(APPEND_TYPE, '*/*')
  @ApiOperation({
    summary: 'Append to an upload, ask for it or take it back, by POST',
    description: 'For clients behind something that lets only GET and POST through; otherwise as the method named.',
  })
  @Asks(ASKS.override, { ...ASKS.offset, required: false }, ASKS.length, ASKS.digest, ASKS.checksum)
  @ApiBody(APPEND)
  @AnswersUpload(200, STAND)
  @AnswersUpload(204, OFFSET)
  @RefusesUpload(405, 409, 410, 460, 503)
  overridden(
    @Param('id') id: string,
    @CurrentCaller(UploaderPipe) uploader: Uploader,
    @CurrentBy() by: By,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const method = request.get('x-http-method-override')?.toUpperCase();
    if (method === 'PATCH') return this.append(id, uploader, request, response);
    if (method === 'HEAD') return this.stand(id, uploader, request, response);
    if (method === 'DELETE') return this.terminate(id, uploader, by, request, response);
    throw new WireRefusal(405, 'METHOD_NOT_ALLOWED', 'This address does not answer that method.');
  }
}
