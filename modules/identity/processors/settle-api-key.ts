import { Injectable } from '@nestjs/common';
import { causeOf, systemBy, type Cause } from '#platform/jobs/caused-by.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { handlersOf, joined } from '#platform/streams/handlers.js';
import type { EventOf } from '#platform/streams/lift.js';
import { HeldApiKeys } from '../commands/held-api-keys.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';
import { apiKey, type ApiKeyEvent } from '../domain/api-key.js';
import { member, type MemberEvent } from '../domain/member.js';

const QUEUE = 'identity-settle-api-key';

type Holder = { readonly settle: 'holder'; readonly keyId: string; readonly holderId: string };
type End = { readonly settle: 'end'; readonly keyId: string };
type Leaver = Cause & { readonly settle: 'leaver'; readonly memberId: string };
type SettleApiKey = Holder | End | Leaver;

function holder({ data, meta }: EventOf<ApiKeyEvent, 'ApiKeyIssued'>): { data: Holder } | null {
  const maker = meta.actor.kind === 'member' ? meta.actor.id : undefined;
  const { keyId, holderId = maker } = data;
  return holderId ? { data: { settle: 'holder', keyId, holderId } } : null;
}

function end({ data: { keyId } }: EventOf<ApiKeyEvent, 'ApiKeyRevoked'>): { data: End } {
  return { data: { settle: 'end', keyId } };
}

function leaver(event: EventOf<MemberEvent, 'MemberRemoved'>): { data: Leaver } {
  return { data: { settle: 'leaver', memberId: event.data.memberId, ...causeOf(event) } };
}

/**
 * Makes good what a command could not when it died after its event: a revoked key ends, a leaver's keys are revoked. It
 * also notes the holders of keys from before rows named them.
 */
export const settleApiKeys: Processor<SettleApiKey> = {
  queue: QUEUE,
  on: joined(
    handlersOf(apiKey, { ApiKeyIssued: holder, ApiKeyRevoked: end }),
    handlersOf(member, { MemberRemoved: leaver }),
  ),
};

@Injectable()
export class SettleApiKeyHandler extends JobHandler<SettleApiKey> {
  readonly queue = QUEUE;
  override readonly attempts = 20;

  constructor(
    private readonly secrets: ApiKeySecrets,
    private readonly keys: HeldApiKeys,
  ) {
    super();
  }

  async run(job: SettleApiKey): Promise<void> {
    if (job.settle === 'holder') await this.secrets.holdUnheld(job.keyId, job.holderId);
    else if (job.settle === 'end') await this.secrets.destroy(job.keyId);
    else await this.keys.revokeAllOf(job.memberId, systemBy('identity', job));
  }
}
