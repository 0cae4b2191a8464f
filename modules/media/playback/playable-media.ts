import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { WatchableRecordings, type MediaOwner, type Watchable, type WatchedCopy } from '../contract.js';
import { madeFileKey, type MadeFile } from '../made-files/media-keys.js';
import { UploadedMedia, type Playable } from './uploaded-media.js';

type Found = Omit<Playable, 'remains'>;

/** What somebody may be handed of a recording. */
export interface Offered {
  readonly owner: MediaOwner;
  /** Null while it can't be watched. */
  readonly copy: WatchedCopy | null;
  readonly camera: boolean;
  readonly mp4: boolean;
}

/** Finds the best form of a recording there is: the seekable file, or until then what arrived, straight from its segments. */
@Injectable()
export class PlayableMedia {
  constructor(
    private readonly recordings: WatchableRecordings,
    private readonly uploads: UploadedMedia,
    private readonly objects: SealedObjects,
  ) {}

  /** Null when this workspace has no such recording, or it was not sent, or is being erased. */
  async offered(workspaceId: string, id: string): Promise<Offered | null> {
    const view = await this.visible(workspaceId, id);
    return view && { owner: view.owner, copy: copyOf(view), camera: view.camera, mp4: view.hasMp4 };
  }

  async video(workspaceId: string, id: string): Promise<Playable | null> {
    return this.whileVisible(workspaceId, id, async (view) => {
      const copy = copyOf(view);
      if (copy === 'seekable') return this.made(id, 'seekable', view.mediaType);
      return copy && this.uploads.track(id, 'screen');
    });
  }

  async camera(workspaceId: string, id: string): Promise<Playable | null> {
    return this.whileVisible(workspaceId, id, async (view) => {
      if (!view.camera) return null;
      if (view.status !== 'ready') return view.chunksPlayable ? this.uploads.track(id, 'camera') : null;
      const made = await this.made(id, 'camera', 'video/webm');
      return made && { ...made, mediaType: await containerOf(made) };
    });
  }

  async mp4(workspaceId: string, id: string): Promise<Playable | null> {
    return this.whileVisible(workspaceId, id, async ({ hasMp4 }) =>
      hasMp4 ? this.made(id, 'mp4', 'video/mp4') : null,
    );
  }

  async picture(workspaceId: string, id: string, picture: 'poster' | 'storyboard'): Promise<Playable | null> {
    return this.whileVisible(workspaceId, id, () => this.made(id, picture, 'image/jpeg'));
  }

  private async whileVisible(
    workspaceId: string,
    id: string,
    find: (view: Watchable) => Promise<Found | null>,
  ): Promise<Playable | null> {
    const view = await this.visible(workspaceId, id);
    const found = view && (await find(view));
    const holds = async () => (await this.visible(workspaceId, id)) !== null;
    return found && { ...found, remains: { key: `recording ${id} of ${workspaceId}`, holds } };
  }

  private async visible(workspaceId: string, id: string): Promise<Watchable | null> {
    const view = await this.recordings.find(workspaceId, id);
    return view?.status === 'deleting' ? null : view;
  }

  private async made(id: string, file: MadeFile, mediaType: string): Promise<Found | null> {
    const key = madeFileKey(id, file);
    const size = await this.objects.size(key);
    if (size === null) return null;
    return { mediaType, size, etag: `"${file}-${size}"`, read: (range) => this.objects.get(id, key, range) };
  }
}

function copyOf({ status, chunksPlayable }: Watchable): WatchedCopy | null {
  if (status === 'ready') return 'seekable';
  return chunksPlayable ? 'arrived' : null;
}

/** No event says of what kind the camera's file is, so the file is asked: both containers name themselves at the start. */
async function containerOf({ read, size }: Found): Promise<string> {
  const head = await buffer(await read({ start: 0, end: Math.min(size, 12) - 1 }));
  return head.toString('latin1', 4, 8) === 'ftyp' ? 'video/mp4' : 'video/webm';
}
