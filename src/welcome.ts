import type { Config } from '#platform/config/config.js';
import type { DemoWorkspace } from './demo-workspace.js';

/** Tells the person at the terminal where to go. The log is for machines; this is not part of it. */
export function sayReady(config: Config, demo: DemoWorkspace | null): void {
  const url = config.publicUrl;
  const lines = ['', `  Screendesk is ready${config.runsWeb ? `: ${url}` : ' (worker)'}`, ''];
  if (demo) {
    lines.push(`  A demo workspace was made for you. Sign in at ${url}/login with`);
    for (const { role, email, password } of demo.members) lines.push(`    ${role.padEnd(6)} ${email}   ${password}`);
    lines.push(`  The same is written to ${demo.file}`, '');
  }
  if (config.runsWeb)
    lines.push(`  Library      ${url}/`, `  Widget       ${url}/widget`, `  API          ${url}/api/openapi.json`, '');
  process.stdout.write(`${lines.join('\n')}\n`);
}
