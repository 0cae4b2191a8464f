import { publicationsOf } from '#platform/contexts/publications.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { identityPublished } from './contract.js';
import { apiKey } from './domain/api-key.js';
import { member } from './domain/member.js';

/** What each private event says to other contexts. Each field is named, so that none is published by accident. */
export const identityPublications = publicationsOf(identityPublished, {
  'identity.member_removed.v1': handlersOf(member, { MemberRemoved: ({ data: { memberId } }) => ({ memberId }) }),
  'identity.api_key_revoked.v1': handlersOf(apiKey, { ApiKeyRevoked: ({ data: { keyId } }) => ({ keyId }) }),
});
