import { createServer, type AddressInfo } from 'node:net';
import { lockDirectory } from './directory-lock.js';
import { findBinaries } from './postgres-binaries.js';
import { PostgresCluster } from './postgres-cluster.js';
import { makeFolder } from '#platform/files/make-folder.js';

export interface EmbeddedPostgres {
  /** A connection string on the loopback interface. */
  readonly url: string;
  stop(): Promise<void>;
}

/** How soon a server that died is missed. */
const LOOK_EVERY_MS = 1000;

/**
 * Starts the PostgreSQL that npm brought along on a data directory of its own. The server is a daemon (pg_ctl), so that
 * Ctrl-C or the death of this process never cuts it off in mid-write; one left behind by a killed process is stopped
 * and started anew. If it dies itself it is started again on the same port, and recovers what was committed.
 * @throws StartProblem when another process works on this directory
 */
export async function startEmbeddedPostgres(
  directory: string,
  settings: readonly string[] = [],
): Promise<EmbeddedPostgres> {
  const running = new AsyncDisposableStack();
  try {
    await makeFolder(directory, "The embedded database's folder");
    running.adopt(await lockDirectory(directory), (lock) => lock.release());
    const cluster = await PostgresCluster.open(directory, await findBinaries());
    await cluster.stop();
    const port = await freePort();
    const local = [`-c port=${port}`, '-c listen_addresses=127.0.0.1', '-c unix_socket_directories='];
    const options = [...local, ...settings].join(' ');
    running.defer(() => cluster.stop());
    await cluster.start(options);
    running.defer(keepRunning(cluster, options));
    const url = `postgres://screendesk:${cluster.password}@127.0.0.1:${port}/postgres`;
    return { url, stop: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync().catch(() => undefined); // why it did not start is what matters
    throw error;
  }
}

/** @returns what ends it, after a restart in hand has finished */
function keepRunning(cluster: PostgresCluster, options: string): () => Promise<void> {
  let looking = Promise.resolve();
  const look = async () => {
    if (!(await cluster.isRunning())) await cluster.start(options);
  };
  const timer = setInterval(() => {
    // A start that fails (the dead server's children may linger for a moment) is tried again at the next look.
    looking = looking.then(look).catch(() => undefined);
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
