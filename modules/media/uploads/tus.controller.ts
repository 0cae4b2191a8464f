import { Controller, Delete, Head, Options, Param, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { CurrentBy, CurrentCaller } from '#platform/http/request-context.js';
import type { Uploader } from '../contract.js';
import {
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

const TUS = { name: 'Tus-Resumable', required: true, schema: { enum: ['1.0.0'] } };

/** tus 1.0 with creation, checksum, termination and expiration, for any tus client that holds a link's capability. */
@ApiTags('uploads')
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
  @ApiOperation({ summary: 'What this tus server supports' })
  @ApiResponse({ status: 204 })
  capabilities(@Res() response: Response): void {
    setTusHeaders(response);
    setCapabilities(response);
    response.status(204).end();
  }

  @Options(':id')
  @Access({ public: 'Says what the protocol supports; holds nothing of anybody.' })
  @ApiExcludeEndpoint()
  capabilitiesOfOne(@Res() response: Response): void {
    this.capabilities(response);
  }

  @Post()
  @Access({ customer: true })
  @ApiOperation({ summary: 'Begin an upload; with a body, also its first append' })
  @ApiHeader(TUS)
  @ApiHeader({ name: 'Upload-Length', description: 'Bytes; or Upload-Defer-Length: 1' })
  @ApiHeader({ name: 'Upload-Metadata', description: 'filetype, track (screen, camera), source, recording (to join)' })
  @ApiResponse({ status: 201, description: 'Location: the upload; Upload-Recording: its recording' })
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
  @ApiOperation({ summary: 'How much of an upload is safely stored' })
  @ApiHeader(TUS)
  @ApiResponse({ status: 200, description: 'Upload-Offset' })
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
  @ApiOperation({ summary: 'Append; 204 means it is stored for good' })
  @ApiHeader(TUS)
  @ApiHeader({ name: 'Upload-Offset', required: true, description: 'Where these bytes belong' })
  @ApiHeader({ name: 'Content-Digest', description: 'sha-256=:base64: (RFC 9530); or Upload-Checksum' })
  @ApiResponse({ status: 204, description: 'Upload-Offset: where to continue' })
  @ApiResponse({ status: 409, description: 'Upload-Offset: where to continue instead' })
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
  @ApiOperation({ summary: 'Take an upload back; what was stored is deleted' })
  @ApiHeader(TUS)
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 409, description: 'It is complete: discard its recording instead' })
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

  /** For clients behind something that lets only GET and POST through. */
  @Post(':id')
  @Access({ customer: true })
  @ApiExcludeEndpoint()
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
