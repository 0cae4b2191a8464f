import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type FreshDatabase } from '../../../support/fresh-database.js';
import { startUploadApp, type UploadApp, type UploadAppOptions } from './upload-app.js';

/** A database, a storage directory, and the web servers started on them. */
export interface UploadGround {
  readonly database: FreshDatabase;
  readonly directory: string;
  start(options?: Partial<UploadAppOptions>): Promise<UploadApp>;
  drop(): Promise<void>;
}

export async function uploadGround(): Promise<UploadGround> {
  const database = await freshDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-uploads-'));
  const apps: UploadApp[] = [];
  return {
    database,
    directory,
    async start(options) {
      const app = await startUploadApp({ databaseUrl: database.url, directory, ...options });
      apps.push(app);
      return app;
    },
    async drop() {
      for (const app of apps) await app.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
