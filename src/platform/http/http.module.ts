import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TelemetryModule } from '#platform/telemetry/telemetry.module.js';
import { AccessGuard } from './access-guard.js';
import { Admission } from './admission.js';
import { type Authenticator, AUTHENTICATORS } from './authenticator.js';
import { BodyTypeGuard } from './body-type.js';
import { Callers } from './callers.js';
import { HealthController, MetricsController, READINESS_CHECKS, type ReadinessCheck } from './health.js';
import { HttpSettings } from './http-settings.js';
import { OpenApiController, OpenApiDocument } from './open-api.js';
import { OpenAnswers } from './open-answers.js';
import { Permissions } from './permissions.js';
import { ProvenConditions } from './proven-conditions.js';
import { ProblemFilter } from './problem-filter.js';
import { LIMITER_FACTORY, type LimiterFactory, memoryLimiters, RateLimits } from './rate-limits.js';
import { inputValidation } from './validation.js';

export interface HttpModuleOptions {
  readonly settings: HttpSettings;
  /** Modules that export the authenticators named here. */
  readonly imports?: ModuleMetadata['imports'];
  /** Asked in this order for the caller of a request. */
  readonly authenticators: readonly Type<Authenticator>[];
  /** Asked whether a caller holds the permission that a route names. */
  readonly permissions: Permissions;
  readonly readiness?: readonly ReadinessCheck[];
  /** Where rates are counted; this process's memory when absent. */
  readonly limiters?: LimiterFactory;
}

/** The HTTP edge that all contexts share. {@link HttpSettings} and {@link RateLimits} are there for every module. */
@Module({})
export class HttpModule {
  static forRoot(options: HttpModuleOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [TelemetryModule, ...(options.imports ?? [])],
      controllers: [HealthController, MetricsController, OpenApiController],
      providers: [
        { provide: HttpSettings, useValue: options.settings },
        { provide: LIMITER_FACTORY, useValue: options.limiters ?? memoryLimiters },
        { provide: READINESS_CHECKS, useValue: options.readiness ?? [] },
        { provide: AUTHENTICATORS, inject: [...options.authenticators], useFactory: (...all: Authenticator[]) => all },
        { provide: Permissions, useValue: options.permissions },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: BodyTypeGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: inputValidation },
        Callers,
        Admission,
        OpenAnswers,
        ProvenConditions,
        RateLimits,
        OpenApiDocument,
      ],
      exports: [HttpSettings, RateLimits],
    };
  }
}
