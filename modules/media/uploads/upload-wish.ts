import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from '#kernel/refusal.js';
import { readMetadata, readNewLength } from './tus-headers.js';
import type { Uploader } from '../contract.js';
import type { UploadWish } from './upload-opening.js';
import { WireRefusal } from './upload-refusals.js';

const CONTAINERS = ['video/webm', 'video/mp4', 'video/x-matroska', 'video/quicktime', 'video/3gpp'];
/** MP4 by another name, as Apple's programs call it. */
const ALSO_CALLED: Readonly<Record<string, string>> = { 'video/x-m4v': 'video/mp4' };
const CODECS = /^codecs="?[\w., -]{1,60}"?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What a creation asks for. A client that knows nothing of us (`filetype` aside) uploads a finished screen recording.
 * @throws Refusal
 */
export function readWish(headers: IncomingHttpHeaders): Omit<UploadWish, keyof Uploader> {
  const metadata = readMetadata(headers);
  return {
    declaredLength: readNewLength(headers),
    mediaType: mediaTypeOf(metadata.get('filetype') ?? ''),
    track: oneOf('track', metadata.get('track') ?? 'screen', ['screen', 'camera']),
    source: oneOf('source', metadata.get('source') ?? 'file', ['capture', 'file']),
    recordingId: recordingOf(metadata.get('recording')),
  };
}

/** What the client calls it is only a hint for players: the media worker looks for itself. */
function mediaTypeOf(filetype: string): string {
  const [container, ...parameters] = filetype.split(';').map((part) => part.trim());
  const called = container!.toLowerCase();
  const type = ALSO_CALLED[called] ?? called;
  if (!CONTAINERS.includes(type))
    throw new WireRefusal(415, 'MEDIA_TYPE_UNSUPPORTED', `The filetype must be one of: ${CONTAINERS.join(', ')}.`);
  return [type, ...parameters.filter((parameter) => CODECS.test(parameter))].join(';');
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  if (allowed.includes(value as T)) return value as T;
  refuse('METADATA_INVALID', `In Upload-Metadata, "${name}" must be one of: ${allowed.join(', ')}.`, 'invalid');
}

/** An id that cannot be one is answered like one that is not ours. */
function recordingOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  const id = value.toLowerCase();
  return UUID.test(id) ? id : refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
}
