import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { HeldApiKeys } from '../commands/held-api-keys.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';

const QUEUE = 'identity-settle-api-key';

type Holder = { readonly settle: 'holder'; readonly keyId: string; readonly holderId: string };
type End = { readonly settle: 'end'; readonly keyId: string };
type Leaver = {
  readonly settle: 'leaver';
  readonly memberId: string;
  readonly workspaceId: string;
  readonly correlationId: string;
  readonly causationId: string;
};
type SettleApiKey = Holder | End | Leaver;

function holder({ data, meta }: RecordedEvent): { data: Holder } | null {
  const { keyId, holderId = meta.actor.id } = data as { keyId: string; holderId?: string };
  const isMember = 'holderId' in data || meta.actor.kind === 'member';
  return isMember ? { data: { settle: 'holder', keyId, holderId } } : null;
}

function end({ data }: RecordedEvent): { data: End } {
  return { data: { settle: 'end', keyId: (data as { keyId: string }).keyId } };
}

function leaver({ eventId, data, meta }: RecordedEvent): { data: Leaver } {
  const { memberId } = data as { memberId: string };
  const { workspaceId, correlationId } = meta;
  return { data: { settle: 'leaver', memberId, workspaceId, correlationId, causationId: eventId } };
}

/**
 * Makes good what a command could not when it died after its event: a revoked key ends, a leaver's keys are revoked. It
 * also notes the holders of keys from before rows named them.
 */
export const settleApiKeys: Processor<SettleApiKey> = {
  queue: QUEUE,
  on: { ApiKeyIssued: holder, ApiKeyRevoked: end, MemberRemoved: leaver },
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
    else await this.keys.revokeAllOf(job.memberId, systemBy(job));
  }
}

function systemBy({ workspaceId, correlationId, causationId }: Leaver): By {
  return { actor: { kind: 'system', id: 'identity' }, workspaceId, correlationId, causationId };
}
