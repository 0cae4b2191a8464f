import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Logger,
  MethodNotAllowedException,
  NotFoundException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusal } from '#kernel/refusal.js';
import { wasInVain } from '#platform/telemetry/conversation.js';
import { allowedMethods } from './allowed-methods.js';
import { type Problem, problemOf } from './problem.js';
import { answerTo } from './refusals-of-errors.js';
import { correlationIdOf } from './request-context.js';

const UNEXPECTED = new Refusal(
  'UNEXPECTED_FAILURE',
  'Something went wrong on our side. Quote the correlation id when you report it.',
);

/** Turns everything thrown into a problem document. A bug is logged in full and answered with its correlation id alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const answer = answerTo(withMethodsIn(response, thrown, request), request.get('if-match') !== undefined);
    if (!answer) this.logger.error({ msg: 'Unexpected failure', err: thrown });
    if (answer?.trouble) this.logger.warn({ msg: 'A part of this server is away', err: answer.trouble });
    if (response.headersSent) return void response.destroy();
    const correlationId = correlationIdOf(request);
    const problem = answer
      ? problemOf(answer.refusal, correlationId, answer.status)
      : problemOf(UNEXPECTED, correlationId, 500);
    sendProblem(response, problem);
  }
}

/** The router throws the same for an address that is nowhere and for a method that its address does not answer. */
function withMethodsIn(response: Response, thrown: unknown, request: Request): unknown {
  const allowed = thrown instanceof NotFoundException ? allowedMethods(request) : [];
  if (!allowed.length || allowed.includes(request.method)) return thrown;
  if (!response.headersSent) response.setHeader('Allow', allowed.join(', '));
  return new MethodNotAllowedException();
}

/** Answers with a problem document; a body the handler had begun to describe is forgotten, and what 503 cost taken back. */
export function sendProblem(response: Response, problem: Problem): void {
  if (problem.status === 503) wasInVain();
  for (const header of ['Content-Encoding', 'Content-Length', 'Content-Disposition', 'ETag', 'Last-Modified']) {
    response.removeHeader(header);
  }
  response.setHeader('Cache-Control', 'no-store');
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (typeof problem.retryAfterSeconds === 'number') {
    response.setHeader('Retry-After', String(problem.retryAfterSeconds));
  }
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
