import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Streams, type Changed } from '#platform/streams/streams.js';
import { downloadRecording, viewing, viewRecording, VIEWING_LASTS_MS, type Viewing } from '../domain/viewing.js';
import { PlayableMedia, type Offered } from '../playback/playable-media.js';
import { mediaNotThere } from '../playback/send-media.js';

/** Begin to watch a recording. The caller chooses the id, so that a retry is the same viewing. */
export class ViewRecording extends Command<Changed<Viewing>> {
  constructor(
    readonly viewingId: string,
    readonly recordingId: string,
    readonly by: By,
  ) {
    super();
  }
}

/** Begin to take a recording away: what is watched, or the copy as MP4. */
export class DownloadRecording extends Command<Changed<Viewing>> {
  constructor(
    readonly viewingId: string,
    readonly recordingId: string,
    readonly variant: 'recording' | 'mp4',
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(ViewRecording)
export class ViewRecordingHandler implements ICommandHandler<ViewRecording> {
  constructor(
    private readonly streams: Streams,
    private readonly media: PlayableMedia,
  ) {}

  /** @throws Refusal `RECORDING_UNKNOWN`; `MEDIA_NOT_THERE` when there is nothing to watch (yet) */
  async execute({ viewingId, recordingId, by }: ViewRecording): Promise<Changed<Viewing>> {
    const { owner, copy, camera } = known(await this.media.offered(by.workspaceId, recordingId));
    if (!copy) mediaNotThere();
    const viewed = { viewingId, recordingId, owner, copy, camera, expiresAt: endOfViewing(new Date()) };
    return this.streams.change(viewing, viewingId, by, (state) => viewRecording(state, viewed));
  }
}

@CommandHandler(DownloadRecording)
export class DownloadRecordingHandler implements ICommandHandler<DownloadRecording> {
  constructor(
    private readonly streams: Streams,
    private readonly media: PlayableMedia,
  ) {}

  /** @throws Refusal as to watch it; `IDEMPOTENCY_KEY_REUSED` when the id stands for the other variant */
  async execute({ viewingId, recordingId, variant, by }: DownloadRecording): Promise<Changed<Viewing>> {
    const { owner, copy: watched, mp4 } = known(await this.media.offered(by.workspaceId, recordingId));
    const asMp4 = mp4 ? ('mp4' as const) : null;
    const copy = variant === 'mp4' ? asMp4 : watched;
    if (!copy) mediaNotThere();
    const downloaded = { viewingId, recordingId, owner, copy, expiresAt: endOfViewing(new Date()) };
    return this.streams.change(viewing, viewingId, by, (state) => downloadRecording(state, downloaded));
  }
}

function known(offered: Offered | null): Offered {
  return offered ?? refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
}

function endOfViewing(begin: Date): string {
  return new Date(begin.getTime() + VIEWING_LASTS_MS).toISOString();
}
