// Lets a plain Node process run our TypeScript from source, decorators and all, as Jest does:
//   node --conditions=source --import ./tests/support/typescript.mjs some/entry.ts
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import 'reflect-metadata';

registerHooks({
  resolve(specifier, context, next) {
    const ours = /^\.{1,2}\/.*\.js$/.test(specifier) && /\.ts$/.test(context.parentURL ?? '');
    const conditions = [...context.conditions, 'source']; // Jest loads its global setup without ours
    return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions });
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, swcrc: true, sourceMaps: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
