import { eventually } from '../support/eventually.js';
import { WholeApp } from '../support/whole-app.js';

afterEach(() => jest.restoreAllMocks());

it.each([
  ['behind', -172_800_000, `"level":"warn".*"msg":"This machine's clock is 17\\d{4} s behind PostgreSQL's`],
  ['ahead of', 7_200_000, `"msg":"This machine's clock is 72\\d\\d s ahead of PostgreSQL's`],
])(
  'says at the start that the clock is %s the database’s',
  async (_, apartMs, said) => {
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + apartMs);
    const app = await WholeApp.start();
    await eventually(() => expect(app.log()).toMatch(new RegExp(said)));
    jest.restoreAllMocks();
    await app.stop();
  },
  60_000,
);

it('says nothing of clocks that go alike', async () => {
  const app = await WholeApp.start();
  await app.stranger().get('workspace');
  expect(app.log()).not.toContain('clock');
  await app.stop();
}, 60_000);
