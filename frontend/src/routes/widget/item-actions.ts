import { recordingPage } from '#lib/agent/addresses.js';
import { texts } from '#lib/agent/texts.js';
import type { FurtherAction, NextAction } from '#lib/agent/ticket-timeline.js';

/** What the buttons of a ticket's lines say. */
export const actionWords: Record<NextAction | FurtherAction, string> = {
  'copy-link': texts.link.copy,
  remind: texts.requests.remind,
  play: texts.requests.play,
  open: texts.widget.openInApp,
  'ask-again': texts.requests.askAgain,
  cancel: texts.requests.cancel,
};

/** The recording's own page, in a tab beside the helpdesk. */
export function goTo(recordingId: string): void {
  window.open(recordingPage(recordingId), '_blank', 'noopener');
}
