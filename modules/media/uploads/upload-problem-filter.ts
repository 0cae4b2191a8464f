import { type ArgumentsHost, Catch, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusal } from '#kernel/refusal.js';
import { isTransient } from '#platform/consumers/transient.js';
import { ProblemFilter, sendProblem } from '#platform/http/problem-filter.js';
import { problemOf } from '#platform/http/problem.js';
import { correlationIdOf } from '#platform/http/request-context.js';
import { BodyBrokeOff } from './append-body.js';
import { setTusHeaders, TUS_VERSION } from './tus-headers.js';
import { StorageUnavailable, WireRefusal } from './upload-refusals.js';

/** Problem documents as everywhere, with what a tus client needs beside them: the protocol's headers and its statuses. */
@Catch()
export class UploadProblemFilter extends ProblemFilter {
  private readonly log = new Logger('Uploads');

  override catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (thrown instanceof BodyBrokeOff || response.destroyed) return void response.destroy();
    const problem = isTransient(thrown) ? new StorageUnavailable(thrown) : thrown;
    if (problem instanceof StorageUnavailable)
      this.log.warn({ msg: 'An append could not be stored', err: problem.cause });
    setTusHeaders(response);
    response.setHeader('Tus-Version', TUS_VERSION);
    if (problem instanceof Refusal && typeof problem.details.offset === 'number')
      response.setHeader('Upload-Offset', problem.details.offset);
    if (!(problem instanceof WireRefusal)) return super.catch(problem, host);
    sendProblem(response, problemOf(problem, correlationIdOf(request), problem.status));
  }
}
