import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams, type ChangeOptions } from '#platform/streams/streams.js';
import { recordingRequest, type Call, type RecordingRequest } from '../domain/recording-request.js';
import { known, remindCustomer } from '../domain/request-decisions.js';
import { Links } from '../links/links.js';
import type { LinkIssued } from './request-recording.js';

interface RemindOptions extends ChangeOptions {
  /** Repeated, it finds its link made. */
  readonly call?: Call;
}

/** Make a new link for the same request; the old one stops working. */
export class RemindCustomer extends Command<LinkIssued> {
  constructor(
    readonly requestId: string,
    readonly expiresAt: string,
    readonly by: By,
    readonly options: RemindOptions = {},
  ) {
    super();
  }
}

@CommandHandler(RemindCustomer)
export class RemindCustomerHandler implements ICommandHandler<RemindCustomer> {
  constructor(
    private readonly streams: Streams,
    private readonly links: Links,
  ) {}

  async execute(command: RemindCustomer): Promise<LinkIssued> {
    const { requestId, expiresAt, by, options } = command;
    const decide = (state: RecordingRequest) => remindCustomer(state, requestId, expiresAt, options.call);
    const expected = (await this.isRepeated(command)) ? undefined : options.expected;
    const changed = await this.streams.change(recordingRequest, requestId, by, decide, { expected });
    const number = known(changed.state).links;
    return { ...changed, link: await this.links.issue({ requestId, number, workspaceId: by.workspaceId }) };
  }

  /** The version that a call named has passed when it is repeated, by its own doing. */
  private async isRepeated({ requestId, options: { call, expected } }: RemindCustomer): Promise<boolean> {
    if (!call || expected === undefined) return false;
    const { state } = await this.streams.load(recordingRequest, requestId);
    return state.status !== 'unknown' && state.calls.some(({ id }) => id === call.id);
  }
}
