import { Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { jsonBodies } from '#platform/http/body-parsers.js';
import { Access } from '#platform/http/access.js';
import { CurrentCaller } from '#platform/http/request-context.js';
import { inputValidation } from '#platform/http/validation.js';
import type { Uploader } from '../contract.js';
import { AnswersUpload, OFFSET, RefusesUpload } from './tus-description.js';
import { setUploadHeaders } from './tus-headers.js';
import { UploadCompletion } from './upload-completion.js';
import { UploadProblemFilter } from './upload-problem-filter.js';
import { UploaderPipe } from './uploader-pipe.js';

/** What the client says the whole is. */
export class CompleteUploadBody {
  @IsInt() @Min(1) readonly bytes!: number;
  /** Of the whole, in hexadecimal. */
  @Matches(/^[0-9a-fA-F]{64}$/) readonly sha256!: string;
  @IsInt() @Min(0) readonly durationMs!: number;
  @IsInt() @Min(0) @Max(16_384) readonly width!: number;
  @IsInt() @Min(0) @Max(16_384) readonly height!: number;
}

const validation = inputValidation();
const parsers = jsonBodies(4096);

/** Beyond tus: the client vouches for the whole, the server verifies it. */
@ApiTags('Uploads')
@Controller('uploads')
@UseFilters(UploadProblemFilter)
export class UploadCompletionController {
  constructor(private readonly completion: UploadCompletion) {}

  @Post(':id/complete')
  @Access({ customer: true })
  @ApiBody({ type: CompleteUploadBody })
  @ApiOperation({
    summary: 'Close an upload',
    description: 'Beyond tus: length and digest of the whole must agree. Send does it too, so it need not be called.',
  })
  @AnswersUpload(204, OFFSET)
  @RefusesUpload(409, 410, 503)
  async complete(
    @Param('id') id: string,
    @CurrentCaller(UploaderPipe) uploader: Uploader,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { sha256, ...claim } = await readBody(request, response);
    const upload = await this.completion.complete(id, uploader.owner, { ...claim, sha256: Buffer.from(sha256, 'hex') });
    setUploadHeaders(response, upload);
    response.status(204).end();
  }
}

/** Nothing under /uploads passes the application's parsers, so this one route runs them itself. */
async function readBody(request: Request, response: Response): Promise<CompleteUploadBody> {
  for (const parse of parsers) {
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error ? reject(error as Error) : resolve()));
    });
  }
  return validation.transform(request.body ?? {}, {
    type: 'body',
    metatype: CompleteUploadBody,
  }) as Promise<CompleteUploadBody>;
}
