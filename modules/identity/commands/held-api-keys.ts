import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Streams } from '#platform/streams/streams.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';
import { apiKey, handOverApiKey, revokeApiKey } from '../domain/api-key.js';
import { activeMember, member } from '../domain/member.js';
import { roleHolds } from '../domain/permissions.js';

/** What becomes of the keys of somebody who leaves: they end, or another member holds them. */
export type KeysOfLeaver = 'revoke' | { readonly to: string };

/** The keys that members hold, when their holder leaves. */
@Injectable()
export class HeldApiKeys {
  constructor(
    private readonly streams: Streams,
    private readonly secrets: ApiKeySecrets,
  ) {}

  /**
   * Before the holder leaves.
   * @throws Refusal `API_KEYS_UNDECIDED`, `KEYS_TO_LEAVER`, `MEMBER_UNKNOWN`, `KEYS_HOLDER_UNFIT`
   */
  async settleBefore(memberId: string, keys: KeysOfLeaver | undefined, by: By): Promise<void> {
    const held = await this.secrets.heldBy({ memberId, workspaceId: by.workspaceId });
    if (held.length > 0 && keys === undefined) undecided(held);
    if (typeof keys !== 'object') return;
    if (keys.to === memberId) refuse('KEYS_TO_LEAVER', 'Hand the API keys over to somebody who stays.', 'invalid');
    const { role } = activeMember((await this.streams.load(member, keys.to)).state, by.workspaceId);
    if (!roleHolds(role, 'api_keys.manage'))
      refuse(
        'KEYS_HOLDER_UNFIT',
        'Hand the API keys over to somebody who may make some: an owner or admin.',
        'invalid',
      );
    for (const keyId of held) await this.handOver(keyId, keys.to, by);
  }

  /** What a member who has left still held opens nothing already; this says so, and forgets the secrets. */
  async revokeAllOf(memberId: string, by: By): Promise<void> {
    const { workspaceId } = by;
    for (const keyId of await this.secrets.heldBy({ memberId, workspaceId })) {
      await this.streams.change(apiKey, keyId, by, (state) => revokeApiKey(state, keyId, workspaceId));
      await this.secrets.destroy(keyId);
    }
  }

  private async handOver(keyId: string, holderId: string, by: By): Promise<void> {
    const over = { keyId, holderId, workspaceId: by.workspaceId };
    await this.streams.change(apiKey, keyId, by, (state) => handOverApiKey(state, over));
    await this.secrets.hold(keyId, holderId);
  }
}

function undecided(keyIds: readonly string[]): never {
  const sentence = 'This member holds API keys. Say whether they are revoked or who holds them from now on.';
  refuse('API_KEYS_UNDECIDED', sentence, 'conflict', { keys: keyIds });
}
