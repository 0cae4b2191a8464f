import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { sayArriving } from './agent-page.js';
import { browserOnly } from './browser-only.js';
import { customerEntry, firstPageChunks, startCustomerPage } from './customer-page.js';

/** Where the web tier listens while the front end is developed with `vite dev`. */
const webTier = 'http://localhost:3000';

/** The rest of the customer's steps travels together while the browser asks what to share, before the line may break. */
const CUSTOMER_LATER = /\[code\]\/(live|review|ended|hand-over)\/(?!QrCode)/;

/**
 * One static bundle, served by the web tier on its own origin. The content security policy is the server's work
 * (it hashes the one inline start script of each page), so SvelteKit adds none of its own.
 */
export default defineConfig({
  plugins: [
    ...browserOnly,
    customerEntry,
    sveltekit({
      adapter: sayArriving(startCustomerPage(adapter({ fallback: 'fallback.html', precompress: true }))),
      inlineStyleThreshold: 12_000,
      paths: { relative: false },
      version: { pollInterval: 0 },
    }),
  ],
  build: {
    target: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    // A lazy part's scripts are few and mostly here already; naming them all would cost the first page half a kilobyte.
    modulePreload: { resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                ...firstPageChunks,
                { name: 'design', priority: 1, test: /src\/lib\/design\// },
                { name: 'customer-later', priority: 0, test: CUSTOMER_LATER },
              ],
            },
          },
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': webTier, '/uploads': webTier } },
});
