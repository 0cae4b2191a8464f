/**
 * One page for every link, made at build time: it names the scripts and styles of the recorder, so that they are fetched
 * together. The code is read from the address in the browser; the web tier serves this page for all of `/r/`.
 */
export const prerender = true;
export const entries = () => [{ code: 'link' }];
