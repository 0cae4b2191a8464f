import type { Entries } from './entry.js';
import { appendOneByOne, appendTenByTen } from './event-store/append-rates.js';
import { lostEvents, replay } from './event-store/following.js';
import { projectionLag } from './event-store/projection-lag.js';
import { rebuilding } from './event-store/rebuild.js';
import { processing } from './media/processing.js';
import { lighthouseScores } from './product/lighthouse.js';
import { linkResolving } from './product/links.js';
import { concurrentCustomers } from './product/concurrent-customers.js';
import { lists } from './product/lists.js';
import { sseFanout } from './product/live-fanout.js';
import { recorderWeight } from './product/recorder-weight.js';
import { sendToWatching, startAndIdle } from './product/speed.js';
import { sendWholeDigest } from './product/whole-digest.js';
import { avDrift } from './recorder/av-drift.js';
import { memoryGrowth } from './recorder/memory-growth.js';
import { storageWriteAmplification } from './storage/amplification.js';
import { ingestVsPipe, ingestVsTusServer } from './uploads/ingest.js';

export interface Suite {
  readonly names: readonly string[];
  run(): Promise<Entries>;
}

/** What measures what. A suite runs when any of its metrics is asked for. */
export const SUITES: readonly Suite[] = [
  { names: ['append_lost_events'], run: lostEvents },
  { names: ['append_batch1_vs_raw_insert', 'append_batch1_vs_emmett'], run: appendOneByOne },
  { names: ['append_batch10_vs_raw_insert', 'append_batch10_vs_emmett'], run: appendTenByTen },
  { names: ['projection_lag_p99_ms'], run: projectionLag },
  { names: ['replay_events_per_s'], run: replay },
  { names: ['rebuild_events_per_s'], run: rebuilding },
  { names: ['ingest_vs_pipe', 'ingest_vs_synced_pipe'], run: ingestVsPipe },
  { names: ['ingest_vs_tus_server'], run: ingestVsTusServer },
  { names: ['storage_write_amplification'], run: storageWriteAmplification },
  { names: ['processing_vs_ffmpeg'], run: processing },
  { names: ['link_resolve_vs_express'], run: linkResolving },
  { names: ['send_to_playable_p95_ms', 'send_to_seekable_p95_ms'], run: sendToWatching },
  {
    names: [
      ...['library_page_p95_ms', 'library_page_20k_p95_ms', 'requests_filter_p95_ms', 'requests_filter_20k_p95_ms'],
      ...['requests_filter_no_hit_p95_ms', 'requests_filter_no_hit_20k_p95_ms'],
      ...['library_search_p95_ms', 'library_search_20k_p95_ms'],
    ],
    run: lists,
  },
  { names: ['sse_fanout_p95_ms'], run: sseFanout },
  { names: ['concurrent_customers'], run: concurrentCustomers },
  { names: ['send_whole_digest_ms'], run: sendWholeDigest },
  { names: ['recorder_js_kb'], run: recorderWeight },
  { names: ['lighthouse_mobile_performance', 'lighthouse_accessibility'], run: lighthouseScores },
  { names: ['recorder_av_drift_ms', 'recorder_av_drift_per_hour_ms'], run: avDrift },
  {
    names: ['recorder_memory_growth_mb', 'recorder_browser_growth_mb', 'recorder_server_growth_mb'],
    run: memoryGrowth,
  },
  { names: ['ready_s', 'idle_rss_mb'], run: startAndIdle },
];
