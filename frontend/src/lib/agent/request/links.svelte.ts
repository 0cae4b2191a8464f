import { SvelteMap } from 'svelte/reactivity';

/**
 * Links made while this page is open, by request. The server keeps only their hashes, so nobody can show them again;
 * they are not stored in the browser either.
 */
export const links = new SvelteMap<string, string>();
