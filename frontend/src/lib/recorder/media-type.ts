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
