import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Adapter } from '@sveltejs/kit';
import type { Plugin } from 'vite';

/**
 * The customer's page starts without SvelteKit: it is one address, nothing on it navigates, and the router would weigh as
 * much as the page. SvelteKit still renders its first picture at build time (`csr` is off, see its +page.ts); here that
 * page gets a start script of its own, as an entry of the same build.
 */

const START = fileURLToPath(new URL('src/customer.ts', import.meta.url));
const MANIFEST_KEY = 'src/customer.ts';
const OWN = /\/src\/(routes\/\(customer\)|lib\/(recorder|i18n))\//;
const PAGE = 'r/link.html';

export const customerEntry: Plugin = {
  name: 'customer-entry',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  buildStart() {
    this.emitFile({ type: 'chunk', id: START, name: 'entry/customer' });
  },
};

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

let first: Set<string> | undefined;

function isOnFirstPage(id: string, graph: Graph): boolean {
  first ??= reachableFrom(START, graph);
  return first.has(id) && id !== START;
}

/**
 * Many small files compress badly and arrive late, so what the customer's first page needs travels in two: what other
 * pages share (the framework, the plainest components), and its own code. What only comes later stays out of both.
 */
export const firstPageChunks = [
  {
    debugName: 'shared',
    priority: 3,
    name: (id: string, graph: Graph) => (isOnFirstPage(id, graph) && !OWN.test(id) ? 'shared' : null),
  },
  {
    debugName: 'customer',
    priority: 2,
    name: (id: string, graph: Graph) => (isOnFirstPage(id, graph) && OWN.test(id) ? 'customer' : null),
  },
];

function reachableFrom(entry: string, graph: Graph): Set<string> {
  const found = new Set([entry]);
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

/**
 * Asks the server about the link while the scripts are still on their way: on a slow line that is one journey less. The
 * answer is awaited, no longer than others and once more if there is none, in open-link.ts; the code travels in the body, as
 * there. The web tier names the script's hash in the policy.
 */
export const OPEN_EARLY = `globalThis.openedEarly=fetch('/api/v1/links/open',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify({code:location.pathname.split('/')[2]}),signal:AbortSignal.timeout(30000)}).catch(()=>null)`;

/**
 * When the start script, or what it imports, does not arrive, nothing could say so but the page itself: the built page
 * holds the view for it as a template. Module scripts fail only once all of the page is there.
 */
const SAY_STUCK = `addEventListener('error',({target})=>{const view=target.type==='module'&&document.getElementById('stuck');if(!view)return;const main=document.querySelector('main'),again=()=>location.reload();main.replaceChildren(view.content.cloneNode(true));main.querySelector('button').onclick=again;main.querySelector('h1').focus();document.title=main.querySelector('h1').textContent;addEventListener('online',again)},true)`;

/** Names the start script and what it imports in the built page, so that all of it is fetched at once, and the link opened meanwhile. */
export function startCustomerPage(adapter: Adapter): Adapter {
  return {
    ...adapter,
    async adapt(builder) {
      const manifest = JSON.parse(
        readFileSync(`${builder.getClientDirectory()}/.vite/manifest.json`, 'utf8'),
      ) as Manifest;
      const page = `${builder.getBuildDirectory('output')}/prerendered/pages/${PAGE}`;
      const html = readFileSync(page, 'utf8');
      writeFileSync(page, html.replace('</head>', `${scriptsOf(manifest)}</head>`));
      await adapter.adapt(builder);
    },
  };
}

type Manifest = Record<string, { readonly file: string; readonly imports?: readonly string[] }>;

function scriptsOf(manifest: Manifest): string {
  const keys = new Set([MANIFEST_KEY]);
  for (const key of keys) for (const next of manifest[key]!.imports ?? []) keys.add(next);
  const [start, ...imports] = [...keys].map((key) => `/${manifest[key]!.file}`);
  const preloads = imports.map((file) => `<link rel="modulepreload" href="${file}">`);
  return [
    `<script>${SAY_STUCK};${OPEN_EARLY}</script>`,
    ...preloads,
    `<script type="module" src="${start}"></script>`,
  ].join('\n    ');
}
