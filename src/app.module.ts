import { join } from 'node:path';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import {
  ApiKeyAuthenticator,
  DeclaredPermissions,
  identityContext,
  identityJobHandlers,
  IdentityModule,
  SessionAuthenticator,
} from '#modules/identity/identity.module.js';
import {
  mediaContext,
  mediaErasers,
  mediaJobHandlers,
  MediaModule,
  mediaUnfinishedWork,
} from '#modules/media/media.module.js';
import {
  CustomerAuthenticator,
  recordingContext,
  recordingHosts,
  recordingJobHandlers,
  RecordingModule,
  requestMedia,
} from '#modules/recording/recording.module.js';
import type { Config } from '#platform/config/config.js';
import { Background, BACKGROUND_WORK, type BackgroundWork } from '#platform/consumers/background.js';
import { ConsumerMetrics } from '#platform/consumers/consumer-metrics.js';
import { acceptsWrites } from '#platform/database/accepts-writes.js';
import { ClockWatch } from '#platform/database/clock-watch.js';
import { ErasureModule } from '#platform/erasure/erasure.module.js';
import { PRODUCT_ROOT } from '#platform/files/product-root.js';
import { composed } from '#platform/contexts/bounded-context.js';
import { Subscriptions } from '#platform/contexts/publications.js';
import type { ReadinessCheck } from '#platform/http/health.js';
import { HttpModule } from '#platform/http/http.module.js';
import { defaultHttpSettings, type HttpSettings } from '#platform/http/http-settings.js';
import type { JobHandler } from '#platform/jobs/job.js';
import type { UnfinishedWork } from '#platform/jobs/reconciler.js';
import { RotateKeys } from '#platform/key-ring/rotate-keys.js';
import { listsAreWhole } from '#platform/projections/readiness.js';
import type { Cell } from './cell.js';
import { CellModule } from './cell.module.js';

/** Their ports are for every context, which knows them by the contracts alone. */
const identity: DynamicModule = { module: IdentityModule, global: true };
const recording: DynamicModule = { module: RecordingModule, global: true };
const media = MediaModule.forRoot({ imports: [recording], hosts: recordingHosts });

/** Over the platform's stores and those of the contexts. */
const erasure = ErasureModule.forRoot({ imports: [media], erasers: mediaErasers });

const { subscriptions, ...readers } = composed([identityContext, mediaContext(requestMedia), recordingContext]);
/** Of all contexts. */
export const { projections } = readers;
const handlers = [...identityJobHandlers, ...mediaJobHandlers, ...recordingJobHandlers, RotateKeys];
const unfinished = [...mediaUnfinishedWork];

/** Who publishes what, for those that follow the log by themselves. */
@Global()
@Module({ providers: [{ provide: Subscriptions, useValue: subscriptions }], exports: [Subscriptions] })
class PublishedModule {}

/** Wires the contexts to a cell: the only place that knows them all. */
@Module({})
export class AppModule {
  static of(cell: Cell): DynamicModule {
    return {
      module: AppModule,
      imports: [CellModule.of(cell), PublishedModule, erasure, http(cell), identity, media, recording],
      providers: [work(cell), Background, ClockWatch, ConsumerMetrics, RotateKeys],
    };
  }
}

function http(cell: Cell): DynamicModule {
  return HttpModule.forRoot({
    settings: httpSettings(cell.config),
    imports: [identity, recording],
    authenticators: [SessionAuthenticator, ApiKeyAuthenticator, CustomerAuthenticator],
    permissions: new DeclaredPermissions(),
    limiters: cell.limiters,
    readiness: [
      { name: 'database', check: () => acceptsWrites(cell.database.pool) },
      ...logApart(cell),
      { name: 'lists', check: listsAreWhole(cell.database, projections) },
    ],
  });
}

/** A log in the database is there when that is. */
function logApart({ config, store }: Cell): ReadinessCheck[] {
  if (config.values.EVENT_STORE === 'postgres') return [];
  return [{ name: 'event_store', check: async () => void (await store.head()) }];
}

/** Where the built pages lie. */
const FRONT_END = join(PRODUCT_ROOT, 'frontend', 'build');

function httpSettings({ values, publicUrl }: Config): HttpSettings {
  return {
    ...defaultHttpSettings,
    publicUrl: new URL(publicUrl),
    trustedProxyHops: values.TRUST_PROXY,
    widgetFrameAncestors: values.WIDGET_FRAME_ANCESTORS.split(/\s+/).filter(Boolean),
    frontEndDirectory: FRONT_END,
    metricsToken: values.METRICS_TOKEN || null,
  };
}

function work(cell: Cell): Provider {
  return {
    provide: BACKGROUND_WORK,
    inject: [...handlers, ...unfinished],
    useFactory: (...made: (JobHandler | UnfinishedWork)[]): BackgroundWork => ({
      ...readers,
      handlers: made.slice(0, handlers.length) as JobHandler[],
      unfinished: made.slice(handlers.length) as UnfinishedWork[],
      jobs: cell.jobs,
    }),
  };
}
