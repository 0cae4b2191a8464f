import { buffer } from 'node:stream/consumers';
import { SegmentedMedia } from '#modules/media/uploads/segmented-media.js';
import { UploadRows } from '#modules/media/uploads/upload-rows.js';
import type { Segment, Upload } from '#modules/media/uploads/upload.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { sha256, type Opened } from './tus-customer.js';
import type { UploadApp } from './upload-app.js';

/** What came back out of the storage, in a form that compares fast. */
export interface Content {
  readonly size: number;
  readonly sha256: string;
}

export interface Stored extends Content {
  /** What the database says the upload is made of. */
  readonly manifest: Segment[];
}

export function contentOf(bytes: Buffer): Content {
  return { size: bytes.length, sha256: sha256(bytes).toString('hex') };
}

export async function rowOf(server: UploadApp, { id }: Pick<Opened, 'id'>): Promise<Upload> {
  return (await server.get(UploadRows).find(id))!;
}

export async function stored(server: UploadApp, upload: Pick<Opened, 'id'>): Promise<Stored> {
  const media = server.get(SegmentedMedia);
  const row = await rowOf(server, upload);
  const manifest = (await Array.fromAsync(media.manifest(row))).map(({ place: _, ...segment }) => segment);
  return { manifest, ...contentOf(await buffer(media.read(row))) };
}

/** What is stored after appends of these parts, one after the other. */
export function madeOf(...parts: Buffer[]): Stored {
  return { manifest: segmentsOf(...parts), ...contentOf(Buffer.concat(parts)) };
}

export function segmentsOf(...parts: Buffer[]): Segment[] {
  let end = 0;
  return parts.map((part) => ({
    offset: (end += part.length) - part.length,
    length: part.length,
    sha256: sha256(part),
  }));
}

/** Every object under a recording, as it lies in the storage. */
export async function objectsOf(server: UploadApp, recordingId: string): Promise<Map<string, Buffer>> {
  const storage = server.get(ObjectStorage);
  const objects = new Map<string, Buffer>();
  for await (const { key } of storage.list(`recordings/${recordingId}/`))
    objects.set(key, await buffer(await storage.get(key)));
  return objects;
}
