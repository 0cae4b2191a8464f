import { soak } from '../../bench/soak/soak.js';

/** `npm run soak` in a minute: the same for seconds instead of ten minutes, without the S3 server, whose start costs as much. */
it('comes right by itself, whichever part is killed or frozen while people record', async () => {
  const report = await soak({
    parts: ['postgres', 'redis', 'event-store', 'worker'],
    ...{ killedSeconds: 4, frozenSeconds: 5, calmSeconds: 3, everySeconds: 4, settleSeconds: 120 },
    say: () => undefined,
  });
  expect(report.faults).toEqual([]);
  expect(report.sent).toBe(report.begun);
  expect(report.ready).toBe(report.begun);
  expect(report.outages.some(({ unavailable, unanswered }) => unavailable + unanswered > 0)).toBe(true);
}, 540_000);
