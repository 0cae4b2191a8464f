/** What opening a link tells: who asks, for what, and what became of an earlier attempt. Times are ISO 8601. */
export interface LinkView {
  /** The capability with which this page acts as the request's customer. */
  readonly token: string;
  readonly requestId: string;
  /** As the agent sees it. */
  readonly status?: string;
  readonly workspace: { readonly name: string; readonly logoUrl: string | null; readonly accent: string | null };
  readonly agentFirstName: string | null;
  readonly message: string | null;
  readonly ticketSubject: string | null;
  readonly expiresAt: string;
  readonly deletesAt: string;
  readonly options: {
    readonly microphone: 'on' | 'optional' | 'off';
    readonly camera: boolean;
    readonly systemAudio: boolean;
    readonly maxDurationMs: number;
  };
  readonly consentVersion: string;
  readonly abandonedPolicy: 'finalise' | 'discard';
  /** Whether a recording can begin now; whoever has begun may end it. */
  readonly hasRoom: boolean;
  readonly resumable: readonly Resumable[];
}

/** A recording that the server still waits for. */
export interface Resumable {
  readonly recordingId: string;
  readonly uploads: readonly {
    readonly uploadId: string;
    readonly track: 'screen' | 'camera';
    readonly offset: number;
    readonly mediaType: string;
  }[];
}
