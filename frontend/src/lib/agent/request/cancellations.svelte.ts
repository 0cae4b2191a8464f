import { SvelteSet } from 'svelte/reactivity';
import type { RequestView } from '../../api/types.js';

/**
 * Requests cancelled on this page, from the press on: what the server does not know yet is laid over what it says, so
 * that news of a request neither undoes this nor is lost by an undo.
 */
export const cancellations = new SvelteSet<string>();

/** A request as people see it here. */
export const asShown = (request: RequestView): RequestView =>
  cancellations.has(request.id) ? { ...request, status: 'cancelled' } : request;
