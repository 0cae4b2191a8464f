import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams, type Changed } from '#platform/streams/streams.js';
import { recordingRequest, type RecordingRequest } from '../domain/recording-request.js';
import { known, requestRecording, type NewRequest } from '../domain/request-decisions.js';
import { Links } from '../links/links.js';

/** A request as its command left it, and the link to send: the one moment in which the link is known. */
export interface LinkIssued extends Changed<RecordingRequest> {
  readonly link: string;
}

/** Ask a customer for a recording. The caller chooses the id, so that a retry is the same request. */
export class RequestRecording extends Command<LinkIssued> {
  constructor(
    readonly requestId: string,
    readonly input: NewRequest,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(RequestRecording)
export class RequestRecordingHandler implements ICommandHandler<RequestRecording> {
  constructor(
    private readonly streams: Streams,
    private readonly links: Links,
  ) {}

  async execute({ requestId, input, by }: RequestRecording): Promise<LinkIssued> {
    const changed = await this.streams.change(recordingRequest, requestId, by, (state) =>
      requestRecording(state, requestId, input, new Date()),
    );
    const number = known(changed.state).links;
    return { ...changed, link: await this.links.issue({ requestId, number, workspaceId: by.workspaceId }) };
  }
}
