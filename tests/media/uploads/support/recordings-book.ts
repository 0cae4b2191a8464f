import type { CustomerCaller } from '#modules/recording/links/customer-caller.js';
import { refuse } from '#kernel/refusal.js';
import { ifInVain } from '#platform/telemetry/conversation.js';
import {
  UploadHost,
  type BeginningUpload,
  type Settled,
  type TerminatedUpload,
  type Uploader,
  type UploadTerms,
} from '#modules/media/contract.js';

const DAY_MS = 86_400_000;

/** The recording domain as uploads know it, written down in memory: terms that a test sets, and what it was told. */
export class RecordingsBook extends UploadHost {
  readonly kind = 'recording_request';
  terms: UploadTerms = {
    maxBytes: 2 ** 30,
    maxDurationMs: 7_200_000,
    maxOpenUploads: 50,
    maxOpenBytes: 2 ** 50,
    expiresAt: new Date(Date.now() + DAY_MS),
  };
  readonly closedRequests = new Set<string>();
  /** What was asked may have happened, but the answer is lost. */
  unreachable = false;
  /** Uploads that were held against nobody after all. */
  takenBack = 0;
  readonly begun: BeginningUpload[] = [];
  readonly ended: TerminatedUpload[] = [];

  uploaderOf(caller: object): Uploader | null {
    const { requestId, workspaceId, link } = caller as CustomerCaller;
    return { owner: { kind: this.kind, id: requestId }, workspaceId, entry: link };
  }

  async termsOf(requestId: string): Promise<UploadTerms> {
    if (this.closedRequests.has(requestId)) refuse('LINK_CANCELLED', 'This link was cancelled.', 'gone');
    ifInVain(async () => void this.takenBack++);
    return this.terms;
  }

  async begin(upload: BeginningUpload): Promise<void> {
    if (upload.mediaType === 'video/3gpp') refuse('REQUEST_NOT_OPEN', 'The request is not open.');
    this.begun.push(upload);
    if (this.unreachable) throw new Error('Connection terminated');
  }

  async terminated(upload: TerminatedUpload): Promise<void> {
    this.ended.push(upload);
  }

  async abandoned(): Promise<Settled> {
    return 'settled';
  }

  async returned(): Promise<void> {}
}
