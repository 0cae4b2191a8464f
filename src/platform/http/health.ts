import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { refuse } from '#kernel/refusal.js';
import { waitingAtMost } from '#platform/database/answer-deadline.js';
import { Metrics } from '#platform/telemetry/metrics.js';
import { Access } from './access.js';
import { bearerToken } from './authenticator.js';
import { HttpSettings } from './http-settings.js';
import { RETRY_AFTER_SECONDS } from './problem.js';

/** Something without which this process cannot serve. `check` rejects when it is not there. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<void>;
}

/** Injection token of the list of {@link ReadinessCheck}s. */
export const READINESS_CHECKS = Symbol('READINESS_CHECKS');

const PATIENCE_MS = 2_000;

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(@Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[]) {}

  @Get('healthz')
  @Access({ public: 'Says only that the process runs.' })
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Access({ public: 'Says only which parts are reachable; load balancers ask without credentials.' })
  async ready(@Res({ passthrough: true }) response: Response) {
    const results = await Promise.all(
      this.checks.map(async ({ name, check }) => [name, await succeeds(check)] as const),
    );
    const ready = results.every(([, ok]) => ok);
    response.status(ready ? 200 : 503);
    if (!ready) response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    return {
      status: ready ? 'ready' : 'not_ready',
      checks: Object.fromEntries(results.map(([name, ok]) => [name, ok ? 'ok' : 'failed'])),
    };
  }
}

@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly settings: HttpSettings,
  ) {}

  @Get()
  @Access({ public: 'Guarded here: only this very machine, or who has the configured token.' })
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    const allowed = this.settings.metricsToken
      ? sameToken(bearerToken(request), this.settings.metricsToken)
      : comesFromThisMachine(request);
    if (!allowed) refuse('NOT_FOUND', 'There is nothing at this address.', 'not_found');
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}

/** What a proxy on this machine forwards does not come from this machine, whatever the socket says. */
function comesFromThisMachine(request: Request): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => request.get(name) !== undefined,
  );
  return !forwarded && /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '');
}

function sameToken(offered: string | null, token: string): boolean {
  const [left, right] = [Buffer.from(offered ?? ''), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function succeeds(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The check took too long.')), PATIENCE_MS);
  });
  return Promise.race([waitingAtMost(PATIENCE_MS, check), tooLate])
    .then(() => true)
    .catch(() => false)
    .finally(() => clearTimeout(timer));
}
