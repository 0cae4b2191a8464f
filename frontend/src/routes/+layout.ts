/** Every page is drawn in the browser from one static shell; there is no server-side rendering. */
export const ssr = false;
export const prerender = false;
