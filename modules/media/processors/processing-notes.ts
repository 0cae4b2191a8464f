import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { Streams } from '#platform/streams/streams.js';
import { noteProcessing, recording, type Recording } from '../domain/recording.js';
import { systemBy, type Cause } from '#platform/jobs/caused-by.js';

interface Tables {
  'recording.progress': { recording_id: string; fraction: number };
}

/** The smallest step worth telling: nobody sees more, and each is a write. */
const STEP = 0.02;

export type Noted = Parameters<typeof noteProcessing>[1];

/** What the worker says of its work: events for what came about, a row for how far it is. */
@Injectable()
export class ProcessingNotes {
  private readonly reported = new Map<string, number>();

  constructor(
    private readonly streams: Streams,
    private readonly database: Database,
  ) {}

  async state(recordingId: string): Promise<Recording> {
    return (await this.streams.load(recording, recordingId)).state;
  }

  async note(cause: Cause, event: Noted): Promise<void> {
    await this.streams.change(recording, event.data.recordingId, systemBy('media', cause), (state) =>
      noteProcessing(state, event),
    );
  }

  /** @param fraction 0 to 1 */
  progress(recordingId: string, fraction: number): void {
    if (fraction - (this.reported.get(recordingId) ?? -1) < STEP) return;
    this.reported.set(recordingId, fraction);
    // A lost step is made good by the next one.
    void this.write(recordingId, Math.min(1, fraction)).catch(() => undefined);
  }

  async done(recordingId: string): Promise<void> {
    this.reported.delete(recordingId);
    await this.db.deleteFrom('recording.progress').where('recording_id', '=', recordingId).execute();
  }

  private async write(recordingId: string, fraction: number): Promise<void> {
    await this.db
      .insertInto('recording.progress')
      .values({ recording_id: recordingId, fraction })
      .onConflict((conflict) => conflict.column('recording_id').doUpdateSet({ fraction }))
      .execute();
    if (!this.reported.has(recordingId)) await this.done(recordingId);
  }

  private get db() {
    return this.database.of<Tables>();
  }
}
