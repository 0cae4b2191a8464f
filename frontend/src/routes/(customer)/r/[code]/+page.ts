import { dev } from '$app/env';

/**
 * One page for every link, made at build time: its first picture, its styles, and the names of its scripts. The web tier
 * serves it for all of `/r/`; customer.ts starts it and reads the code from the address. While the page is developed,
 * SvelteKit shows it like any other.
 */
export const prerender = true;
export const entries = () => [{ code: 'link' }];
export const ssr = !dev;
export const csr = dev;
