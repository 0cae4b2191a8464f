import type { DomainEvent } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { unreachable } from '#kernel/unreachable.js';

export type ApiKeyEvent =
  | DomainEvent<
      'ApiKeyIssued',
      { keyId: string; workspaceId: string; scopes: readonly string[]; name?: string; holderId?: string }
    >
  | DomainEvent<'ApiKeyHandedOver', { keyId: string; holderId: string }>
  | DomainEvent<'ApiKeyRevoked', { keyId: string }>;

export type ApiKeyState =
  | { readonly status: 'unknown' }
  | { readonly status: 'live' | 'revoked'; readonly workspaceId: string; readonly holderId?: string };

/**
 * The member who holds a key answers for it: it dies with their membership. Whoever made it does, until it is handed
 * over; the first events say so only by their actor. A key's name is what somebody called it, which may well be a person: it is sealed.
 */
export const apiKey: StreamDefinition<ApiKeyState, ApiKeyEvent> = {
  category: 'api_key',
  initial: { status: 'unknown' },
  personal: { ApiKeyIssued: ['name'] },
  evolve(state, event) {
    switch (event.type) {
      case 'ApiKeyIssued':
        return { status: 'live', workspaceId: event.data.workspaceId, holderId: event.data.holderId };
      case 'ApiKeyHandedOver':
        return state.status === 'unknown' ? state : { ...state, holderId: event.data.holderId };
      case 'ApiKeyRevoked':
        return state.status === 'unknown' ? state : { ...state, status: 'revoked' };
      default:
        return unreachable(event);
    }
  },
};

export interface NewApiKey {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly scopes: readonly string[];
  readonly name: string;
  readonly holderId: string;
}

/** A key is shown once, so a repeated request cannot be answered again: it is refused rather than given another. */
export function issueApiKey(state: ApiKeyState, issued: NewApiKey): ApiKeyEvent[] {
  if (state.status === 'unknown') return [{ type: 'ApiKeyIssued', data: { ...issued } }];
  return refuse(
    'API_KEY_ALREADY_ISSUED',
    'This key was made already and cannot be shown again. Revoke it and make another.',
  );
}

export function revokeApiKey(state: ApiKeyState, keyId: string, workspaceId: string): ApiKeyEvent[] {
  if (state.status === 'unknown' || state.workspaceId !== workspaceId) {
    refuse('API_KEY_UNKNOWN', 'There is no such API key in this workspace.', 'not_found');
  }
  return state.status === 'revoked' ? [] : [{ type: 'ApiKeyRevoked', data: { keyId } }];
}

/** @throws Refusal `API_KEY_UNKNOWN`, also for a key that opens nothing any more */
export function handOverApiKey(
  state: ApiKeyState,
  { keyId, workspaceId, holderId }: { keyId: string; workspaceId: string; holderId: string },
): ApiKeyEvent[] {
  if (state.status !== 'live' || state.workspaceId !== workspaceId) {
    refuse('API_KEY_UNKNOWN', 'There is no such API key in this workspace.', 'not_found');
  }
  return state.holderId === holderId ? [] : [{ type: 'ApiKeyHandedOver', data: { keyId, holderId } }];
}
