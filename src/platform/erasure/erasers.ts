import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { mostOf, NOTHING, type Eraser, type Removed } from './eraser.js';

/** Every store that keeps something of subjects: the platform's own and those of the contexts. */
export const ERASERS = Symbol('ERASERS');

/** What one store removed. */
export interface Emptied extends Removed {
  readonly store: string;
}

interface Tables {
  'platform.erasure_tally': {
    subject: string;
    store: string;
    rows: number;
    objects: number;
    versions: number;
    sealed_parts: number;
  };
}

/**
 * Empties the stores one after the other. What was found is written down before anything of it goes, so that each try
 * tells all that there was, and not only what was left for it.
 */
@Injectable()
export class Erasers {
  constructor(
    private readonly database: Database,
    @Inject(ERASERS) private readonly erasers: readonly Eraser[],
  ) {}

  async empty(subject: string): Promise<Emptied[]> {
    const emptied: Emptied[] = [];
    for (const eraser of this.erasers) emptied.push(await this.emptyOne(eraser, subject));
    return emptied;
  }

  private async emptyOne(eraser: Eraser, subject: string): Promise<Emptied> {
    // In this order: who removed some of it before we looked had told the tally before that.
    const now = await eraser.found(subject);
    const found = mostOf(now, await this.tally(eraser, subject));
    if (found.rows + found.objects + found.versions + found.sealedParts) await this.write(eraser, subject, found);
    // More is removed than was found when something arrived in between: it was sealed before the key went.
    return { store: eraser.store, ...mostOf(found, await eraser.erase(subject)) };
  }

  /** Nothing is sealed any more under a destroyed key, so the most that anybody found is the least that was there. */
  private async tally({ store }: Eraser, subject: string): Promise<Removed> {
    const row = await this.db
      .selectFrom('platform.erasure_tally')
      .select(['rows', 'objects', 'versions', 'sealed_parts as sealedParts'])
      .where('subject', '=', subject)
      .where('store', '=', store)
      .executeTakeFirst();
    return row ?? NOTHING;
  }

  private async write({ store }: Eraser, subject: string, { sealedParts, ...found }: Removed): Promise<void> {
    await this.db
      .insertInto('platform.erasure_tally')
      .values({ subject, store, ...found, sealed_parts: sealedParts })
      .onConflict((told) =>
        told.columns(['subject', 'store']).doUpdateSet((by) => ({
          rows: by.fn<number>('greatest', ['platform.erasure_tally.rows', 'excluded.rows']),
          objects: by.fn<number>('greatest', ['platform.erasure_tally.objects', 'excluded.objects']),
          versions: by.fn<number>('greatest', ['platform.erasure_tally.versions', 'excluded.versions']),
          sealed_parts: by.fn<number>('greatest', ['platform.erasure_tally.sealed_parts', 'excluded.sealed_parts']),
        })),
      )
      .execute();
  }

  private get db() {
    return this.database.of<Tables>();
  }
}
