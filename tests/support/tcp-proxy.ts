import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** Breaks every connection there is; new ones work. */
  cut(): void;
  /** Lets every connection stand, takes new ones, and passes nothing on any more: the other end has fallen silent. */
  freeze(): void;
  /** Breaks every connection and takes no more. */
  stop(): Promise<void>;
}

/** A wire that can be cut: passes bytes on to another server until told not to. */
export async function startProxy(target: URL): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((near) => {
    if (frozen) return void sockets.add(near.on('error', () => undefined));
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (sockets.delete(socket), other.destroy()));
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Not resetAndDestroy(): with a shutdown pending it leaves Node 24 spinning for ever at its exit.
  const cut = () => sockets.forEach((socket) => socket.destroy());
  const freeze = () => {
    frozen = true;
    for (const socket of sockets) socket.unpipe().pause();
  };
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    cut();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, cut, freeze, stop };
}
