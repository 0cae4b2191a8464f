import type { Holding } from './object-storage.js';

export interface Version {
  readonly key: string;
  readonly versionId: string;
  readonly isMarker: boolean;
}

/** Counts versions as a bucket lists them, also where it lists some of them again. An object of which only its marker is left is none. */
export class VersionTally {
  private readonly keys = new Set<string>();
  private readonly versions = new Set<string>();

  add(listed: readonly Version[]): void {
    for (const { key, versionId, isMarker } of listed) {
      this.versions.add(`${key} ${versionId}`);
      if (!isMarker) this.keys.add(key);
    }
  }

  get holding(): Holding {
    return { objects: this.keys.size, versions: this.versions.size };
  }
}
