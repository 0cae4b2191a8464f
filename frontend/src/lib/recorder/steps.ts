/**
 * What the customer meets, one step at a time. Pure: the page shows a step, and everything that happens (a press, an
 * answer of the server, a device that is gone) goes through `advance`. What does not fit the step is ignored, because
 * late news is normal here: a countdown's tick after Esc, the end of sharing after Stop.
 */

/** Why a link leads nowhere any more, or not yet. `foreign`: somebody on the way answers in the server's place. `fault` is the server's or the page's own failure. */
export type ClosedBecause =
  | 'unknown'
  | 'used'
  | 'deleted'
  | 'cancelled'
  | 'expired'
  | 'replaced'
  | 'rate_limited'
  | 'offline'
  | 'foreign'
  | 'fault';

/** What this browser lacks for recording a screen. The names are the wire's. */
export type Lack = 'no-display-capture' | 'no-recorder' | 'no-storage' | 'insecure-context';

/** Why sharing did not begin. */
export type CaptureProblem =
  | 'dismissed'
  | 'blocked_by_system'
  | 'blocked_by_policy'
  | 'source_busy'
  | 'nothing_to_share'
  | 'not_now'
  | 'too_short'
  | 'nothing_recorded'
  | 'crowded'
  | 'unknown';

/** Why a recording ended. Only the first is the customer's press; the others are explained in the review. */
export type StopBecause =
  | 'pressed'
  | 'sharing_ended'
  | 'time_over'
  | 'disk_full'
  | 'too_large'
  | 'crowded'
  | 'link_closed'
  | 'used'
  | 'discarded'
  | 'recorder_failed'
  | 'recovered'
  | 'file';

/**
 * Why sending did not finish. The recording is still here. `kept_already`: it has gone to the workspace as it was, since
 * nobody came back to it, so what was cut off now is still in it there. `another_received`: the request was met by
 * another recording, made in another tab or on another computer. `crowded`: too many others of the same link lie open.
 * `unreadable`: the file that was chosen was moved, changed or deleted since.
 */
export type SendProblem =
  'kept_already' | 'another_received' | 'link_closed' | 'crowded' | 'too_large' | 'unreadable' | 'mismatch' | 'refused';

/** Why deleting did not finish. `handed_over`: it has gone to the workspace, where only they can delete it. */
export type DeletionProblem = 'handed_over' | 'not_deleted';

export interface Receipt {
  readonly reference: string;
  /** ISO 8601 */
  readonly receivedAt: string;
  /** Fixed at Send; absent in receipts from before that was so. */
  readonly deletesAt?: string;
}

export type Step =
  | { readonly at: 'opening' }
  | { readonly at: 'closed'; readonly because: ClosedBecause; readonly receipt: Receipt | null }
  | { readonly at: 'unsupported'; readonly lack: Lack }
  | { readonly at: 'recovery' }
  | { readonly at: 'welcome' }
  | { readonly at: 'declined'; readonly told: boolean }
  | { readonly at: 'setup'; readonly problem: CaptureProblem | null }
  | { readonly at: 'picking' }
  | { readonly at: 'countdown'; readonly left: number }
  | { readonly at: 'recording'; readonly paused: boolean }
  | { readonly at: 'finishing'; readonly because: StopBecause }
  | { readonly at: 'review'; readonly because: StopBecause; readonly problem: SendProblem | DeletionProblem | null }
  | { readonly at: 'sending'; readonly because: StopBecause }
  | { readonly at: 'deleting'; readonly because: StopBecause }
  | { readonly at: 'done'; readonly receipt: Receipt }
  | { readonly at: 'discarded' };

export type Happening =
  | {
      readonly type: 'opened';
      readonly lack: Lack | null;
      readonly unfinished: boolean;
      /** They would rather not, and have said so before. */
      readonly declined?: boolean;
    }
  | { readonly type: 'shut'; readonly because: ClosedBecause; readonly receipt?: Receipt | null }
  | { readonly type: 'retried' }
  | { readonly type: 'started' }
  | { readonly type: 'declined' }
  | { readonly type: 'told' }
  | { readonly type: 'reconsidered'; readonly lack: Lack | null }
  | { readonly type: 'picked' }
  | { readonly type: 'captured' }
  | { readonly type: 'refused'; readonly problem: CaptureProblem }
  | { readonly type: 'ticked' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'stopped'; readonly because: StopBecause }
  | { readonly type: 'finished'; readonly empty: boolean }
  | { readonly type: 'recovered' }
  | { readonly type: 'file_chosen' }
  | { readonly type: 'begun_anew'; readonly lack: Lack | null }
  | { readonly type: 'sent' }
  | { readonly type: 'unsent'; readonly problem: SendProblem }
  | { readonly type: 'received'; readonly receipt: Receipt }
  | { readonly type: 'deletion_confirmed' }
  | { readonly type: 'undeleted'; readonly problem: DeletionProblem }
  | { readonly type: 'recording_again' }
  | { readonly type: 'choosing_again'; readonly lack: Lack }
  | { readonly type: 'discarded' };

export type StepName = Step['at'];

/** How long people get between choosing what to share and the first recorded picture, in seconds. */
export const COUNTDOWN_SECONDS = 3;

type Transitions = {
  readonly [Type in Happening['type']]: (step: Step, happening: Extract<Happening, { type: Type }>) => Step | null;
};

/** Why there is nothing of a recording that ended, where it was not the customer who ended it at once. */
const WHY_EMPTY: Partial<Record<StopBecause, CaptureProblem>> = {
  recorder_failed: 'nothing_recorded',
  crowded: 'crowded',
};

/** One rule per happening; null means that it does not fit the step. */
const transitions: Transitions = {
  opened: (step, { lack, unfinished, declined }) => {
    if (step.at !== 'opening') return null;
    if (declined) return { at: 'declined', told: true };
    if (unfinished) return { at: 'recovery' };
    return firstStep(lack);
  },
  shut: (step, { because, receipt }) => (isEnd(step) ? null : { at: 'closed', because, receipt: receipt ?? null }),
  retried: (step) => (step.at === 'closed' ? { at: 'opening' } : null),
  started: (step) => (step.at === 'welcome' ? { at: 'setup', problem: null } : null),
  declined: (step) => (step.at === 'welcome' || step.at === 'unsupported' ? { at: 'declined', told: false } : null),
  told: (step) => (step.at === 'declined' ? { at: 'declined', told: true } : null),
  reconsidered: (step, { lack }) =>
    step.at === 'declined' || step.at === 'setup' || step.at === 'discarded' ? firstStep(lack) : null,
  picked: (step) => (step.at === 'setup' ? { at: 'picking' } : null),
  captured: (step) => (step.at === 'picking' ? { at: 'countdown', left: COUNTDOWN_SECONDS } : null),
  refused: (step, { problem }) => (step.at === 'picking' || step.at === 'countdown' ? { at: 'setup', problem } : null),
  ticked: (step) => {
    if (step.at !== 'countdown') return null;
    return step.left > 1 ? { at: 'countdown', left: step.left - 1 } : { at: 'recording', paused: false };
  },
  cancelled: (step) => (step.at === 'countdown' || step.at === 'picking' ? { at: 'setup', problem: null } : null),
  paused: (step) => (step.at === 'recording' ? { at: 'recording', paused: true } : null),
  resumed: (step) => (step.at === 'recording' ? { at: 'recording', paused: false } : null),
  stopped: (step, { because }) => (step.at === 'recording' ? { at: 'finishing', because } : null),
  finished: (step, { empty }): Step | null => {
    if (step.at !== 'finishing') return null;
    if (empty) return { at: 'setup', problem: WHY_EMPTY[step.because] ?? 'too_short' };
    return { at: 'review', because: step.because, problem: null };
  },
  recovered: (step) => (step.at === 'recovery' ? { at: 'review', because: 'recovered', problem: null } : null),
  file_chosen: (step) => (step.at === 'unsupported' ? { at: 'review', because: 'file', problem: null } : null),
  begun_anew: (step, { lack }) => (step.at === 'recovery' ? firstStep(lack) : null),
  sent: (step) => (step.at === 'review' ? { at: 'sending', because: step.because } : null),
  unsent: (step, { problem }) => (step.at === 'sending' ? { at: 'review', because: step.because, problem } : null),
  received: (step, { receipt }) => (step.at === 'sending' ? { at: 'done', receipt } : null),
  deletion_confirmed: (step) => (step.at === 'review' ? { at: 'deleting', because: step.because } : null),
  undeleted: (step, { problem }) => (step.at === 'deleting' ? { at: 'review', because: step.because, problem } : null),
  recording_again: (step) => (step.at === 'deleting' ? { at: 'setup', problem: null } : null),
  choosing_again: (step, { lack }) => (step.at === 'deleting' ? { at: 'unsupported', lack } : null),
  discarded: (step) => (step.at === 'deleting' ? { at: 'discarded' } : null),
};

function firstStep(lack: Lack | null): Step {
  return lack ? { at: 'unsupported', lack } : { at: 'welcome' };
}

/** A recording that arrived, or that is gone, and a no that was heard is not made undone by later news about the link. */
function isEnd(step: Step): boolean {
  return step.at === 'done' || step.at === 'discarded' || (step.at === 'declined' && step.told);
}

/** The step after something happened; the same object when nothing changes. */
export function advance(step: Step, happening: Happening): Step {
  const rule = transitions[happening.type] as (step: Step, happening: Happening) => Step | null;
  return rule(step, happening) ?? step;
}
