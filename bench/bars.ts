import type { Entry } from './entry.js';

interface Bar {
  readonly says: string;
  readonly holds: (entry: Entry) => boolean;
}

const ratioAtLeast = (bar: number): Bar => ({ says: `ratio ≥ ${bar}`, holds: ({ ratio }) => (ratio ?? 0) >= bar });
const ratioAtMost = (bar: number): Bar => ({
  says: `ratio ≤ ${bar}`,
  holds: ({ ratio }) => (ratio ?? Infinity) <= bar,
});
const atLeast = (bar: number): Bar => ({ says: `≥ ${bar}`, holds: ({ value }) => value >= bar });
const atMost = (bar: number): Bar => ({ says: `≤ ${bar}`, holds: ({ value }) => value <= bar });
const reported: Bar = { says: 'reported', holds: () => true };

/** Every metric there is, with what is asked of it. */
export const BARS: Record<string, Bar> = {
  append_lost_events: { says: '= 0', holds: ({ value }) => value === 0 },
  append_batch1_vs_raw_insert: ratioAtLeast(0.7),
  append_batch10_vs_raw_insert: ratioAtLeast(0.7),
  append_batch1_vs_emmett: ratioAtLeast(1.5),
  append_batch10_vs_emmett: ratioAtLeast(2),
  projection_lag_p99_ms: atMost(50),
  replay_events_per_s: atLeast(50_000),
  rebuild_events_per_s: atLeast(20_000),
  ingest_vs_pipe: ratioAtLeast(0.5),
  ingest_vs_synced_pipe: reported,
  ingest_vs_tus_server: ratioAtLeast(1),
  storage_write_amplification: atMost(1.05),
  link_resolve_vs_express: ratioAtLeast(0.5),
  send_to_playable_p95_ms: atMost(1000),
  send_to_seekable_p95_ms: atMost(2000),
  processing_vs_ffmpeg: ratioAtMost(1.15),
  // Values are of a workspace with 200,000 recordings, their references of one with 1,000.
  library_page_p95_ms: ratioAtMost(2),
  library_page_20k_p95_ms: reported,
  requests_filter_p95_ms: ratioAtMost(2),
  requests_filter_20k_p95_ms: reported,
  requests_filter_no_hit_p95_ms: ratioAtMost(2),
  requests_filter_no_hit_20k_p95_ms: reported,
  library_search_p95_ms: reported,
  library_search_20k_p95_ms: reported,
  sse_fanout_p95_ms: reported,
  concurrent_customers: reported,
  send_whole_digest_ms: reported,
  recorder_js_kb: atMost(45),
  recorder_av_drift_ms: atMost(100),
  recorder_av_drift_per_hour_ms: reported,
  recorder_memory_growth_mb: atMost(5),
  recorder_browser_growth_mb: reported,
  recorder_server_growth_mb: reported,
  lighthouse_mobile_performance: atLeast(95),
  lighthouse_accessibility: atLeast(100),
  ready_s: atMost(20),
  idle_rss_mb: reported,
};

export function meetsBar(name: string, entry: Entry): boolean {
  return BARS[name]?.holds(entry) ?? true;
}
