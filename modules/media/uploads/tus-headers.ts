import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from '#kernel/refusal.js';
import { CHECKSUM_ALGORITHMS } from './append-digest.js';
import { WireRefusal } from './upload-refusals.js';
import type { Upload } from './upload.js';

export const TUS_VERSION = '1.0.0';
const EXTENSIONS = 'creation,creation-with-upload,creation-defer-length,checksum,termination,expiration';
export const APPEND_TYPE = 'application/offset+octet-stream';
const MOST_METADATA = 4096;

/** @throws Refusal 412: the client speaks another version of tus, or none */
export function refuseOtherVersions(headers: IncomingHttpHeaders): void {
  if (headers['tus-resumable'] !== TUS_VERSION)
    refuse('TUS_VERSION_UNSUPPORTED', 'This address speaks tus 1.0.0; say so in Tus-Resumable.', 'stale');
}

export function hasAppendType(request: IncomingMessage): boolean {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase() === APPEND_TYPE;
}

/** @throws WireRefusal 415 */
export function refuseOtherTypes(request: IncomingMessage): void {
  if (!hasAppendType(request))
    throw new WireRefusal(415, 'APPEND_TYPE_UNSUPPORTED', `An append must be sent as ${APPEND_TYPE}.`);
}

/** @throws Refusal when `Upload-Offset` is missing or not a number of bytes */
export function readOffset(headers: IncomingHttpHeaders): number {
  return (
    readBytes('Upload-Offset', headers['upload-offset']) ??
    refuse('OFFSET_MISSING', 'Upload-Offset is missing.', 'invalid')
  );
}

/** The declared length, or null when there is none (yet). @throws Refusal when it is no number of bytes */
export function readLength(headers: IncomingHttpHeaders): number | null {
  return readBytes('Upload-Length', headers['upload-length']);
}

/** For a new upload: its length, or null when the client says that it does not know yet. @throws Refusal when it says neither, both, or none at all */
export function readNewLength(headers: IncomingHttpHeaders): number | null {
  const length = readLength(headers);
  const deferred = headers['upload-defer-length'];
  if (deferred === undefined ? length === null : deferred !== '1' || length !== null)
    refuse('LENGTH_MISSING', 'Send either Upload-Length or "Upload-Defer-Length: 1".', 'invalid');
  if (length === 0)
    refuse('UPLOAD_EMPTY', 'This file is empty: there is nothing to upload. Choose another.', 'invalid');
  return length;
}

function readBytes(name: string, header: string | string[] | undefined): number | null {
  if (header === undefined) return null;
  if (!/^\d{1,15}$/.test(String(header))) refuse('HEADER_MALFORMED', `${name} must be a number of bytes.`, 'invalid');
  return Number(header);
}

/** `Upload-Metadata`: pairs of a key, in whatever case, and a base64 value; empty members are none, as in any list of HTTP. @throws Refusal when it cannot be read */
export function readMetadata(headers: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const header = String(headers['upload-metadata'] ?? '').trim();
  if (header.length > MOST_METADATA) malformedMetadata();
  const members = header.split(',').map((member) => member.trim());
  const pairs = members.filter(Boolean).map((member) => member.split(/ +/));
  if (pairs.some(({ length }) => length > 2)) malformedMetadata();
  return new Map(
    pairs.map(([key, value]) => [key!.toLowerCase(), Buffer.from(value ?? '', 'base64').toString('utf8')]),
  );
}

function malformedMetadata(): never {
  refuse('HEADER_MALFORMED', 'Upload-Metadata could not be read.', 'invalid');
}

/** What every answer to a tus client carries. */
export function setTusHeaders(response: ServerResponse): void {
  response.setHeader('Tus-Resumable', TUS_VERSION);
  response.setHeader('Cache-Control', 'no-store');
}

/** What `OPTIONS` tells. */
export function setCapabilities(response: ServerResponse): void {
  response.setHeader('Tus-Version', TUS_VERSION);
  response.setHeader('Tus-Extension', EXTENSIONS);
  response.setHeader('Tus-Checksum-Algorithm', CHECKSUM_ALGORITHMS);
}

/** Where an upload stands: how much is safe, how much there will be, until when. */
export function setUploadHeaders(response: ServerResponse, upload: Upload): void {
  setTusHeaders(response);
  response.setHeader('Upload-Offset', upload.offset);
  if (upload.status === 'open') response.setHeader('Upload-Expires', upload.expiresAt.toUTCString());
}

/** What `HEAD` adds. Of the metadata only what we use is kept: a file's name may be personal. */
export function setDescription(response: ServerResponse, upload: Upload): void {
  if (upload.declaredLength === null) response.setHeader('Upload-Defer-Length', '1');
  else response.setHeader('Upload-Length', upload.declaredLength);
  const metadata = { filetype: upload.mediaType, track: upload.track, source: upload.source };
  const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  response.setHeader('Upload-Metadata', pairs.join(','));
}
