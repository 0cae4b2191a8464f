/** A disk that is full or over its quota, was made read-only, or whose server is away. */
const PASSING = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN']);

/** Whether a file could not be read or written for something that passes without anybody's changing the work. */
export function isDiskTrouble(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && PASSING.has(code);
}
