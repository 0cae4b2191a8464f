import { readFileSync, writeFileSync } from 'node:fs';
import type { Adapter } from '@sveltejs/kit';

/**
 * What an agent's page says until its scripts are here, after two seconds in which nobody misses it; it is what stays when
 * they never come. Gives way at once to the page drawn below it, which then takes it away.
 */
const ARRIVING = `<style>.arriving{max-width:38rem;margin:auto;padding:4rem 1rem;font-size:1.125rem;animation:arriving 0s 2s backwards}.arriving:not(:last-child){display:none}@keyframes arriving{from{visibility:hidden}}</style>
    <div class="arriving"><p><strong>Screendesk is loading</strong></p><p>If this stays, check your connection, then <a href="">load the page again</a>.</p></div>
  `;

/** Writes that into the one page that SvelteKit makes for every address of agents. */
export function sayArriving(adapter: Adapter): Adapter {
  return {
    ...adapter,
    adapt: (builder) =>
      adapter.adapt({
        ...builder,
        async generateFallback(file) {
          await builder.generateFallback(file);
          writeFileSync(file, readFileSync(file, 'utf8').replace('</body>', `${ARRIVING}</body>`));
        },
      }),
  };
}
