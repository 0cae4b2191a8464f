import type { ServerResponse } from 'node:http';
import type { RequestView } from '../../frontend/src/lib/api/types.js';
import { PageStandIn } from './page-stand-in.js';
import { aRequest } from './views.js';

let page: PageStandIn;
let actions: typeof import('../../frontend/src/lib/agent/request/request-actions.js');
let links: (typeof import('../../frontend/src/lib/agent/request/links.svelte.js'))['links'];
let asShown: (typeof import('../../frontend/src/lib/agent/request/cancellations.svelte.js'))['asShown'];
let toasts: (typeof import('../../frontend/src/lib/agent/toasts.svelte.js'))['toasts'];
let AdminList: (typeof import('../../frontend/src/lib/agent/admin-list.svelte.js'))['AdminList'];

beforeAll(async () => {
  page = await PageStandIn.open();
  actions = await import('../../frontend/src/lib/agent/request/request-actions.js');
  ({ links } = await import('../../frontend/src/lib/agent/request/links.svelte.js'));
  ({ asShown } = await import('../../frontend/src/lib/agent/request/cancellations.svelte.js'));
  ({ toasts } = await import('../../frontend/src/lib/agent/toasts.svelte.js'));
  ({ AdminList } = await import('../../frontend/src/lib/agent/admin-list.svelte.js'));
});
afterAll(() => page.close());
beforeEach(() => {
  asked.length = 0;
  page.copied = null;
  links.forget('req-1');
});
afterEach(() => toasts.shown.forEach(({ id }) => toasts.dismiss(id)));

const asked: { key: string | undefined; response: ServerResponse }[] = [];
const seconds = (n: number) => `2026-11-25T11:00:0${n}.000Z`;
/** The request after its n-th link, which is the n-th event here. */
const withLink = (n: number) => ({ ...aRequest({ version: n, expiresAt: seconds(n) }), link: `https://x/r/${n}` });
const answers = (...each: ((response: ServerResponse) => void)[]) => {
  page.answer = (request, response) => {
    asked.push({ key: request.headers['idempotency-key'] as string, response });
    each[asked.length - 1]?.(response);
  };
};
const answer = (status: number, body: object) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const lost = (response: ServerResponse) => void response.destroy();
const lastWords = () => toasts.shown.at(-1)?.words;

describe('a link at hand', () => {
  it.each<[string, Partial<RequestView>, string | null]>([
    ['stays while the customer opens it', { version: 3, expiresAt: seconds(2), status: 'opened' }, 'https://x/r/2'],
    ['stays while a list is older than it', { version: 1, expiresAt: seconds(1) }, 'https://x/r/2'],
    ['is none once somebody else has made a newer one', { version: 3, expiresAt: seconds(3) }, null],
    ['is none of another request', { id: 'req-2', version: 2, expiresAt: seconds(2) }, null],
  ])('%s', (_, changes, link) => {
    links.keep(withLink(2));
    expect(links.of(aRequest(changes))).toBe(link);
  });

  it('is the newest, in whatever order the answers came', () => {
    links.keep(withLink(3));
    links.keep(withLink(2));
    expect(links.of(withLink(3))).toBe('https://x/r/3');
  });
});

describe('a new link', () => {
  it('is made once for two presses, and another time for a third', async () => {
    answers(answer(200, withLink(2)), answer(200, withLink(3)));
    const first = actions.remind('req-1');
    expect(actions.isReminding('req-1')).toBe(true);
    expect(await actions.remind('req-1')).toBeNull();
    expect(await first).toMatchObject({ version: 2 });
    expect(actions.isReminding('req-1')).toBe(false);
    expect([asked.length, page.copied]).toEqual([1, 'https://x/r/2']);
    await actions.remind('req-1');
    expect([asked.length, page.copied]).toEqual([2, 'https://x/r/3']);
    expect(asked[0]!.key).toMatch(/\d/);
    expect(asked[1]!.key).not.toBe(asked[0]!.key);
  });

  it.each([
    ['nobody answered', lost],
    ['a proxy answered', answer(502, {})],
    ['something broke', answer(500, {})],
  ])('leaves none to copy when %s, and is the same one when asked for again', async (_, fails) => {
    answers(fails, answer(200, withLink(3)));
    links.keep(withLink(2));
    expect(await actions.remind('req-1')).toBeNull();
    expect(links.of(withLink(2))).toBeNull();
    expect(lastWords()).toContain(fails === lost ? 'Press “New link” once more' : '');
    expect(await actions.remind('req-1')).toMatchObject({ version: 3 });
    expect(asked[1]!.key).toBe(asked[0]!.key);
    expect(links.of(withLink(3))).toBe('https://x/r/3');
  });

  it('leaves the one at hand when it was refused', async () => {
    answers(answer(409, { detail: 'The customer is recording right now; the link still works.' }));
    links.keep(withLink(2));
    await actions.remind('req-1');
    expect(links.of(withLink(2))).toBe('https://x/r/2');
    expect(lastWords()).toContain('the link still works');
  });
});

describe('a cancelled request', () => {
  const opened = aRequest({ status: 'opened', version: 2 });

  it('stays so through news while it can be undone, and is what the news said once it was', () => {
    actions.cancel(aRequest());
    expect(asShown(opened).status).toBe('cancelled');
    toasts.shown.at(-1)!.undo!();
    expect(asShown(opened)).toBe(opened);
    expect(asked).toEqual([]);
  });

  it('is what the server has when that refused', async () => {
    const refused = new Promise<void>((resolve) => {
      answers((response) => {
        answer(409, { detail: 'The recording has already arrived.' })(response);
        resolve();
      });
    });
    actions.cancel(aRequest());
    toasts.settleAll();
    await refused;
    while (lastWords() !== 'The recording has already arrived.') await new Promise(setImmediate);
    expect(asShown(opened)).toBe(opened);
  });
});

describe('a list after a command whose answer was lost', () => {
  const listOf = (...rounds: string[]) => {
    const calls: (string | undefined)[] = [];
    const list = new AdminList(async (after) => [rounds[calls.push(after) - 1] ?? rounds.at(-1)!]);
    return { list, calls };
  };

  it('is looked at until what was commanded shows', async () => {
    const { list } = listOf('before', 'before', 'after');
    await list.lookUntilSettled([0, 0]);
    expect(list.items).toEqual(['after']);
  });

  it('is left to whoever loads it meanwhile', async () => {
    const { list, calls } = listOf('before', 'before', 'newest');
    const looking = list.lookUntilSettled([0, 0]);
    await list.load('p-1');
    await looking;
    expect(calls.map((after) => after ?? 'at once')).toEqual(['at once', 'p-1']);
  });
});
