import type { RequestFilters } from '#lib/agent/filters.js';
import { getRequest, listRequests } from '#lib/api/recording-requests.js';
import type { RequestView } from '#lib/api/types.js';

/** The requests that match, for a list that pages and lives. */
export function requestsMatching(filters: () => RequestFilters) {
  return {
    page: (cursor: string | undefined, signal: AbortSignal) => {
      const { status, ticket } = filters();
      return listRequests({ ...(status && { status }), ...(ticket && { ticket }), cursor }, signal);
    },
    one: getRequest,
    at: (request: RequestView) => request.createdAt,
    matches: ({ status, ticket }: RequestView) => {
      const wanted = filters();
      return (!wanted.status || status === wanted.status) && (!wanted.ticket || ticket?.reference === wanted.ticket);
    },
  };
}
