import { answer, api, once } from './client.js';
import type { DownloadView, ViewingView } from './types.js';

/** Has it noted that somebody watches; the answer says where. @param key names this sitting */
export const beginViewing = (id: string, key: string): Promise<ViewingView> =>
  answer(api.POST('/api/v1/recordings/{id}/viewings', { params: { path: { id } }, headers: once(key) }));

/** @throws ApiProblem 410 when its time is up, 404 when it is not (any more) this person's */
export const getViewing = ({ id: viewingId, recordingId: id }: ViewingView): Promise<ViewingView> =>
  answer(api.GET('/api/v1/recordings/{id}/viewings/{viewingId}', { params: { path: { id, viewingId } } }));

/** Has it noted that somebody takes the file away; the answer says where it is. @param key names this press */
export const beginDownload = (id: string, variant: 'recording' | 'mp4', key: string): Promise<DownloadView> =>
  answer(
    api.POST('/api/v1/recordings/{id}/downloads', { params: { path: { id } }, headers: once(key), body: { variant } }),
  );
