import { type DynamicModule, Global, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import type { Eraser } from './eraser.js';
import { ERASERS, Erasers } from './erasers.js';
import { Erasure } from './erasure.js';
import { ErasureGate, OpenGate } from './erasure-gate.js';
import { SealedPartsEraser } from './sealed-parts-eraser.js';

export interface ErasureOptions {
  /** The contexts whose tables and objects are erased, exporting their erasers. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly erasers: readonly Type<Eraser>[];
  /** Who may forbid erasing; nobody where absent. */
  readonly gate?: Type<ErasureGate>;
}

/** Erasure for every context, over every store there is. */
@Global()
@Module({})
export class ErasureModule {
  static forRoot({ imports, erasers, gate }: ErasureOptions): DynamicModule {
    return {
      module: ErasureModule,
      imports,
      providers: [
        SealedPartsEraser,
        Erasers,
        Erasure,
        gate ? { provide: ErasureGate, useExisting: gate } : { provide: ErasureGate, useClass: OpenGate },
        {
          provide: ERASERS,
          inject: [SealedPartsEraser, ...erasers],
          useFactory: (...all: Eraser[]): readonly Eraser[] => all,
        },
      ],
      exports: [Erasure, ErasureGate],
    };
  }
}
