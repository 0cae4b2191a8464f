import { createHash } from 'node:crypto';
import { ApiClient, type Call } from './api-client.js';

/** One track as its upload stands. */
export interface SentTrack {
  readonly path: string;
  readonly uploadId: string;
  readonly recordingId: string;
  readonly bytes: Buffer;
}

interface TrackOptions {
  readonly track?: 'screen' | 'camera';
  /** Joins that recording. */
  readonly recording?: string;
  readonly mediaType?: string;
  /** A finished file of so many bytes, as a phone's own; otherwise it is being recorded. */
  readonly length?: number;
}

const TUS = { 'tus-resumable': '1.0.0' };
const APPEND = 10_000;
const CONSENT = { textSha256: 'a'.repeat(64), version: '1', locale: 'en', scope: ['screen', 'microphone'] };

/** The beginning of a JPEG of that size, as far as anybody here looks. */
export function jpeg(width = 64, height = 48): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from('ffd8ffe0000400ff', 'hex'), frame, Buffer.from('ffd9', 'hex')]);
}

/** The holder of an opened link, as the recorder's page acts for them. */
export class CustomerClient {
  private constructor(
    readonly api: ApiClient,
    /** What opening the link answered. */
    readonly view: any,
  ) {}

  static async open(stranger: ApiClient, code: string): Promise<CustomerClient> {
    const { body } = await stranger.post('links/open', { code }).expect(200);
    return CustomerClient.holding(stranger, body.token, body);
  }

  /** Somebody with a token, wherever it came from. */
  static holding(stranger: ApiClient, token: string, view: unknown = null): CustomerClient {
    return new CustomerClient(stranger.with({ authorization: `Bearer ${token}` }), view);
  }

  get token(): string {
    return this.api.headers.authorization!.slice('Bearer '.length);
  }

  /** The first press on the page. */
  here(): Call {
    return this.api.post('customer/here');
  }

  decline(): Call {
    return this.api.post('customer/decline', {});
  }

  consent(): Call {
    return this.api.post('customer/consent', CONSENT);
  }

  createUpload({ track = 'screen', recording, mediaType = 'video/webm', length }: TrackOptions = {}): Call {
    const pairs = { filetype: mediaType, track, source: length ? 'file' : 'capture', ...(recording && { recording }) };
    const metadata = Object.entries(pairs).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
    const [sized, size] = length ? ['upload-length', String(length)] : ['upload-defer-length', '1'];
    const headers = { ...TUS, [sized]: size, 'upload-metadata': metadata.join(',') };
    return this.api.post('/uploads', undefined, headers);
  }

  append(path: string, offset: number, bytes: Buffer, further: Readonly<Record<string, string>> = {}): Call {
    const type = 'application/offset+octet-stream';
    return this.api.patch(path, bytes, { ...TUS, 'content-type': type, 'upload-offset': String(offset), ...further });
  }

  terminate(path: string): Call {
    return this.api.delete(path, TUS);
  }

  /** Uploads all of a track, in appends as the recorder makes them. Consent must have been given. */
  async upload(bytes: Buffer, options: TrackOptions = {}): Promise<SentTrack> {
    const { headers } = await this.createUpload(options).expect(201);
    const path = new URL(headers.get('location')!, this.api.url).pathname;
    for (let offset = 0; offset < bytes.length; offset += APPEND)
      await this.append(path, offset, bytes.subarray(offset, offset + APPEND)).expect(204);
    return { path, uploadId: path.split('/')[2]!, recordingId: headers.get('upload-recording')!, bytes };
  }

  submit(recordingId: string, tracks: readonly SentTrack[], said: object = {}): Call {
    const uploads = tracks.map(({ uploadId, bytes }) => ({ uploadId, bytes: bytes.length, sha256: sha256(bytes) }));
    const whole = { durationMs: 1000, width: 64, height: 48, trim: null, uploads, ...said };
    return this.api.post(`customer/recordings/${recordingId}/submit`, whole);
  }

  discard(recordingId: string): Call {
    return this.api.post(`customer/recordings/${recordingId}/discard`);
  }

  stay(recordingId: string): Call {
    return this.api.post(`customer/recordings/${recordingId}/stay`);
  }

  putPoster(recordingId: string, picture = jpeg()): Call {
    return this.api.put(`customer/recordings/${recordingId}/poster`, picture, { 'content-type': 'image/jpeg' });
  }

  /** Everything a willing customer does, up to Send. @returns the recording's id */
  async record(bytes: Buffer, said: object = {}): Promise<string> {
    await this.consent().expect(204);
    const screen = await this.upload(bytes);
    await this.submit(screen.recordingId, [screen], said).expect(200);
    return screen.recordingId;
  }
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
