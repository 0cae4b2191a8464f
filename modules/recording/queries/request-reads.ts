import { Injectable } from '@nestjs/common';
import { isSameScope } from '#kernel/event.js';
import { Progress } from '#platform/consumers/progress.js';
import type { Page } from '#platform/http/cursor.js';
import { Streams } from '#platform/streams/streams.js';
import { recordingRequest, type KnownRequest } from '../domain/recording-request.js';
import { known, unknownRequest } from '../domain/request-decisions.js';
import { requestList } from '../projections/request-list.js';
import { RequestQueries, type RequestFilter, type RequestView } from './request-queries.js';

/** Requests as callers ask for them: as new as the change they name, and never missing what was just made. */
@Injectable()
export class RequestReads {
  constructor(
    private readonly requests: RequestQueries,
    private readonly streams: Streams,
    private readonly progress: Progress,
  ) {}

  async list(workspaceId: string, filter: RequestFilter, after?: string): Promise<Page<RequestView>> {
    await this.progress.waitFor(requestList.name, after, workspaceId);
    return this.requests.list(workspaceId, filter);
  }

  /** A request that has no row yet is read from its stream. @throws Refusal `REQUEST_UNKNOWN` */
  async one(workspaceId: string, id: string, after?: string): Promise<RequestView> {
    await this.progress.waitFor(requestList.name, after, workspaceId);
    return (await this.requests.find(workspaceId, id)) ?? this.fromStream(workspaceId, id);
  }

  /** What a command answers, without waiting for any row. */
  ofState(id: string, state: KnownRequest, version: number): Promise<RequestView> {
    return this.requests.ofState(id, state, version);
  }

  private async fromStream(workspaceId: string, id: string): Promise<RequestView> {
    const { state, version, scope } = await this.streams.load(recordingRequest, id);
    const isOurs = scope !== null && isSameScope(scope, { kind: 'workspace', id: workspaceId });
    return isOurs ? this.requests.ofState(id, known(state), version) : unknownRequest();
  }
}
