import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Metrics for everyone; logging goes through Nest's own `Logger`, see {@link NestLogger}. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class TelemetryModule {}
