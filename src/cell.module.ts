import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Config } from '#platform/config/config.js';
import { Announcements } from '#platform/live/announcements.js';
import { Progress } from '#platform/consumers/progress.js';
import { Database } from '#platform/database/database.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { Jobs } from '#platform/jobs/jobs.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { Streams } from '#platform/streams/streams.js';
import type { Cell } from './cell.js';

/** Gives the contexts an open cell by its ports: they never learn which adapters, or which region, these are. */
@Global()
@Module({})
export class CellModule {
  static of(cell: Cell): DynamicModule {
    const ports = [
      { provide: Config, useValue: cell.config },
      { provide: Database, useValue: cell.database },
      { provide: EventStore, useValue: cell.store },
      { provide: KeyRing, useValue: cell.keys },
      { provide: Jobs, useValue: cell.jobs },
      { provide: ObjectStorage, useValue: cell.storage },
      { provide: SealedObjects, useValue: new SealedObjects(cell.storage, cell.keys) },
    ];
    const providers = [...ports, Streams, Announcements, Progress];
    return { module: CellModule, imports: [CqrsModule.forRoot()], providers, exports: [...providers, CqrsModule] };
  }
}
