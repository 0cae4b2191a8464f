import type { LinkView } from './link-view.js';
import { send } from './request.js';

/** What a consent covers. The names are the wire's. */
export type Scope = 'screen' | 'microphone' | 'camera' | 'system-audio' | 'file';

/** Everything that may be captured under this link; what is captured is narrowed in the set-up, never widened. */
export function scopeOf({ microphone, camera, systemAudio }: LinkView['options']): Scope[] {
  const scope: Scope[] = ['screen'];
  if (microphone !== 'off') scope.push('microphone');
  if (camera) scope.push('camera');
  if (systemAudio) scope.push('system-audio');
  return scope;
}

/** Records that the customer agreed to exactly these sentences. @throws Problem */
export async function giveConsent(
  link: LinkView,
  sentences: readonly string[],
  locale: string,
  scope: Scope[],
): Promise<void> {
  const text = new TextEncoder().encode(sentences.join('\n'));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const textSha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await send('POST', 'customer/consent', { textSha256, version: link.consentVersion, locale, scope }, link.token);
}
