import { answer, api, once } from './client.js';
import type { NewRequest, Page, RequestStatus, RequestView, RequestWithLink } from './types.js';

export type RequestQuery = { ticket?: string; status?: RequestStatus; cursor?: string; limit?: number; after?: string };

export const listRequests = (query: RequestQuery, signal?: AbortSignal): Promise<Page<RequestView>> =>
  answer(api.GET('/api/v1/recording-requests', { params: { query }, signal }));

export const getRequest = (id: string, after?: string): Promise<RequestView> =>
  answer(api.GET('/api/v1/recording-requests/{id}', { params: { path: { id }, query: { after } } }));

/** @param key the same for every attempt at one request, so that a broken line never makes two */
export const requestRecording = (body: NewRequest, key: string): Promise<RequestWithLink> =>
  answer(api.POST('/api/v1/recording-requests', { body, headers: once(key) }));

/**
 * A new link for the same request; the older one stops working.
 * @param key the same for every attempt at one link, so that a broken line never makes two
 */
export const remindCustomer = (id: string, key: string): Promise<RequestWithLink> =>
  answer(
    api.POST('/api/v1/recording-requests/{id}/remind', { params: { path: { id } }, body: {}, headers: once(key) }),
  );

export const cancelRequest = (id: string): Promise<void> =>
  answer(api.POST('/api/v1/recording-requests/{id}/cancel', { params: { path: { id } } }));
