import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { encodeLinkCode } from '#modules/recording/links/link-code.js';
import type { Answer } from '../../support/api-client.js';
import { tablesWith, wordsIn } from '../../support/leaks.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

let app: WholeApp;
let acme: TestWorkspace;
beforeAll(async () => {
  app = await WholeApp.start({ TRUST_PROXY: '1' });
  acme = await app.workspace();
});
afterAll(() => app?.stop());

const codeOf = (link: string) => link.split('/r/')[1]!;
const asked = async () => {
  const { body, headers } = await acme.admin.post('recording-requests', { message: 'Hello' }).expect(201);
  const { id, link } = body as { id: string; link: string };
  await acme.admin.get(`recording-requests/${id}?after=${headers.get('screendesk-after')}`).expect(200);
  return { id, code: codeOf(link) };
};
/** Opens a code from some address, as the reverse proxy in front reports it. */
const open = (code: unknown, address = '198.51.100.1') =>
  app.stranger({ 'x-forwarded-for': address }).post('links/open', { code });
const guess = () => encodeLinkCode(randomBytes(16));
const anywhere = () => [...randomBytes(4)].join('.');
const problem = ({ body, status }: Answer) => ({ status, ...body, correlationId: null });

describe('a link', () => {
  it('shows who asks, what for and what will happen', async () => {
    const { id, code } = await asked();
    const { body } = await open(code).expect(200);
    expect(body).toMatchObject({
      requestId: id,
      status: 'sent',
      workspace: { name: 'Acme' },
      agentFirstName: 'Ada',
      message: 'Hello',
      abandonedPolicy: expect.any(String) as string,
      resumable: [],
    });
    expect(JSON.stringify(body)).not.toContain('Lovelace');
  });

  it('leads to its own request only, however many come in at once', async () => {
    const requests = await Promise.all(Array.from({ length: 12 }, asked));
    const codes = requests.flatMap(({ code }) => [code, guess(), code]);
    const answers = await Promise.all(codes.map((code) => open(code, anywhere())));
    expect(answers.map(({ body }) => (body as { requestId?: string }).requestId ?? null)).toEqual(
      requests.flatMap(({ id }) => [id, null, id]),
    );
  });

  it('survives what mail programs and people do to it', async () => {
    const { code } = await asked();
    await open(` ${code.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'L')}\n`).expect(200);
    await open(code.replace(/(.{5})/g, '$1-')).expect(200);
    for (const tail of ['.', ',', ').', '%3E', '”', '/', '.Thanks', '?utm=1']) await open(code + tail).expect(200);
  });

  it('is not guessed from less than all of it', async () => {
    const { code } = await asked();
    for (const not of [`${code}x`, code.slice(1), `.${code}`, `${code.slice(0, 9)}.${code.slice(9)}`, '.', 'undefined'])
      await open(not).expect(404, 'LINK_UNKNOWN');
  });

  it('says what became of it: used, with a receipt', async () => {
    const { code } = await asked();
    const customer = await app.customer(`/r/${code}`);
    const recordingId = await customer.record(Buffer.from('bytes'));
    const { body } = await open(code).expect(410, 'LINK_USED');
    expect(body.reference).toBe(recordingId.slice(0, 8).toUpperCase());
    expect(Date.now() - Date.parse(body.receivedAt)).toBeLessThan(60_000);
    expect(body).not.toHaveProperty('message');
  });

  it('says what became of it: cancelled, replaced, expired, unknown, no code at all', async () => {
    const [cancelled, replaced] = [await asked(), await asked()];
    await acme.admin.post(`recording-requests/${cancelled.id}/cancel`).expect(204);
    await acme.admin.post(`recording-requests/${replaced.id}/remind`).expect(200);
    const answers = [
      await open(cancelled.code).expect(410, 'LINK_CANCELLED'),
      await open(replaced.code).expect(410, 'LINK_REPLACED'),
      await open(guess(), anywhere()).expect(404, 'LINK_UNKNOWN'),
      await open('no code', anywhere()).expect(404, 'LINK_UNKNOWN'),
      await open('', anywhere()).expect(404, 'LINK_UNKNOWN'),
      await open(['a'], anywhere()).expect(400, 'INPUT_INVALID'),
      await open('x'.repeat(65), anywhere()).expect(400, 'INPUT_INVALID'),
      await app.stranger().post('links/open').expect(400, 'INPUT_INVALID'),
    ];
    for (const { body } of answers) expect(body.detail).toMatch(/^[A-Z].*\.$/);
    expect(problem(answers[2]!)).toEqual(problem(answers[3]!));
  });
});

describe('guessing', () => {
  it('is told that it is wrong, and refuses no right one at the same address', async () => {
    const { code } = await asked();
    const office = Array.from({ length: 100 }, () => open(code, '203.0.113.7'));
    const wrong = Array.from({ length: 60 }, () => open(guess(), '203.0.113.7'));
    expect(new Set((await Promise.all(office)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set((await Promise.all(wrong)).map(({ status }) => status))).toEqual(new Set([404]));
  });

  it('costs those who hold a link nothing, however often they reload', async () => {
    const { code } = await asked();
    for (let i = 0; i < 30; i++) await open(code, '203.0.113.9').expect(200);
  });

  it('is not what somebody does whose code cannot be looked up', async () => {
    const { code } = await asked();
    await app.database.pool.query('ALTER TABLE recording.link RENAME TO link_away');
    try {
      for (let i = 0; i < 21; i++) await open(code, '203.0.113.10').expect(500);
    } finally {
      await app.database.pool.query('ALTER TABLE recording.link_away RENAME TO link');
    }
    await open(code, '203.0.113.10').expect(200);
  });

  it('ten thousand times finds nothing, tells nothing, leaves nothing and fills no memory', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const used = () => (gc(), process.memoryUsage().heapUsed);
    const tried: string[] = [];
    const attack = async (count: number) => {
      const answers = await Promise.all(
        Array.from({ length: count }, (_, i) => {
          tried.push(guess());
          // Half from one place, half from everywhere.
          return open(tried.at(-1), i % 2 ? '203.0.113.50' : anywhere());
        }),
      );
      return new Set(answers.map((answer) => `${answer.status} ${Object.keys(answer.body).sort().join()}`));
    };
    const told = await attack(500);
    const before = used();
    for (let round = 0; round < 19; round++) for (const one of await attack(500)) told.add(one);
    expect(used() - before).toBeLessThan(25_000_000);
    expect([...told]).toEqual(['404 code,correlationId,detail,status,title,type']);
    expect(wordsIn(app.log(), tried.slice(0, 50))).toEqual([]);
    expect(await tablesWith(app.database.pool, tried.slice(0, 20))).toEqual([]);
  }, 180_000);
});

it('the code of a link lies nowhere: not in a table, not in an event, not in a log', async () => {
  const { id, code } = await asked();
  const { body } = await acme.admin.post(`recording-requests/${id}/remind`).expect(200);
  const codes = [code, codeOf(body.link)];
  for (const one of codes) await open(one);
  await app.stranger({ accept: 'text/html' }).get(`/r/${codes[1]}`).expect(200);
  await app.stranger({ accept: 'text/html' }).get(`/r/${codes[1]}/more?code=${codes[1]}`);
  expect(await tablesWith(app.database.pool, codes)).toEqual([]);
  expect(wordsIn(app.log(), codes)).toEqual([]);
  expect(app.log()).toContain('links/open');
});
