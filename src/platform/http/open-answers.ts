import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Admission } from './admission.js';
import { conditionOf } from './request-context.js';

/** How often those who are being answered must prove again that they may be: most answers never live to see it. */
const PROVE_EVERY_MS = 4_000;
/** Nobody is answered on for longer than this without having been proven, whatever kept us from it. */
const UNPROVEN_MS = 12_000;
/** How many are proven at once: a thousand open event streams must not take all connections to the database. */
const AT_ONCE = 4;

interface Answer {
  readonly request: Request;
  readonly response: Response;
  readonly permission: string;
  provenAt: number;
}

/**
 * Ends answers that take long (event streams, media, downloads) when whoever asked may not have them any more: signed
 * out, removed, another role, a revoked key, a recording that has gone. Routes need do nothing for it.
 */
@Injectable()
export class OpenAnswers implements OnModuleInit, OnApplicationShutdown {
  private readonly open = new Set<Answer>();
  private timer?: NodeJS.Timeout;
  private round = Promise.resolve();

  constructor(private readonly admission: Admission) {}

  onModuleInit(): void {
    this.timer = setInterval(() => this.endUnproven(), PROVE_EVERY_MS / 4).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Watches over an answer to somebody who has just been let in, until it has been given. */
  watch(request: Request, response: Response, permission: string): void {
    if (response.closed) return;
    const answer = { request, response, permission, provenAt: performance.now() };
    this.open.add(answer);
    response.once('close', () => this.open.delete(answer));
  }

  private endUnproven(): void {
    for (const answer of this.olderThan(UNPROVEN_MS)) answer.response.destroy();
    this.round = this.round.then(() => this.proveAll());
  }

  private async proveAll(): Promise<void> {
    const due = this.olderThan(PROVE_EVERY_MS);
    const prover = async () => {
      for (let answer = due.pop(); answer; answer = due.pop()) await this.prove(answer);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, prover));
  }

  /** Trouble on our side ends nothing yet: the next round asks again. */
  private async prove(answer: Answer): Promise<void> {
    const { request, response, permission } = answer;
    const at = performance.now();
    const stays = await this.admission
      .stillHolds(request, permission)
      .then(async (holds) => holds && (await conditionOf(request)()))
      .catch(() => null);
    if (stays) answer.provenAt = at;
    else if (stays === false) response.destroy();
  }

  private olderThan(ms: number): Answer[] {
    const now = performance.now();
    return [...this.open].filter(({ provenAt }) => now - provenAt >= ms);
  }
}
