import type { Entries } from './entry.js';
import { linkResolving } from './product/links.js';
import { sendToWatching, startAndIdle } from './product/speed.js';
import { storageWriteAmplification } from './storage/amplification.js';
import { ingestVsPipe, ingestVsTusServer } from './uploads/ingest.js';

export interface Suite {
  readonly names: readonly string[];
  run(): Promise<Entries>;
}

/** What measures what. A suite runs when any of its metrics is asked for. */
export const SUITES: readonly Suite[] = [
  { names: ['ingest_vs_pipe'], run: ingestVsPipe },
  { names: ['ingest_vs_tus_server'], run: ingestVsTusServer },
  { names: ['storage_write_amplification'], run: storageWriteAmplification },
  { names: ['link_resolve_vs_express'], run: linkResolving },
  { names: ['send_to_playable_p95_ms', 'send_to_seekable_p95_ms'], run: sendToWatching },
  { names: ['ready_s', 'idle_rss_mb'], run: startAndIdle },
];
