import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** Stands between a client and its server, so that a test can cut the wires. */
export class BreakableProxy {
  private readonly sockets = new Set<Socket>();
  private readonly server;

  constructor(host: string, port: number) {
    this.server = createServer((inward) => {
      const outward = connect(port, host);
      for (const [socket, other] of [
        [inward, outward],
        [outward, inward],
      ] as const) {
        this.sockets.add(socket.setNoDelay(true));
        socket.pipe(other).on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
      }
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** The lines there are stay open and carry nothing any more. */
  freeze(): void {
    for (const socket of this.sockets) socket.unpipe().removeAllListeners('data').resume();
  }

  close(): void {
    this.cut();
    this.server.close();
  }
}
