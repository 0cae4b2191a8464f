import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { attach, openPlainBrowser } from '../support/plain-browser.js';

/** Sends whoever attaches to a socket that opens and then says nothing, the first time; afterwards to the browser. */
async function openReluctantDoor(browserPort: string): Promise<{ address: string; close(): void }> {
  const taken: Socket[] = [];
  let asked = 0;
  const server: Server = createServer(async (_, response) => {
    const real = await fetch(`http://127.0.0.1:${browserPort}/json/version`);
    const version = (await real.json()) as { webSocketDebuggerUrl: string };
    const silent = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/silent`;
    const told = asked++ === 0 ? { ...version, webSocketDebuggerUrl: silent } : version;
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(told));
  });
  server.on('upgrade', (_, socket) => taken.push(socket as Socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of taken) socket.destroy();
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

it('attaches anew to a browser whose first socket says nothing', async () => {
  const browser = await openPlainBrowser([]);
  const [port] = (await readFile(join(browser.profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const door = await openReluctantDoor(port!);
  try {
    const visit = await attach(door.address, 2000);
    expect(visit.contexts()).toHaveLength(1);
  } finally {
    door.close();
    await browser.close();
  }
}, 60_000);
