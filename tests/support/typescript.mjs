// Lets a plain Node process run our TypeScript from source, decorators and all, as Jest does:
//   node --conditions=source --import ./tests/support/typescript.mjs some/entry.ts
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import 'reflect-metadata';

const TESTS = new URL('..', import.meta.url).href;
const TYPESCRIPT = /\.ts(\?\d+)?$/;

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? '';
    const ours = /^\.{1,2}\/.*\.js$/.test(specifier) && TYPESCRIPT.test(parent);
    const conditions = [...context.conditions, 'source']; // Jest loads its global setup without ours
    const found = next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions });
    // A test file loads anew what belongs to the tests, since it registers hooks and holds servers for that file alone.
    const [file] = found.url.startsWith(TESTS) ? (/\?\d+$/.exec(parent) ?? []) : [];
    return file && TYPESCRIPT.test(found.url) ? { ...found, url: found.url + file } : found;
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !TYPESCRIPT.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, swcrc: true, sourceMaps: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
