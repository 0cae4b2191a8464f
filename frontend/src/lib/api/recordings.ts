import { answer, api } from './client.js';
import type { ListedStatus, Page, RecordingView } from './types.js';

export type RecordingQuery = {
  q?: string;
  status?: ListedStatus;
  ticket?: string;
  from?: string;
  to?: string;
  cursor?: string;
  limit?: number;
  after?: string;
};

export const listRecordings = (query: RecordingQuery, signal?: AbortSignal): Promise<Page<RecordingView>> =>
  answer(api.GET('/api/v1/recordings', { params: { query }, signal }));

/** @param after waits until the answer has seen what a command or a live change returned */
export const getRecording = (id: string, after?: string): Promise<RecordingView> =>
  answer(api.GET('/api/v1/recordings/{id}', { params: { path: { id }, query: { after } } }));

/** Has the server prepare it once more. The answer to how that went comes live. */
export const retryProcessing = (id: string): Promise<void> =>
  answer(api.POST('/api/v1/recordings/{id}/retry-processing', { params: { path: { id } } }));

/** Hides it at once and for good; the server then destroys its key and its bytes. */
export const deleteRecording = (id: string): Promise<void> =>
  answer(api.DELETE('/api/v1/recordings/{id}', { params: { path: { id } } }));
