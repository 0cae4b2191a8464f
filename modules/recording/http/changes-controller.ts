import { Controller, Headers, type MessageEvent, Optional, Sse, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { concatMap, from, interval, map, merge, startWith, takeUntil, timer, type Observable } from 'rxjs';
import { type By, scopeOf } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { Answers } from '#platform/http/api-answers.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { afterToken } from '#platform/streams/after-token.js';
import { TOO_MUCH_MISSED, type Told } from '#platform/live/change-feed.js';
import { StreamLimit } from './stream-limit.js';
import { LiveChanges, type LiveChange } from '../queries/live-changes.js';

const PING_MS = 15_000;
const RETRY_MS = 2000;
/** Who was allowed to listen may have been shut out since: after this long a page must come again and show who it is. */
const LONGEST_MS = 10 * 60_000;

const WORDS =
  'Server-sent events: `change` says what changed in the workspace, never its content: ask the list, with `after`. ' +
  '`ping` comes at once and every 15 seconds. Ids are positions, with a part behind a dot within one event: after a broken line the stream goes on from the one ' +
  'given back, or says `reset` when that is too long ago. It ends after ten minutes at the latest; connect again.';
const EXAMPLE =
  'event: change\nid: 4711\ndata: {"kind":"recording","id":"3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f","after":"cmVjb3JkaW5nLTNmMGU0YzZhQDE"}\n\n';

@ApiTags('Live')
@Controller('api/v1/events')
export class ChangesController {
  constructor(
    private readonly changes: LiveChanges,
    private readonly keys: KeyRing,
    @Optional() private readonly longestMs: number = LONGEST_MS,
  ) {}

  /**
   * Says what changed in the caller's workspace once its lists show it: `{kind, id, after}`. It carries no content;
   * whoever wants it asks the list, and so sees nothing they may not. Ids are positions of the log: with `Last-Event-ID`
   * the stream goes on from there, or says `reset` when too much was missed.
   */
  @Sse()
  @UseGuards(StreamLimit)
  @Access({ permission: 'recordings.read' })
  @ApiOperation({ summary: 'Follow what happens', description: WORDS })
  @ApiHeader({ name: 'last-event-id', required: false, description: 'The id of the last message that was read.' })
  @Answers(200, { content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } } })
  follow(@CurrentBy() by: By, @Headers('last-event-id') lastEventId?: string): Observable<MessageEvent> {
    const since = positionIn(lastEventId);
    const messages = new Messages(this.changes.feed, since ?? this.changes.feed.position);
    const told = this.changes.feed.follow(by.workspaceId, since);
    const changes = told.pipe(
      concatMap((one) => this.signed(one, by)),
      concatMap((one) => from(messages.of(one))),
    );
    const pings = interval(PING_MS).pipe(
      startWith(0),
      map(() => messages.ping()),
    );
    return merge(pings, changes).pipe(takeUntil(timer(this.longestMs)));
  }

  private async signed(told: Told<LiveChange> | typeof TOO_MUCH_MISSED, by: By): Promise<Sayable> {
    if (told === TOO_MUCH_MISSED) return told;
    const sign = async ({ by: named, ...change }: LiveChange) => ({
      ...change,
      after: await afterToken(this.keys, scopeOf(by), named),
    });
    return { ...told, changes: await Promise.all(told.changes.map(sign)) };
  }
}

/** With the token that `?after=` takes. */
type Sayable = Told<Omit<LiveChange, 'by'> & { readonly after: string }> | typeof TOO_MUCH_MISSED;

/** The messages of one stream. Each carries the position up to which everything has been sent with it. */
class Messages {
  private isLive = false;

  constructor(
    private readonly feed: { readonly position: bigint },
    private sent: bigint,
  ) {}

  ping(): MessageEvent {
    if (this.isLive) this.sent = this.feed.position;
    return { type: 'ping', data: '', id: String(this.sent), retry: RETRY_MS };
  }

  of(told: Sayable): MessageEvent[] {
    if (told === TOO_MUCH_MISSED) {
      this.sent = this.feed.position;
      return [{ type: 'reset', data: '', id: String(this.sent) }];
    }
    const { changes, position } = told;
    this.isLive ||= !changes.length;
    // A line that breaks between two changes of one event must not swallow the second, and clients that drop
    // what comes twice with one id must not either.
    const ids = changes.map((_, n) => (n === changes.length - 1 ? `${position}` : `${this.sent}.${n + 1}`));
    this.sent = position;
    return changes.map((data, n) => ({ type: 'change', data, id: ids[n] }));
  }
}

/** @returns null when there is none, or none that this stream gave */
function positionIn(lastEventId: string | undefined): bigint | null {
  const [, position] = /^(-1|\d{1,19})(?:\.\d{1,4})?$/.exec(lastEventId ?? '') ?? [];
  return position === undefined ? null : BigInt(position);
}
