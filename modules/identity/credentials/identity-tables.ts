import type { Generated } from 'kysely';
import type { Proof } from '#kernel/event.js';
import type { MemberRole } from '../domain/member.js';

/** The operational rows, see `migrations/003_identity.sql`, `014_owners_and_addresses.sql` and `019_session_proof.sql`. */
export interface IdentityTables {
  'identity.slug': { slug: string; workspace_id: string; reserved_at: Date };
  'identity.account': {
    member_id: string;
    workspace_id: string;
    email_index: Buffer;
    role: MemberRole;
    version: Generated<number>;
    reserved_at: Date;
    activated_at: Date | null;
    leaving_at: Date | null;
  };
  'identity.owner': { workspace_id: string; member_id: string; is_named: boolean; leaving_at: Date | null };
  'identity.credential': { member_id: string; password_hash: string };
  'identity.session': {
    token_sha256: Buffer;
    session_id: string;
    member_id: string;
    last_seen_at: Date;
    expires_at: Date;
    proof: Proof;
  };
  'identity.api_key_secret': {
    key_id: string;
    workspace_id: string;
    scopes: string[];
    secret_sha256: Buffer;
    holder_id: string | null;
    last_used_at: Date | null;
  };
}
