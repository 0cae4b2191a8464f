import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Radosgw {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): Promise<void>;
}

/** Whether Debian's `ceph-mon`, `ceph-osd`, `radosgw` and `ceph-common` are here. */
export function radosgwInstalled(): boolean {
  return ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph', 'monmaptool'].every((name) =>
    existsSync(`/usr/bin/${name}`),
  );
}

/** A real S3 server: one Ceph monitor, one store in memory and the gateway, on free loopback ports. Up in about 12 s. */
export async function startRadosgw(): Promise<Radosgw> {
  const directory = await mkdtemp(join(tmpdir(), 'radosgw-'));
  const children: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(children.reverse().map(kill));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const [monPort, port] = [await freePort(), await freePort()];
    const conf = await writeConf(directory, monPort, port);
    const daemon = (name: string, ...args: string[]) => children.push(startDaemon(directory, conf, name, args));
    await startCluster(directory, conf, monPort, daemon);
    const user = ['user', 'create', '--uid=test', '--display-name=test', '--access-key=test', '--secret-key=secret'];
    await run('radosgw-admin', ['-c', conf, ...user], { timeout: 60_000 });
    daemon('radosgw', '-n', 'client.rgw');
    const endpoint = `http://127.0.0.1:${port}`;
    await until('radosgw', directory, () => fetch(endpoint).then((response) => response.ok));
    return { endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'secret' }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Daemon = (name: string, ...args: string[]) => void;

async function startCluster(directory: string, conf: string, monPort: number, daemon: Daemon): Promise<void> {
  const monmap = join(directory, 'monmap');
  await run('monmaptool', [
    '--create',
    '--fsid',
    await fsidOf(conf),
    '--addv',
    'a',
    `[v2:127.0.0.1:${monPort}]`,
    monmap,
  ]);
  await run('ceph-mon', ['-c', conf, '--mkfs', '-i', 'a', '--monmap', monmap]);
  daemon('ceph-mon', '-i', 'a');
  const ceph = (...args: string[]) => run('ceph', ['-c', conf, '--connect-timeout', '20', ...args]);
  const osd = randomUUID();
  await ceph('osd', 'new', osd);
  await run('ceph-osd', ['-c', conf, '-i', '0', '--mkfs', '--osd-uuid', osd]);
  daemon('ceph-osd', '-i', '0');
  await until('ceph-osd', directory, async () => (await ceph('osd', 'stat')).stdout.includes('1 up'));
}

/** Foreground, and dead as soon as this process is: nothing is left behind by a killed test run. */
function startDaemon(directory: string, conf: string, name: string, args: readonly string[]): ChildProcess {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', name, '-c', conf, '-f', ...args], {
    cwd: directory,
    stdio: 'ignore',
  });
  child.on('error', () => undefined);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function writeConf(directory: string, monPort: number, port: number): Promise<string> {
  for (const name of ['mon', 'osd']) await mkdir(join(directory, name));
  const conf = join(directory, 'ceph.conf');
  const settings = {
    fsid: randomUUID(),
    mon_initial_members: 'a',
    mon_host: `[v2:127.0.0.1:${monPort}]`,
    mon_data: join(directory, 'mon'),
    osd_data: join(directory, 'osd'),
    run_dir: directory,
    admin_socket: `${directory}/$name.asok`,
    log_file: `${directory}/$name.log`,
    public_addr: '127.0.0.1',
    auth_cluster_required: 'none',
    auth_service_required: 'none',
    auth_client_required: 'none',
    // Without authentication there is no key to encrypt connections with, which the gateway would insist on.
    ms_mon_client_mode: 'crc',
    mon_allow_pool_size_one: true,
    osd_objectstore: 'memstore',
    memstore_device_bytes: 2 * 1024 ** 3,
    osd_pool_default_size: 1,
    osd_pool_default_min_size: 1,
    osd_pool_default_pg_num: 1,
    osd_pool_default_pg_autoscale_mode: 'off',
    osd_crush_chooseleaf_type: 0,
    rgw_frontends: `beast endpoint=127.0.0.1:${port}`,
    rgw_thread_pool_size: 32,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  await writeFile(conf, ['[global]', ...lines, ''].join('\n'));
  return conf;
}

async function fsidOf(conf: string): Promise<string> {
  return /fsid = (\S+)/.exec(await readFile(conf, 'utf8'))![1]!;
}

async function until(name: string, directory: string, ready: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await ready().catch(() => false));) {
    if (Date.now() > deadline) throw new Error(`${name} did not come up in a minute:\n${await logs(directory)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function logs(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.log'));
  const tails = names.map(async (name) => [
    name,
    ...(await readFile(join(directory, name), 'utf8')).split('\n').slice(-8),
  ]);
  return (await Promise.all(tails)).flat().join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
