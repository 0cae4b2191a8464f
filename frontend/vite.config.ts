import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** Where the web tier listens while the front end is developed with `vite dev`. */
const webTier = 'http://localhost:3000';

/**
 * One static bundle, served by the web tier on its own origin. The content security policy is the server's work
 * (it hashes the one inline start script of each page), so SvelteKit adds none of its own.
 */
export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ fallback: 'fallback.html', precompress: true }),
      paths: { relative: false },
      version: { pollInterval: 0 },
    }),
  ],
  build: { target: ['chrome111', 'firefox114', 'safari16.4'], assetsInlineLimit: 0 },
  worker: { format: 'es' },
  server: { proxy: { '/api': webTier, '/uploads': webTier } },
});
