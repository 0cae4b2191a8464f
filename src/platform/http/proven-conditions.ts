import { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { waitingAtMost } from '#platform/database/answer-deadline.js';

/** What answers may go on under, such as that a session has not ended. */
export interface Condition {
  /** The same for all answers that depend on the same thing: one look is for all of them. */
  readonly key: string;
  /** @throws when it cannot be told just now */
  holds(): Promise<boolean>;
}

interface Watched {
  condition: Condition;
  readonly answers: Set<Writable>;
  /** When the last look that found it to hold began. */
  provenAt: number;
  /** Since when it has been looked at in vain; null when the last look had an answer. */
  unansweredSince: number | null;
  lookAt: number;
}

/** How often each must be proven anew: most answers never live to see it. */
const PROVE_EVERY_MS = 4_000;
/** Whoever answers a look later than this is asked again beside it, and others are asked in the meantime. */
const LOOK_DEADLINE_MS = 2_000;
/** How long a look, and those after it, may stay without an answer. */
const SILENCE_MS = 8_000;
/** No answer ends for want of proof before this; what was found to have ended ends its answers at once. */
const UNPROVEN_MS = PROVE_EVERY_MS + SILENCE_MS;
/** A thousand open event streams must not take all connections to the database. */
const AT_ONCE = 4;
const WAKE_EVERY_MS = 500;

/**
 * Proves again and again that what open answers depend on still holds, and ends those for which it does not. To wait for
 * its turn here costs no answer anything: for want of proof ends only what was looked at in vain, and everything when
 * nobody has been told anything for so long.
 */
@Injectable()
export class ProvenConditions implements OnModuleInit, OnApplicationShutdown {
  private readonly watched = new Map<string, Watched>();
  private readonly looking = new Set<{ readonly since: number }>();
  private due: Watched[] = [];
  private silentSince: number | null = null;
  private woken = { at: 0, by: performance.now() };
  private timer?: NodeJS.Timeout;

  onModuleInit(): void {
    this.timer = setInterval(() => this.wake(), WAKE_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Ends the answer soon after the condition, which holds at this moment, no longer does. */
  endWith(condition: Condition, answer: Writable): void {
    if (answer.closed) return;
    const { key } = condition;
    const watched = this.watched.get(key) ?? { condition, answers: new Set(), ...this.provenFrom(this.now) };
    this.watched.set(key, Object.assign(watched, { condition, ...this.provenFrom(this.now) }));
    watched.answers.add(answer);
  }

  private wake(): void {
    const now = this.now;
    this.woken = { at: now, by: performance.now() };
    for (const look of this.looking) if (now - look.since >= LOOK_DEADLINE_MS) this.looking.delete(look);
    for (const each of this.watched.values()) {
      if (this.isHopeless(each, now)) endAll(each);
      this.forgetClosed(each);
    }
    this.due = [...this.watched.values()].filter(({ lookAt }) => lookAt <= now).sort((a, b) => b.lookAt - a.lookAt);
    this.lookOn();
  }

  /** A listener on each answer would be one too many: they come with ten. */
  private forgetClosed({ condition, answers }: Watched): void {
    for (const answer of answers) if (answer.closed) answers.delete(answer);
    if (!answers.size) this.watched.delete(condition.key);
  }

  private lookOn(): void {
    while (this.looking.size < AT_ONCE && this.due.length) void this.look(this.due.pop()!);
  }

  private async look(at: Watched): Promise<void> {
    const look = { since: this.now };
    this.looking.add(look);
    at.lookAt = look.since + LOOK_DEADLINE_MS;
    at.unansweredSince ??= look.since;
    this.silentSince ??= look.since;
    // With the answer that is not waited for goes the connection that owes it.
    const holds = await waitingAtMost(LOOK_DEADLINE_MS, () => at.condition.holds()).catch(() => null);
    if (holds !== null) this.silentSince = null;
    // Somebody who came since has proven it anew.
    if (holds !== null && look.since >= at.provenAt) {
      if (holds) Object.assign(at, this.provenFrom(look.since));
      else endAll(at);
    }
    this.looking.delete(look);
    this.lookOn();
  }

  private isHopeless({ provenAt, unansweredSince }: Watched, now: number): boolean {
    const silence = now - Math.min(unansweredSince ?? now, this.silentSince ?? now);
    return now - provenAt >= UNPROVEN_MS && silence >= SILENCE_MS;
  }

  private provenFrom(at: number): Omit<Watched, 'condition' | 'answers'> {
    return { provenAt: at, unansweredSince: null, lookAt: at + PROVE_EVERY_MS };
  }

  /** Milliseconds in which this process ran: while it stood still, nobody could have told it anything. */
  private get now(): number {
    const { at, by } = this.woken;
    return at + Math.min(performance.now() - by, 2 * WAKE_EVERY_MS);
  }
}

/** By a reset: an orderly end would give a slow reader megabytes more, which the system has taken from us already. */
function endAll({ answers }: Watched): void {
  for (const answer of answers) {
    if (answer instanceof ServerResponse) answer.socket?.resetAndDestroy();
    answer.destroy();
  }
}
