import type { Words } from '#lib/i18n/recorder/words.svelte.js';
import type { LinkView } from '#lib/recorder/link/link-view.js';
import { clock, screen, shield } from '#lib/design/icons.js';

export interface Fact {
  /** An outline of icons.ts. */
  readonly icon: string;
  readonly sentences: readonly string[];
}

/** The three facts that the customer agrees to: what is captured, who sees it when, and how long it exists. */
export function factsOf(link: LinkView, words: Words): Fact[] {
  const { options } = link;
  const capture = [words.t(options.microphone === 'off' ? 'fact.capture_screen' : 'fact.capture_voice')];
  if (options.systemAudio) capture.push(words.t('fact.sound'));
  if (options.camera) capture.push(words.t('fact.camera'));
  return [{ icon: screen, sentences: capture }, ...afterwards(link, words, 'fact')];
}

/** What becomes of a recording made here (`fact`), or of a video made elsewhere (`file`). */
export function afterwards(link: LinkView, { t, date }: Words, what: 'fact' | 'file'): Fact[] {
  const workspace = { workspace: link.workspace.name };
  const unsent =
    link.abandonedPolicy === 'finalise'
      ? [t('fact.send_finalise', workspace), t(`${what}.saved`)]
      : [t('fact.send', workspace), t(`${what}.saved`), t('fact.abandoned_discard')];
  return [
    { icon: shield, sentences: unsent },
    { icon: clock, sentences: [t('fact.deleted', { date: date(link.deletesAt) })] },
  ];
}

/** Exactly the text shown, sentence by sentence: its digest is what the consent refers to. */
export function consentText(facts: readonly Fact[], agreement: string): string[] {
  return [...facts.flatMap(({ sentences }) => sentences), agreement];
}
