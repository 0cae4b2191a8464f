import { untrack } from 'svelte';
import type { Change } from './live.js';
import type { Listed } from './list-merge.js';
import { liveFeed } from './live-feed.svelte.js';
import type { PagedList } from './paged-list.svelte.js';

/**
 * Keeps a list loaded and true while its component is on the screen; call it while the component is set up.
 * @param question what is asked of the server, as text: when it changes, the list loads anew
 */
export function whileShown<T extends Listed>(list: PagedList<T>, kind: Change['kind'], question: () => string): void {
  $effect(() => {
    question();
    untrack(() => void list.load());
  });
  $effect(() => {
    const stopChanges = liveFeed.onChange((change) => {
      if (change.kind === kind) void list.changed(change.id, change.after);
    });
    const stopResyncs = liveFeed.onResync(() => void list.refresh());
    return () => {
      stopChanges();
      stopResyncs();
      list.stop();
    };
  });
}
