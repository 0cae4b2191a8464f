import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigProblem, readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { exampleEnvironment, settingsTable } from '#platform/config/describe.js';
import { MOST_APPENDED_BYTES } from '#platform/event-store/append-rules.js';
import { defaultHttpSettings } from '#platform/http/http-settings.js';

const problemsOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as ConfigProblem).problems;
  }
  return [];
};

it('needs nothing at all', () => {
  const config = readConfig({});
  expect(config.publicUrl).toBe('http://localhost:3000');
  expect(config.keyFile).toBe(`${config.dataDir}.keys.json`);
});

it.each([
  [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535'],
  [{ PORT: '3e3' }, 'PORT must be a whole number'],
  [{ ROLE: 'both' }, 'ROLE must be one of: all, web, worker'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be an address beginning with postgres://'],
  [{ EVENT_STORE: 'eventstoredb' }, 'EVENTSTORE_URL must be set'],
  [{ EVENTSTORE_URL: 'esdb://' }, 'EVENTSTORE_URL must be an address like esdb://host:2113'],
  [{ EVENTSTORE_URL: 'http://a,b' }, 'EVENTSTORE_URL must be an address like esdb://host:2113'],
  [{ EVENTSTORE_PREFIX: 'a.b' }, 'EVENTSTORE_PREFIX must be'],
  [{ ROLE: 'worker' }, 'DATABASE_URL must be set'],
  [{ PUBLIC_URL: 'http://screendesk.example' }, 'PUBLIC_URL must be https'],
])('stops at %j with a sentence that names it', (environment, sentence) => {
  expect(problemsOf(environment)).toEqual([expect.stringContaining(sentence)]);
});

it.each([
  ['esdb://a:1,b:2,c:3?tls=false', 'esdb://a:1,b:2,c:3?tls=false'],
  ['esdb+discover://cluster.example:2113', 'esdb+discover://cluster.example:2113'],
  ['kurrentdb://user:secret@a,b:2114/?tls=true', 'esdb://user:secret@a,b:2114?tls=true'],
  ['kurrentdb+discover://cluster.example', 'esdb+discover://cluster.example'],
])('takes %s, which is no URL, as its client knows it', (address, known) => {
  const { values } = readConfig({ EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: address });
  expect(values.EVENTSTORE_URL).toBe(known);
});

it('lets no body of the API become more than one append holds', () => {
  // Escaped again and with what is written beside it, an event has less than three times its words.
  expect(defaultHttpSettings.maxJsonBytes * 3).toBeLessThan(MOST_APPENDED_BYTES);
});

it('names every wrong setting at once and repeats no value, which may be a secret', () => {
  const problems = problemsOf({ PORT: 'x', DATABASE_URL: 'mysql://user:hunter2@db', LOG_LEVEL: 'loud' });
  expect(problems).toHaveLength(3);
  expect(problems.join()).not.toContain('hunter2');
});

it('is documented as it is', async () => {
  expect(await readFile('docs/configuration.md', 'utf8')).toContain(settingsTable());
  expect(await readFile('.env.example', 'utf8')).toBe(exampleEnvironment());
});

describe('the file of settings', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'screendesk-env-'));
    file = join(directory, '.env');
  });
  afterEach(() => rm(directory, { recursive: true }));

  const read = async (environment: Record<string, string> = {}) => {
    await readEnvFile(file, environment);
    return environment;
  };

  it('need not be there', async () => expect(await read()).toEqual({}));

  it('is read from its first line, whatever mark an editor put before it, and gives way to the environment', async () => {
    await writeFile(file, '\uFEFFDATABASE_URL=postgres://db\r\nPORT=1\r\n');
    expect(await read({ PORT: '2' })).toEqual({ DATABASE_URL: 'postgres://db', PORT: '2' });
  });

  it('stops the start when it is there and cannot be read: without it another database would be served', async () => {
    await mkdir(file);
    await expect(read()).rejects.toThrow(StartProblem);
    await expect(read()).rejects.toThrow(/settings cannot be read: .*\.env \(EISDIR\)/);
  });
});
