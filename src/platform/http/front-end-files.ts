import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built front end, with what is known of it before anybody asks. */
export interface BuiltFile {
  /** Path below the build directory. */
  readonly file: string;
  readonly extension: string;
  /** Content codings for which a compressed copy lies beside it, best first. */
  readonly codings: readonly ('br' | 'gzip')[];
  /** Digest of the content: the same on every server, so that a client may ask any of them whether it changed. */
  readonly digest: string;
  /** The name changes with the content, so it can be cached for ever. */
  readonly immutable: boolean;
  /** For HTML: CSP sources of its inline scripts and styles. */
  readonly inline: { readonly scripts: readonly string[]; readonly styles: readonly string[] } | null;
}

const SUFFIX = { br: '.br', gzip: '.gz' } as const;

/** Where the compressed copy for a coding lies. */
export function compressedName(file: string, coding: 'br' | 'gzip'): string {
  return file + SUFFIX[coding];
}

/**
 * Reads the build once and maps each URL path to its file. Only what is in this map is ever served, so no path, however
 * encoded, leads out of the directory.
 */
export async function indexBuild(directory: string): Promise<Map<string, BuiltFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const all = new Set(names);
  const index = new Map<string, BuiltFile>();
  for (const name of names) {
    if (isCompressedCopy(name, all)) continue;
    const built = await describe(directory, name, all);
    for (const path of pathsOf(name)) index.set(path, built);
  }
  return index;
}

function isCompressedCopy(name: string, all: ReadonlySet<string>): boolean {
  return Object.values(SUFFIX).some((suffix) => name.endsWith(suffix) && all.has(name.slice(0, -suffix.length)));
}

async function describe(directory: string, file: string, all: ReadonlySet<string>): Promise<BuiltFile> {
  const extension = extname(file);
  const content = await readFile(join(directory, file));
  return {
    file,
    extension,
    codings: (['br', 'gzip'] as const).filter((coding) => all.has(compressedName(file, coding))),
    digest: createHash('sha256').update(content).digest('base64url').slice(0, 22),
    immutable: file.startsWith('_app/immutable/'),
    inline: extension === '.html' ? inlineHashes(content.toString('utf8')) : null,
  };
}

/** A page answers at its clean address too: `login.html` at `/login`, `index.html` at `/`. */
function pathsOf(name: string): string[] {
  if (!name.endsWith('.html')) return [`/${name}`];
  const clean = `/${name.slice(0, -'.html'.length)}`.replace(/(^|\/)index$/, '$1');
  return [
    `/${name}`,
    clean === '' ? '/' : clean,
    ...(clean.endsWith('/') && clean !== '/' ? [clean.slice(0, -1)] : []),
  ];
}

/** CSP sources (`'sha256-…'`) for the scripts and style sheets that are written into a page. */
export function inlineHashes(html: string): { scripts: string[]; styles: string[] } {
  return {
    scripts: hashesOf(html, /<script\b([^>]*)>([\s\S]*?)<\/script>/gi),
    styles: hashesOf(html, /<style\b([^>]*)>([\s\S]*?)<\/style>/gi),
  };
}

function hashesOf(html: string, element: RegExp): string[] {
  const inline = [...html.matchAll(element)].filter(([, attributes]) => !/\bsrc\s*=/i.test(attributes!));
  return inline.map(([, , content]) => `'sha256-${createHash('sha256').update(content!).digest('base64')}'`);
}
