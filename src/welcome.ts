import type { Config } from '#platform/config/config.js';
import type { DemoWorkspace } from './demo-workspace.js';

/** Tells the person at the terminal where to go. The log is for machines; this is not part of it. */
export function sayReady(config: Config, demo: DemoWorkspace | null): void {
  process.stdout.write(welcome(config, demo, process.stdout.isTTY));
}

/** @param toTerminal whether a person reads it: what goes anywhere else is kept, and must hold no password */
export function welcome({ publicUrl: url, runsWeb }: Config, demo: DemoWorkspace | null, toTerminal: boolean): string {
  const lines = ['', `  Screendesk is ready${runsWeb ? `: ${url}` : ' (worker)'}`, ''];
  if (demo) lines.push(...credentials(url, demo, toTerminal));
  if (runsWeb)
    lines.push(`  Library      ${url}/`, `  Widget       ${url}/widget`, `  API          ${url}/api/openapi.json`, '');
  return `${lines.join('\n')}\n`;
}

function credentials(url: string, { members, file }: DemoWorkspace, toTerminal: boolean): string[] {
  if (!toTerminal)
    return [`  A demo workspace was made for you. Sign in at ${url}/login with what is written in`, `    ${file}`, ''];
  return [
    `  A demo workspace was made for you. Sign in at ${url}/login with`,
    ...members.map(({ role, email, password }) => `    ${role.padEnd(6)} ${email}   ${password}`),
    `  The same is written to ${file}`,
    '',
  ];
}
