import type { components } from './schema.js';

/** The API's messages under the names the pages use; made from its OpenAPI document. */
type Messages = components['schemas'];

export type SessionView = Messages['SessionView'];
export type Role = SessionView['member']['role'];
export type Permission = SessionView['permissions'][number];

/** The helpdesk ticket a request belongs to; `url` leads back to it. */
export type TicketRef = Messages['TicketView'];

/** `link` is only in the answer that made it: the server keeps no more than its hash. */
export type RequestView = Messages['RequestView'];
export type RequestWithLink = Messages['RequestWithLink'];
export type RequestStatus = RequestView['status'];
export type NewRequest = Messages['RecordingRequestInput'];

export type RecordingView = Messages['RecordingView'];
export type RecordingStatus = RecordingView['status'];
/** What a list can be narrowed to: what is being erased is in no list. */
export type ListedStatus = Exclude<RecordingStatus, 'deleting'>;
/** One picture of `columns` × `rows` tiles; tile n shows the moment n × `intervalMs`. */
export type StoryboardView = Messages['StoryboardView'];

/** Watching, and where: noted before the first byte. */
export type ViewingView = Messages['ViewingView'];
export type DownloadView = Messages['DownloadView'];

export type WorkspaceView = Messages['WorkspaceView'];
/** What admins may change of it. */
export type WorkspaceSettings = Pick<WorkspaceView, 'name' | 'accent' | 'abandonedPolicy' | 'retentionDays'>;
export type AbandonedPolicy = WorkspaceView['abandonedPolicy'];

export type MemberView = Messages['ListedMemberView'];
export type NewMember = Messages['NewMemberInput'];

export type NewApiKey = Messages['NewApiKeyInput'];
export type Scope = NewApiKey['scopes'][number];
export type ApiKeyView = Messages['ApiKeyView'];
/** The answer to a creation, and the only place where `key` is ever shown. */
export type CreatedApiKey = Messages['CreatedApiKeyView'];

export type Page<T> = { items: T[]; nextCursor: string | null };
