import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { IdentityQueries } from '#modules/identity/contract.js';
import { Streams } from '#platform/streams/streams.js';
import { giveConsent } from '../domain/customer-decisions.js';
import { recordingRequest, type Consent } from '../domain/recording-request.js';

/** The customer agrees to be recorded, on the terms that hold now. */
export class GiveConsent extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly by: By,
    readonly link: number,
    readonly consent: Omit<Consent, 'abandonedPolicy'>,
  ) {
    super();
  }
}

@CommandHandler(GiveConsent)
export class GiveConsentHandler implements ICommandHandler<GiveConsent> {
  constructor(
    private readonly streams: Streams,
    private readonly identity: IdentityQueries,
  ) {}

  /** Whoever wants unsent recordings later does not get this one: its customer was told otherwise. */
  async execute({ requestId, by, link, consent }: GiveConsent): Promise<void> {
    const { abandonedPolicy } = await this.identity.workspace(by.workspaceId);
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      giveConsent(state, requestId, { ...consent, abandonedPolicy }, { link, at: new Date() }),
    );
  }
}
