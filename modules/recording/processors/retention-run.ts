import { Logger } from '@nestjs/common';
import type { CommandBus, ICommand } from '@nestjs/cqrs';
import { isHeld } from '#platform/erasure/erasure-gate.js';

/** One run over what is kept no longer. What fails is told and remembered, and the next is tried; what must be kept is passed by. */
export class RetentionRun {
  private readonly log = new Logger('Retention');
  private readonly failures: unknown[] = [];

  constructor(
    private readonly commands: CommandBus,
    private readonly signal: AbortSignal,
  ) {}

  /** Gives the command for each of a list, as far as the list can be read. Stops early when the worker does. */
  async each<T extends { readonly id: string }>(
    what: string,
    list: AsyncIterable<T>,
    command: (one: T) => ICommand,
  ): Promise<void> {
    await this.attempt(what, async () => {
      for await (const one of list) {
        if (this.signal.aborted) return;
        await this.attempt(`${what}: ${one.id}`, () => this.commands.execute(command(one)));
      }
    });
  }

  async attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isHeld(error)) return;
      this.log.error({ msg: `${what}: could not be ended`, err: error });
      this.failures.push(error);
    }
  }

  /** @throws AggregateError when something failed */
  end(): void {
    const { length } = this.failures;
    if (length) throw new AggregateError(this.failures, `${length} of what is past its retention could not be ended`);
  }
}
