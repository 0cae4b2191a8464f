import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams, type ChangeOptions } from '#platform/streams/streams.js';
import { recordingRequest, type RecordingRequest } from '../domain/recording-request.js';
import { known, remindCustomer } from '../domain/request-decisions.js';
import { Links } from '../links/links.js';
import type { LinkIssued } from './request-recording.js';

/** Make a new link for the same request; the old one stops working. */
export class RemindCustomer extends Command<LinkIssued> {
  constructor(
    readonly requestId: string,
    readonly expiresAt: string,
    readonly by: By,
    readonly options: ChangeOptions = {},
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

  async execute({ requestId, expiresAt, by, options }: RemindCustomer): Promise<LinkIssued> {
    const decide = (state: RecordingRequest) => remindCustomer(state, requestId, expiresAt);
    const changed = await this.streams.change(recordingRequest, requestId, by, decide, options);
    const number = known(changed.state).links;
    return { ...changed, link: await this.links.issue({ requestId, number, workspaceId: by.workspaceId }) };
  }
}
