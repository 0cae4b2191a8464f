import type {
  ApiKeyView,
  CreatedApiKey,
  MemberView,
  NewApiKey,
  NewMember,
  NewRequest,
  Page,
  RecordingStatus,
  RecordingView,
  RequestStatus,
  RequestView,
  Role,
  SessionView,
  WorkspaceSettings,
  WorkspaceView,
} from './types.js';

/** The calls of the API, in the form that openapi-fetch reads. */
type Json<T> = { content: { 'application/json': T } };
type Call<Parts extends { answer?: unknown; query?: object; path?: object; header?: object; body?: unknown }> = {
  parameters: { query?: Parts['query']; header?: Parts['header']; cookie?: never } & (Parts extends { path: infer P }
    ? { path: P }
    : { path?: never });
  responses: Parts extends { answer: infer A }
    ? { 200: { headers: object } & Json<A> }
    : { 204: { headers: object; content?: never } };
} & (Parts extends { body: infer B } ? { requestBody: Json<B> } : { requestBody?: never });

type Paging = { cursor?: string; limit?: number; after?: string };
type WithId = { id: string };
type Once = { 'Idempotency-Key': string };
type IfMatch = { 'If-Match'?: string };

export interface paths {
  '/api/v1/session': {
    get: Call<{ answer: SessionView }>;
    post: Call<{ answer: SessionView; body: { email: string; password: string } }>;
    delete: Call<object>;
  };
  '/api/v1/session/password': { put: Call<{ body: { currentPassword: string; newPassword: string } }> };
  '/api/v1/recording-requests': {
    get: Call<{ answer: Page<RequestView>; query: Paging & { ticket?: string; status?: RequestStatus } }>;
    post: Call<{ answer: RequestView & { link: string }; body: NewRequest; header: Once }>;
  };
  '/api/v1/recording-requests/{id}': {
    get: Call<{ answer: RequestView; path: WithId; query: { after?: string } }>;
  };
  '/api/v1/recording-requests/{id}/cancel': { post: Call<{ path: WithId }> };
  '/api/v1/recording-requests/{id}/remind': {
    post: Call<{ answer: RequestView & { link: string }; path: WithId; body: { expiresInHours?: number } }>;
  };
  '/api/v1/recordings': {
    get: Call<{
      answer: Page<RecordingView>;
      query: Paging & { q?: string; status?: RecordingStatus; ticket?: string; from?: string; to?: string };
    }>;
  };
  '/api/v1/recordings/{id}': {
    get: Call<{ answer: RecordingView; path: WithId; query: { after?: string } }>;
    delete: Call<{ path: WithId }>;
  };
  '/api/v1/workspace': {
    get: Call<{ answer: WorkspaceView }>;
    patch: Call<{ answer: WorkspaceView; body: Partial<WorkspaceSettings>; header: IfMatch }>;
  };
  '/api/v1/members': {
    get: Call<{ answer: Page<MemberView>; query: Paging }>;
    post: Call<{ answer: { id: string }; body: NewMember; header: Once }>;
  };
  '/api/v1/members/{id}': {
    patch: Call<{ path: WithId; body: { role: Role }; header: IfMatch }>;
    delete: Call<{ path: WithId }>;
  };
  '/api/v1/members/{id}/password': { put: Call<{ path: WithId; body: { password: string } }> };
  '/api/v1/api-keys': {
    get: Call<{ answer: Page<ApiKeyView>; query: Paging }>;
    post: Call<{ answer: CreatedApiKey; body: NewApiKey; header: Once }>;
  };
  '/api/v1/api-keys/{id}': { delete: Call<{ path: WithId }> };
}
