import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams, type Changed } from '#platform/streams/streams.js';
import {
  recordingRequest,
  type RecordingRequest,
  type RecordingRequestEvent,
  type Unsupported,
} from '../domain/recording-request.js';
import { arrive, declineRequest, reportUnsupported, type Turn } from '../domain/customer-decisions.js';
import { cancelRequest, expireRequest } from '../domain/request-decisions.js';

/** A command on a request that needs nothing but its stream: what differs is only the decision. */
abstract class ChangeRequest extends Command<Changed<RecordingRequest>> {
  constructor(
    readonly requestId: string,
    readonly by: By,
    /** The version the caller saw, from `If-Match`. */
    readonly expected?: number,
  ) {
    super();
  }

  abstract decide(state: RecordingRequest, at: Date): readonly RecordingRequestEvent[];
}

export class CancelRecordingRequest extends ChangeRequest {
  decide(state: RecordingRequest) {
    return cancelRequest(state, this.requestId);
  }
}

export class ExpireRecordingRequest extends ChangeRequest {
  decide(state: RecordingRequest, at: Date) {
    return expireRequest(state, this.requestId, at);
  }
}

/** What the holder of a link says. */
abstract class TakeTurn extends ChangeRequest {
  constructor(
    requestId: string,
    by: By,
    /** Which of the request's links let them in. */
    readonly link: number,
  ) {
    super(requestId, by);
  }

  override decide(state: RecordingRequest, at: Date) {
    return this.take(state, { link: this.link, at });
  }

  abstract take(state: RecordingRequest, turn: Turn): readonly RecordingRequestEvent[];
}

export class ArriveAtLink extends TakeTurn {
  take(state: RecordingRequest, turn: Turn) {
    return arrive(state, this.requestId, turn);
  }
}

export class DeclineRecordingRequest extends TakeTurn {
  constructor(
    requestId: string,
    by: By,
    link: number,
    readonly reason: string | undefined,
  ) {
    super(requestId, by, link);
  }
  take(state: RecordingRequest, turn: Turn) {
    return declineRequest(state, this.requestId, this.reason, turn);
  }
}

export class ReportUnsupported extends TakeTurn {
  constructor(
    requestId: string,
    by: By,
    link: number,
    readonly reason: Unsupported,
    readonly browser: string,
  ) {
    super(requestId, by, link);
  }
  take(state: RecordingRequest, turn: Turn) {
    return reportUnsupported(state, this.requestId, this.reason, this.browser, turn);
  }
}

@Injectable()
abstract class ChangeRequestHandler implements ICommandHandler<ChangeRequest> {
  constructor(private readonly streams: Streams) {}

  execute(command: ChangeRequest): Promise<Changed<RecordingRequest>> {
    const { requestId, by, expected } = command;
    return this.streams.change(recordingRequest, requestId, by, (state) => command.decide(state, new Date()), {
      expected,
    });
  }
}

/** One handler class per command, since the bus dispatches by class. */
export const changeRequestHandlers = [
  CancelRecordingRequest,
  ExpireRecordingRequest,
  ArriveAtLink,
  DeclineRecordingRequest,
  ReportUnsupported,
].map((command) => {
  @CommandHandler(command)
  class Handler extends ChangeRequestHandler {}
  return Handler;
});
