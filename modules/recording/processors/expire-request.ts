import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { ExpireRecordingRequest } from '../commands/change-request.js';
import { handlersOf } from '#platform/streams/handlers.js';
import type { EventOf } from '#platform/streams/lift.js';
import { recordingRequest, type RecordingRequestEvent } from '../domain/recording-request.js';
import { causeOf, systemBy, type Cause } from '#platform/jobs/caused-by.js';

const QUEUE = 'recording-expire-request';
/** Just past the moment, so that the decision finds it past. */
const MARGIN_MS = 250;

type ExpireRequest = Cause & { readonly requestId: string };

function whenDue(event: EventOf<RecordingRequestEvent, 'RecordingRequested' | 'RecordingLinkIssued'>) {
  const { requestId, expiresAt } = event.data;
  const delayMs = Math.max(0, Date.parse(expiresAt) - Date.now()) + MARGIN_MS;
  return { data: { ...causeOf(event), requestId }, delayMs };
}

/** A recording that held off the end of its request is gone. */
function atOnce(event: EventOf<RecordingRequestEvent, 'RecordingDiscarded'>) {
  return { data: { ...causeOf(event), requestId: event.data.requestId } };
}

/** Every link that was given out is looked at again when its time is up. */
export const expireRequests: Processor<ExpireRequest> = {
  queue: QUEUE,
  on: handlersOf(recordingRequest, {
    RecordingRequested: whenDue,
    RecordingLinkIssued: whenDue,
    RecordingDiscarded: atOnce,
  }),
};

@Injectable()
export class ExpireRequestHandler extends JobHandler<ExpireRequest> {
  readonly queue = QUEUE;

  constructor(private readonly commands: CommandBus) {
    super();
  }

  async run({ requestId, ...cause }: ExpireRequest): Promise<void> {
    await this.commands.execute(new ExpireRecordingRequest(requestId, systemBy('recording', cause)));
  }
}
