import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Injectable, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { DeclaredPermissions } from '#modules/identity/http/declared-permissions.js';
import { StorageRoom } from '#modules/media/contract.js';
import { UPLOAD_HOSTS } from '#modules/media/owners/upload-hosts.js';
import { SegmentCommits } from '#modules/media/uploads/segment-commits.js';
import { MeasuredRoom } from '#modules/media/uploads/measured-room.js';
import { uploads } from '#modules/media/uploads/uploads.js';
import { Config, readConfig } from '#platform/config/config.js';
import { Database, openPool } from '#platform/database/database.js';
import { ErasureGate, OpenGate } from '#platform/erasure/erasure-gate.js';
import { Authenticator, bearerToken } from '#platform/http/authenticator.js';
import { configureHttp, NEST_HTTP_OPTIONS } from '#platform/http/configure-http.js';
import type { CustomerCaller } from '#modules/recording/links/customer-caller.js';
import { HttpModule } from '#platform/http/http.module.js';
import { defaultHttpSettings } from '#platform/http/http-settings.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import type { KeyRing } from '#platform/key-ring/key-ring.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { createLogger, type LogLevel } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { RecordingsBook } from './recordings-book.js';

/** `cap_<request>_<workspace>`: proof enough for these tests; the real capability has its own. */
@Injectable()
class PlainCapabilities extends Authenticator {
  async authenticate(request: Request): Promise<CustomerCaller | null> {
    const [, requestId, workspaceId] = bearerToken(request)?.split('_') ?? [];
    if (!requestId || !workspaceId) return null;
    const via = { kind: 'link', id: '1' } as const;
    return { kind: 'customer', id: requestId, requestId, workspaceId, link: 1, via, proof: { by: 'link' } };
  }
}

export interface UploadAppOptions {
  readonly databaseUrl: string;
  /** Storage and key file live here; several servers may share it. */
  readonly directory: string;
  readonly sealed?: (storage: ObjectStorage, keys: KeyRing) => SealedObjects;
  readonly commits?: typeof SegmentCommits;
  readonly storage?: (directory: string) => Promise<ObjectStorage>;
  readonly port?: number;
  readonly logLevel?: LogLevel;
}

export interface UploadApp {
  readonly url: string;
  readonly recordings: RecordingsBook;
  get<T>(part: abstract new (...args: never[]) => T): T;
  close(): Promise<void>;
}

/** A web server with nothing but uploads on it, configured as the product's, on real storage and a real database. */
export async function startUploadApp(options: UploadAppOptions): Promise<UploadApp> {
  const pool = openPool(options.databaseUrl, 10);
  const storage = await (options.storage ?? DiskObjectStorage.open)(join(options.directory, 'objects'));
  const keys = new PostgresKeyRing(pool, await KeyFileKeyEncryptionKeys.open(join(options.directory, 'keys.json')));
  const sealed = options.sealed?.(storage, keys) ?? new SealedObjects(storage, keys);
  const recordings = new RecordingsBook();
  const database = new Database(pool);
  const config = readConfig({ DATA_DIR: options.directory });
  const app = await compose(
    [
      { provide: Database, useValue: database },
      { provide: StorageRoom, useValue: new MeasuredRoom(database, config) },
      { provide: Config, useValue: config },
      { provide: ObjectStorage, useValue: storage },
      { provide: SealedObjects, useValue: sealed },
      { provide: ErasureGate, useClass: OpenGate },
      { provide: UPLOAD_HOSTS, useValue: [recordings] },
      { provide: SegmentCommits, useClass: options.commits ?? SegmentCommits },
    ],
    options.logLevel ?? 'silent',
  );
  await app.listen(options.port ?? 0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    recordings,
    get: (part) => app.get(part),
    close: async () => {
      await app.close();
      await keys.close();
      await pool.end();
    },
  };
}

async function compose(given: Provider[], logLevel: LogLevel): Promise<NestExpressApplication> {
  const http = HttpModule.forRoot({
    settings: { ...defaultHttpSettings, publicUrl: new URL('http://localhost:3000') },
    authenticators: [PlainCapabilities],
    permissions: new DeclaredPermissions(),
    imports: [{ module: class Capabilities {}, providers: [PlainCapabilities], exports: [PlainCapabilities] }],
  });
  const module = {
    module: class Uploads {},
    imports: [http],
    controllers: uploads.controllers,
    providers: [...uploads.providers, ...given],
  };
  const logger = new NestLogger(createLogger(logLevel));
  const app = await NestFactory.create<NestExpressApplication>(module, { ...NEST_HTTP_OPTIONS, logger });
  await configureHttp(app);
  return app;
}
