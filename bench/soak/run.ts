/**
 * `npm run soak` takes each part of an installation away, killed and then frozen, ten minutes each, while recordings go
 * on; `npm run soak -- --minutes 1 --parts postgres,s3` less. Ends with 0 when everything came right by itself.
 */
import { parseArgs } from 'node:util';
import { expect } from 'expect';
import { type Part, PARTS } from './installation.js';
import { soak } from './soak.js';

Object.assign(globalThis, { expect }); // what is borrowed from the tests asserts by it

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    parts: { type: 'string', default: PARTS.join() },
    every: { type: 'string', default: '10' },
  },
});
const parts = values.parts.split(',').filter((name): name is Part => PARTS.includes(name as Part));
const seconds = Number(values.minutes) * 60;
if (!(seconds > 0) || !(Number(values.every) > 0) || !parts.length)
  throw new Error(`npm run soak -- --minutes N --parts ${PARTS.join()} --every SECONDS`);

const report = await soak({
  parts,
  killedSeconds: seconds,
  frozenSeconds: seconds,
  calmSeconds: Math.min(60, seconds),
  everySeconds: Number(values.every),
  settleSeconds: 300,
  say: (line) => console.log(`… ${new Date().toISOString()} ${line}`),
});
console.table(report.outages);
console.table([{ begun: report.begun, sent: report.sent, ready: report.ready, faults: report.faults.length }]);
for (const fault of report.faults) console.error(fault);
process.exitCode = report.faults.length ? 1 : 0;
