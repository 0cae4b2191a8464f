import { readFile } from 'node:fs/promises';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { SETTINGS } from '#platform/config/settings.js';
import { readConfig } from '#platform/config/config.js';

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: unknown;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

/** Read by the AWS SDK, which alone knows the credentials of the storage. */
const AWS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const VARIABLE = /\$\{(\w+)(?::([?-])([^}]*))?\}/g;

const text = await readFile('docker-compose.yml', 'utf8');
const dockerfile = await readFile('Dockerfile', 'utf8');
// YAML 1.1, as Compose reads it, knows how to merge (<<).
const compose = load(text, { schema: YAML11_SCHEMA }) as Compose;
const product = ['web', 'worker'].map((name) => compose.services[name]!);

it('gives the product only settings that there are', () => {
  const known = new Set([...Object.keys(SETTINGS), ...AWS]);
  for (const { environment } of product)
    expect(Object.keys(environment!).filter((name) => !known.has(name))).toEqual([]);
  const image = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs]) => pairs!.split(' '));
  const names = image.map((pair) => pair.split('=')[0]!);
  expect(names.filter((name) => !known.has(name))).toEqual(['NODE_ENV']);
});

it('gives each tier a configuration that starts, once the secrets are there', () => {
  for (const { environment } of product) {
    const filled = Object.entries(environment!).map(([name, value]) => [name, fill(value)]);
    const config = readConfig(Object.fromEntries(filled) as Record<string, string>);
    expect(config.keyFile.startsWith(`${config.dataDir}/`)).toBe(false);
    expect(config.values.S3_FORCE_PATH_STYLE).toBe('true');
  }
  expect(product.map(({ environment }) => environment!.ROLE)).toEqual(['web', 'worker']);
});

it('has no default for a secret, and says in a sentence which one is missing', () => {
  const secrets = [...text.matchAll(VARIABLE)].filter(([, name]) => /PASSWORD|KEY/.test(name!));
  const refused = new Map(secrets.filter(([, , sign]) => sign === '?').map(([, name, , words]) => [name, words]));
  expect([...refused.keys()].sort()).toEqual(['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']);
  for (const [name, words] of refused) expect(words).toContain(`Set ${name} in .env`);
  expect(secrets.filter(([, name, sign]) => sign === '-' || !refused.has(name))).toEqual([]);
});

it('keeps the keys on a volume of their own, and every volume is declared', () => {
  const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((one) => one.split(':')));
  expect(new Set(mounted.map(([volume]) => volume))).toEqual(new Set(Object.keys(compose.volumes)));
  expect(new Set(mounted.filter(([, path]) => path === '/keys').map(([volume]) => volume))).toEqual(new Set(['keys']));
});

it('starts nothing before what it needs is healthy', () => {
  const needed = Object.values(compose.services).flatMap(({ depends_on = {} }) => Object.entries(depends_on));
  for (const [name, { condition }] of needed)
    if (condition === 'service_healthy') expect(compose.services[name]).toHaveProperty('healthcheck');
  expect(needed.length).toBeGreaterThan(0);
});

it('builds an image that holds nothing of this machine and does not run as root', async () => {
  const ignored = (await readFile('.dockerignore', 'utf8')).split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.env', 'data', '*.keys.json', 'node_modules', '.git']));
  expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM '));
});

function fill(value: string): string {
  return value.replace(VARIABLE, (_, _name, sign: string, words: string) => (sign === '-' ? words : 'Secret1'));
}
