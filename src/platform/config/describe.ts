import { SETTINGS } from './settings.js';

/** The table of docs/configuration.md, made from the settings so that it cannot be wrong. */
export function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(([name, { fallback, about }]) => {
    const value = fallback === '' ? '' : `\`${fallback}\``;
    return `| \`${name}\` | ${value} | ${about} |`;
  });
  return ['| Setting | Default | What it does |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The text of `.env.example`: every setting with its default, commented out. */
export function exampleEnvironment(): string {
  const lines = Object.entries(SETTINGS).map(([name, { fallback, about }]) => `# ${about}\n# ${name}=${fallback}\n`);
  return `# Every setting and its default. Copy to .env and change what you need; see docs/configuration.md.\n\n${lines.join('\n')}`;
}
