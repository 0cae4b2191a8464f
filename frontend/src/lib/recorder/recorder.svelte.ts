import { chooseScreen } from './capture/display.js';
import { Equipment } from './capture/equipment.svelte.js';
import { findLack } from './capture/lack.js';
import type { Capture } from './capture/capture.svelte.js';
import { giveConsent, scopeOf, type Scope } from './link/consent.js';
import type { LinkView } from './link/link-view.js';
import { isPassing, openLink, whyClosed } from './link/open-link.js';
import { persist } from './link/persist.js';
import { Problem, send } from './link/request.js';
import { advance, type CaptureProblem, type Happening, type Step, type StopBecause } from './steps.js';
import type { Take } from './take.svelte.js';
import { isMarkedUnsent } from './unsent-mark.js';
import type { Unfinished } from './upload/keeper-protocol.js';

/**
 * The page's one object: holds the step, and turns presses into what they mean. What is needed only after the
 * browser's permission prompt is loaded while that prompt is open.
 */
export class Recorder {
  step = $state.raw<Step>({ at: 'opening' });
  link = $state.raw<LinkView | null>(null);
  take = $state.raw<Take | null>(null);
  capture = $state.raw<Capture | null>(null);
  /** What an earlier page left: here, or somewhere this page cannot reach. */
  unfinished = $state.raw<Unfinished | 'elsewhere' | null>(null);
  readonly equipment = new Equipment();
  /** Whether the server knows that somebody is here. */
  isHere = $state(false);

  constructor(private readonly code: string) {}

  happen(happening: Happening): void {
    this.step = advance(this.step, happening);
  }

  /** Whether closing the page now would lose something that only this page has, or leave undone what only it does. */
  get atRisk(): boolean {
    const { step, take } = this;
    if (step.at === 'review' && (step.problem === 'link_closed' || step.problem === 'another_received')) return true;
    if (step.at === 'finishing' || step.at === 'deleting' || (step.at === 'recording' && !step.paused)) return true;
    return !!take?.keeping && take.keeping.acknowledged < take.keeping.bytes;
  }

  async open(): Promise<void> {
    try {
      this.link = await openLink(this.code);
      if (this.#isPerson) void this.arrive();
      const lack = findLack(globalThis);
      this.unfinished = await this.findUnfinished(this.link);
      const declined = this.link.status === 'declined';
      this.happen({ type: 'opened', lack, unfinished: this.unfinished !== null, declined });
    } catch (error) {
      this.happen({ type: 'shut', ...whyClosed(error) });
    }
  }

  /** With the first press of a person: programs open links as well, and nothing may come of that. What they do next says it too. */
  async arrive(): Promise<void> {
    this.#isPerson = true; // also where the link is still being opened
    if (!this.link || this.#arrives) return;
    this.#arrives = true;
    await send('POST', 'customer/here', undefined, this.link.token).then(
      () => (this.isHere = true),
      () => (this.#arrives = false),
    );
  }

  #isPerson = false;
  #arrives = false;

  /** Records the consent to the sentences shown. @throws Problem when it did not arrive: then nothing may be recorded */
  async agree(
    sentences: readonly string[],
    locale: string,
    scope: Scope[] = scopeOf(this.link!.options),
  ): Promise<void> {
    const give = () => giveConsent(this.link!, sentences, locale, scope);
    await give()
      .catch((error: unknown) => this.renewOr(error).then(give))
      .catch((error: unknown) => this.shutUnlessPassing(error));
    this.happen({ type: 'started' });
  }

  /** Tells whoever asked until they have heard it, or the customer thinks better of it. */
  async decline(): Promise<void> {
    this.happen({ type: 'declined' });
    const tell = async () => this.step.at === 'declined' && send('POST', 'customer/decline', {}, this.link!.token);
    await persist(tell, { renew: () => this.renew() }).then(
      () => this.happen({ type: 'told' }),
      (error: unknown) => this.happen({ type: 'shut', ...whyClosed(error) }),
    );
  }

  /** Must be called within the customer's press: the browser's picker opens only then. */
  async pick(): Promise<void> {
    this.happen({ type: 'picked' });
    const began = performance.now();
    const choosing = chooseScreen(navigator.mediaDevices, this.equipment.computerSound ?? false);
    const later = import('./after-prompt.js');
    const outcome = await choosing.catch((error: unknown) => ({ error, afterMs: performance.now() - began }));
    const { makeCapture, whyRefused } = await later;
    if ('error' in outcome) return this.refuse(whyRefused(outcome.error, outcome.afterMs));
    if (this.step.at !== 'picking') return outcome.getTracks().forEach((track) => track.stop());
    Object.assign(this, makeCapture(this, outcome));
    this.happen({ type: 'captured' });
  }

  /** The countdown's next second; after the last, the recording. */
  tick(): void {
    this.happen({ type: 'ticked' });
    if (this.step.at !== 'recording') return;
    try {
      this.capture!.begin(this.take!, this.link!.options.maxDurationMs);
    } catch {
      this.step = { at: 'countdown', left: 1 };
      this.refuse('unknown');
    }
  }

  cancel(): void {
    this.letGo();
    this.happen({ type: 'cancelled' });
  }

  async stop(because: StopBecause): Promise<void> {
    if (this.step.at === 'countdown') return this.refuse('dismissed');
    if (this.step.at !== 'recording') return;
    this.happen({ type: 'stopped', because });
    await this.capture!.stop(this.take!);
    this.capture = null;
    this.equipment.release();
    const empty = !this.take!.keeping?.bytes;
    if (empty) void this.take!.discard().catch(() => undefined);
    this.happen({ type: 'finished', empty });
  }

  /** A fresh capability for uploads that outlive the first. */
  async renew(): Promise<string> {
    this.link = await openLink(this.code);
    return this.link.token;
  }

  /** A page that lay open for a day holds a capability that is over. @throws what it was not that failed */
  private async renewOr(error: unknown): Promise<unknown> {
    if (error instanceof Problem && error.status === 401) return this.renew();
    throw error;
  }

  private shutUnlessPassing(error: unknown): never {
    const { because, receipt } = whyClosed(error);
    if (!isPassing(because)) this.happen({ type: 'shut', because, receipt });
    throw error;
  }

  /** Asks whether a recording can begin by now. */
  async lookForRoom(): Promise<void> {
    await this.renew().catch((error: unknown) => this.happen({ type: 'shut', ...whyClosed(error) }));
  }

  private refuse(problem: CaptureProblem): void {
    this.letGo();
    this.happen({ type: 'refused', problem });
  }

  private letGo(): void {
    this.capture?.release();
    this.capture = null;
  }

  private async findUnfinished(link: LinkView): Promise<Unfinished | 'elsewhere' | null> {
    if (isMarkedUnsent(link.requestId) || link.resumable.length > 0) {
      const { makeTake } = await import('./after-prompt.js');
      const take = makeTake(this);
      const found = await take.findUnfinished().catch(() => null);
      if (found) this.take = take;
      else take.end();
      if (found) return found;
    }
    // Where nothing has arrived there is nothing to finish: a page that was left in its first moments.
    const arrived = link.resumable.some(({ uploads }) => uploads.some(({ offset }) => offset > 0));
    return arrived ? 'elsewhere' : null;
  }
}
