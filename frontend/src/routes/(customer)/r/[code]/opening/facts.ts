import type { Words } from '#lib/i18n/recorder/words.svelte.js';
import type { LinkView } from '#lib/recorder/link/link-view.js';
import { clock, screen, shield } from '#lib/design/icons.js';

export interface Fact {
  /** An outline of icons.ts. */
  readonly icon: string;
  readonly sentences: readonly string[];
}

/** The three facts that the customer agrees to: what is captured, who sees it when, and how long it exists. */
export function factsOf(link: LinkView, { t, date }: Words): Fact[] {
  const { options, workspace, abandonedPolicy } = link;
  const capture = [t(options.microphone === 'off' ? 'fact.capture_screen' : 'fact.capture_voice')];
  if (options.camera) capture.push(t('fact.camera'));
  return [{ icon: screen, sentences: capture }, ...sharedFacts(link, { t, date })];

  function sharedFacts({ deletesAt }: LinkView, words: Pick<Words, 't' | 'date'>): Fact[] {
    const abandoned = abandonedPolicy === 'finalise' ? 'fact.abandoned_finalise' : 'fact.abandoned_discard';
    const seen = [words.t('fact.send', { workspace: workspace.name }), words.t('fact.saved')];
    seen.push(words.t(abandoned, { workspace: workspace.name }));
    return [
      { icon: shield, sentences: seen },
      { icon: clock, sentences: [words.t('fact.deleted', { date: words.date(deletesAt) })] },
    ];
  }
}

/** Exactly the text shown, sentence by sentence: its digest is what the consent refers to. */
export function consentText(facts: readonly Fact[], agreement: string): string[] {
  return [...facts.flatMap(({ sentences }) => sentences), agreement];
}
