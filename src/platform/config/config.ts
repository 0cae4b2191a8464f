import { join, resolve } from 'node:path';
import { SETTINGS, type SettingName } from './settings.js';
import { StartProblem } from './start-problem.js';

type Values = { readonly [N in SettingName]: ReturnType<(typeof SETTINGS)[N]['parse']> };

/**
 * The whole configuration of one process, validated. Made once by {@link readConfig} and injected; nothing else reads
 * the environment, so that one process can host several cells.
 */
export class Config {
  constructor(readonly values: Values) {}

  get dataDir(): string {
    return resolve(this.values.DATA_DIR);
  }

  /** Beside the data, never inside: whoever copies the data directory must not get the keys with it. */
  get keyFile(): string {
    return this.values.KEY_FILE ? resolve(this.values.KEY_FILE) : `${this.dataDir}.keys.json`;
  }

  /** The address people open, without a trailing slash. */
  get publicUrl(): string {
    return (this.values.PUBLIC_URL || `http://localhost:${this.values.PORT}`).replace(/\/+$/, '');
  }

  /** Where recordings lie when they lie in no bucket; often a disk of its own. */
  get objectsDir(): string {
    return join(this.dataDir, 'objects');
  }

  get tempDir(): string {
    return join(this.dataDir, 'tmp');
  }

  get runsWeb(): boolean {
    return this.values.ROLE !== 'worker';
  }

  get runsWorker(): boolean {
    return this.values.ROLE !== 'web';
  }
}

/** @throws Error with one sentence per wrong setting, naming it and what it expects. Values are not repeated: they may be secrets. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    try {
      values[name] = setting.parse(environment[name]?.trim() || setting.fallback);
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
    }
  }
  const config = new Config(values as unknown as Values);
  if (!problems.length) problems.push(...contradictions(config));
  if (problems.length) throw new ConfigProblem(problems);
  return config;
}

export class ConfigProblem extends StartProblem {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigProblem';
  }
}

function contradictions({ values, publicUrl }: Config): string[] {
  const problems: string[] = [];
  if (values.EVENT_STORE === 'eventstoredb' && !values.EVENTSTORE_URL)
    problems.push('EVENTSTORE_URL must be set when EVENT_STORE is "eventstoredb"');
  if (values.ROLE !== 'all' && !values.DATABASE_URL)
    problems.push('DATABASE_URL must be set when ROLE is not "all": the embedded PostgreSQL serves one process');
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    problems.push(
      'PUBLIC_URL must be https: browsers allow screen recording and safe cookies only there (http is for localhost)',
    );
  return problems;
}
