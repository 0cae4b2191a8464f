import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** Where it leads, by way of this wire. */
  through(url: string): string;
  /** Breaks every connection there is; new ones work. */
  cut(): void;
  /**
   * Lets every connection stand, and passes nothing on any more: the other end has fallen silent.
   * @param which `all` takes new ones and is silent on them, too; otherwise new ones work
   */
  freeze(which?: 'all' | 'present'): void;
  /** Passes on again what was held back. */
  thaw(): void;
  /** Breaks every connection and takes no more. */
  stop(): Promise<void>;
}

/** One connection, and the one it leads to; that one is not there where it came to a frozen wire. */
interface Line {
  readonly near: Socket;
  far?: Socket;
}

/**
 * A wire that can be cut: passes bytes on to another server until told not to.
 * @param at the port where it listens; absent, one where nobody does
 */
export async function startProxy(target: URL, at = 0): Promise<Proxy> {
  const lines = new Set<Line>();
  let frozen = false;
  const lead = (line: Line) => {
    const far = (line.far ??= connect(Number(target.port), target.hostname));
    for (const [socket, other] of [
      [line.near, far],
      [far, line.near],
    ] as const)
      // Twice after a thaw, which does nothing the second time.
      socket
        .on('error', () => undefined)
        .on('close', () => (lines.delete(line), other.destroy()))
        .pipe(other);
  };
  const server = createServer((near) => {
    const line: Line = { near: near.on('error', () => undefined).on('close', () => lines.delete(line)) };
    lines.add(line);
    if (!frozen) lead(line);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // Not resetAndDestroy(): with a shutdown pending it leaves Node 24 spinning for ever at its exit.
  const cut = () => lines.forEach(({ near, far }) => [near, far].forEach((socket) => socket?.destroy()));
  const freeze = (which: 'all' | 'present' = 'all') => {
    frozen = which === 'all';
    for (const { near, far } of lines) [near, far].forEach((socket) => socket?.unpipe().pause());
  };
  const thaw = () => {
    frozen = false;
    lines.forEach(lead);
  };
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    cut();
    await closed;
  };
  const through = (url: string) => url.replace(new URL(url).host, `127.0.0.1:${port}`);
  return { port, through, cut, freeze, thaw, stop };
}
