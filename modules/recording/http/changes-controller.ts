import { Controller, type MessageEvent, Optional, Sse } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { filter, interval, map, merge, takeUntil, timer, type Observable } from 'rxjs';
import type { By } from '#kernel/event.js';
import { Access } from '#platform/http/access.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { LiveChanges } from '../queries/live-changes.js';

const PING_MS = 15_000;
const RETRY_MS = 2000;
/** Who was allowed to listen may have been shut out since: after this long a page must come again and show who it is. */
const LONGEST_MS = 10 * 60_000;

@ApiTags('Live')
@Controller('api/v1/events')
export class ChangesController {
  constructor(
    private readonly changes: LiveChanges,
    @Optional() private readonly longestMs: number = LONGEST_MS,
  ) {}

  /**
   * Says what changed in the caller's workspace, as it happens: `{kind, id, after}`. It carries no content; whoever
   * wants it asks the list, with `after`, and so sees nothing they may not.
   */
  @Sse()
  @Access({ permission: 'recordings.read' })
  follow(@CurrentBy() by: By): Observable<MessageEvent> {
    const changes = this.changes.all.pipe(
      filter(({ workspaceId }) => workspaceId === by.workspaceId),
      map(({ workspaceId: _, ...data }): MessageEvent => ({ type: 'change', data, retry: RETRY_MS })),
    );
    const pings = interval(PING_MS).pipe(map((): MessageEvent => ({ type: 'ping', data: '' })));
    return merge(changes, pings).pipe(takeUntil(timer(this.longestMs)));
  }
}
