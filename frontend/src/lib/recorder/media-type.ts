const TYPES = new Map([
  ['mp4', 'video/mp4'],
  ['m4v', 'video/mp4'],
  ['mov', 'video/quicktime'],
  ['webm', 'video/webm'],
  ['mkv', 'video/x-matroska'],
  ['3gp', 'video/3gpp'],
]);

/** What kind of video a file is, by its own word or by its name; null when it is none that the server takes. */
export function mediaTypeOf({ type, name }: Pick<File, 'type' | 'name'>): string | null {
  const known = [...TYPES.values()];
  if (known.includes(type)) return type;
  return TYPES.get(name.toLowerCase().split('.').at(-1)!) ?? null;
}

/** How videos begin: the boxes of MP4 and QuickTime, Matroska and WebM, AVI, Ogg, ASF, Flash, and streams of MPEG. */
const BOXES = new Set(['ftyp', 'styp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);
const BEGINNINGS = ['\x1aE\xdf\xa3', 'RIFF', 'OggS', '\x30\x26\xb2\x75', 'FLV', '\x47', '\0\0\x01\xba', '\0\0\x01\xb3'];

/** Why a file cannot be sent, as far as its name and its first bytes tell; better before it is uploaded than after. */
export async function whatIsWrongWith(file: File): Promise<'file.not_video' | 'file.empty' | 'file.unreadable' | null> {
  if (!mediaTypeOf(file)) return 'file.not_video';
  if (file.size === 0) return 'file.empty';
  try {
    const begins = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
    const known = BOXES.has(begins.slice(4, 8)) || BEGINNINGS.some((beginning) => begins.startsWith(beginning));
    return known ? null : 'file.not_video';
  } catch {
    return 'file.unreadable';
  }
}
