/** What the API says, in the words of its OpenAPI document. Times are ISO 8601, durations milliseconds. */

export type Role = 'agent' | 'admin';

export type SessionView = {
  member: { id: string; name: string | null; email: string | null; role: Role };
  workspace: { id: string; name: string; slug: string; accent: string | null };
};

/** The helpdesk ticket a request belongs to; `url` leads back to it. */
export type TicketRef = { reference: string; subject: string | null; url: string | null };

export type RequestStatus =
  'sent' | 'opened' | 'recording' | 'received' | 'declined' | 'unsupported' | 'cancelled' | 'expired';

export type RequestView = {
  id: string;
  status: RequestStatus;
  customerName: string | null;
  customerEmail: string | null;
  message: string | null;
  ticket: TicketRef | null;
  createdAt: string;
  expiresAt: string;
  /** Only in the answer that made it: the server keeps no more than its hash. */
  link?: string;
  recordingId: string | null;
  agent: { id: string; name: string | null } | null;
  lastChangeAt: string;
};

export type RecordingStatus = 'received' | 'processing' | 'ready' | 'failed' | 'deleting';

/** One picture of `columns` × `rows` tiles; tile n shows the moment n × `intervalMs`. */
export type StoryboardView = { columns: number; rows: number; count: number; intervalMs: number };

export type RecordingView = {
  id: string;
  requestId: string;
  status: RecordingStatus;
  /** The customer never pressed Send; the server finished what had arrived. */
  interrupted: boolean;
  customerName: string | null;
  /** What the agent asked. */
  message: string | null;
  /** What the customer wrote on sending. */
  note: string | null;
  ticket: TicketRef | null;
  durationMs: number;
  width: number;
  height: number;
  bytes: number;
  mediaType: string;
  receivedAt: string;
  processedBy: 'ffmpeg' | 'mediabunny' | null;
  /** 0..1 while processing. */
  progress: number | null;
  /** A sentence for the agent. */
  failure: string | null;
  hasPoster: boolean;
  hasMp4: boolean;
  storyboard: StoryboardView | null;
  camera: boolean;
  /** Whether it may be watched before the seekable file exists; a trimmed one may not. */
  chunksPlayable: boolean;
};

export type NewRequest = {
  customerName?: string;
  customerEmail?: string;
  message?: string;
  ticket?: { reference: string; subject?: string; url?: string };
  expiresInHours?: number;
};

export type AbandonedPolicy = 'finalise' | 'discard';
export type WorkspaceSettings = {
  name: string;
  accent: string | null;
  abandonedPolicy: AbandonedPolicy;
  retentionDays: number;
};
export type WorkspaceView = WorkspaceSettings & { id: string; slug: string; region: string };

export type MemberView = {
  id: string;
  name: string | null;
  email: string | null;
  role: Role;
  addedAt: string;
  version: number;
};
export type NewMember = { name: string; email: string; role: Role; password: string };

export const scopes = [
  'requests:read',
  'requests:write',
  'recordings:read',
  'recordings:write',
  'workspace:read',
  'members:read',
] as const;
export type Scope = (typeof scopes)[number];

export type ApiKeyView = {
  id: string;
  name: string | null;
  prefix: string;
  scopes: Scope[];
  createdAt: string;
  lastUsedAt: string | null;
};
export type NewApiKey = { name: string; scopes: Scope[] };
/** The answer to a creation, and the only place where `key` is ever shown. */
export type CreatedApiKey = ApiKeyView & { key: string };

export type Page<T> = { items: T[]; nextCursor: string | null };
