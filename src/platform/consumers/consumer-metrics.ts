import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '#platform/telemetry/metrics.js';
import { Database } from '#platform/database/database.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { consumerLags } from './lags.js';

/** Shows operators how far each reader of the log has come. Asked only when the metrics are read. */
@Injectable()
export class ConsumerMetrics {
  constructor(metrics: Metrics, store: EventStore, database: Database) {
    const shared = { labelNames: ['consumer', 'status'] as const, registers: [metrics.registry] };
    const parked = new Gauge({
      ...shared,
      name: 'consumer_parked',
      help: '1 when a consumer stands at an event that it cannot apply, and somebody has to look',
    });
    new Gauge({
      ...shared,
      name: 'consumer_lag_events',
      help: 'Events between what a consumer has applied and the end of the log',
      async collect() {
        this.reset();
        parked.reset();
        for (const { name, status, behind, parked: stands } of await consumerLags(store, database)) {
          this.set({ consumer: name, status }, behind);
          parked.set({ consumer: name, status }, stands ? 1 : 0);
        }
      },
    });
  }
}
