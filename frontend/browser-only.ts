import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * What SvelteKit and Svelte carry for pages that were rendered on a server. Here none is: the code would only make the
 * customer's first page heavier. Each change names the text it replaces, and the build stops when that is not there.
 */

interface Change {
  /** The end of the changed module's path. */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

const CHANGES: readonly Change[] = [
  // Nothing is ever hydrated, so every branch that asks is dead.
  {
    file: 'svelte/src/internal/client/dom/hydration.js',
    from: 'export let hydrating = false;',
    to: 'export const hydrating = false;',
  },
  { file: 'svelte/src/internal/client/dom/hydration.js', from: /\thydrating = value;/, to: '' },
  { file: 'kit/src/runtime/client/client.js', from: 'should_hydrate ? hydrate : mount', to: 'mount' },
  // Our policy forbids inline styles; base.css hides the announcer instead.
  { file: 'kit/src/runtime/components/root.svelte', from: /\sstyle="[^"]*"/, to: '' },
];

const changeModules: Plugin = {
  name: 'browser-only',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  transform: {
    filter: { id: /\/(hydration\.js|client\/client\.js|root\.svelte)$/ },
    handler(code, id) {
      const changes = CHANGES.filter(({ file }) => id.endsWith(`/${file}`));
      return changes.length === 0 ? null : changes.reduce((text, change) => apply(text, change), code);
    },
  },
};

/** Plain JSON in place of SvelteKit's general serialiser: see plain-values.ts. */
const plainValues: Plugin = {
  name: 'plain-values',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  resolveId: (id) => (id === 'devalue' ? fileURLToPath(new URL('src/lib/plain-values.ts', import.meta.url)) : null),
};

function apply(text: string, { file, from, to }: Change): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} no longer contains what browser-only.ts changes in it.`);
  return changed;
}

export const browserOnly = [changeModules, plainValues];
