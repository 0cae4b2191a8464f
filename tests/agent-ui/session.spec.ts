import type { ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import type { SessionView } from '../../frontend/src/lib/api/types.js';
import { PageStandIn } from './page-stand-in.js';

let page: PageStandIn;
let session: (typeof import('../../frontend/src/lib/agent/session.svelte.js'))['session'];
let news: typeof import('../../frontend/src/lib/agent/session-news.js');
let takenOverWords: (typeof import('../../frontend/src/lib/agent/taken-over.js'))['takenOverWords'];
let listRequests: (typeof import('../../frontend/src/lib/api/recording-requests.js'))['listRequests'];
let presentSession: (typeof import('../../frontend/src/lib/api/session.js'))['presentSession'];

beforeAll(async () => {
  page = await PageStandIn.open();
  ({ session } = await import('../../frontend/src/lib/agent/session.svelte.js'));
  news = await import('../../frontend/src/lib/agent/session-news.js');
  ({ takenOverWords } = await import('../../frontend/src/lib/agent/taken-over.js'));
  ({ listRequests } = await import('../../frontend/src/lib/api/recording-requests.js'));
  ({ presentSession } = await import('../../frontend/src/lib/api/session.js'));
});
afterAll(() => page.close());
beforeEach(() => {
  session.begin(alex);
  asked.length = 0;
});

const viewOf = (name: string, workspace = 'Acme'): SessionView => ({
  member: { id: `${name}-${workspace}`, name, email: null, role: 'agent' },
  workspace: { id: workspace, name: workspace, slug: 'w', accent: null },
  permissions: ['requests.read'],
});
const alex = viewOf('Alex');
const ada = viewOf('Ada');

const asked: { path: string; as: string | undefined }[] = [];
type Answer = (response: ServerResponse) => void;
const say =
  (status: number, body: object): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const over = say(401, { code: 'SIGN_IN_REQUIRED' });
/** What the server says: to who asks whose session it is, and to any other call. */
const answers = (toSession: Answer | Answer[], toOther: Answer = say(200, { items: [], nextCursor: null })) => {
  const inTurn = Array.isArray(toSession) ? [...toSession] : null;
  page.answer = ({ url, headers }, response) => {
    const path = url!.split('?')[0]!;
    asked.push({ path, as: headers['screendesk-member'] as string | undefined });
    const answer = path.endsWith('/session') ? (inTurn?.shift() ?? (toSession as Answer)) : toOther;
    answer(response);
  };
};
const standing = () => ({ expired: session.expired, other: session.other?.member.name ?? null, of: session.view });
const untilAsked = async (count: number) => {
  while (asked.length < count) await new Promise(setImmediate);
};

describe('a page', () => {
  it('says with every call whom it shows, and asks in nobody’s name who is signed in', async () => {
    answers(say(200, alex));
    await listRequests({});
    await presentSession();
    expect(asked).toEqual([
      { path: '/api/v1/recording-requests', as: alex.member.id },
      { path: '/api/v1/session', as: undefined },
    ]);
  });

  it('is over as soon as any call is not known any more, and still who it was', async () => {
    answers(over, over);
    await expect(listRequests({})).rejects.toMatchObject({ status: 401 });
    expect(standing()).toEqual({ expired: true, other: null, of: alex });
  });

  it('finds out who is there instead, when the server says that somebody else is', async () => {
    answers(say(200, ada), say(401, { code: 'OTHER_MEMBER' }));
    await expect(listRequests({})).rejects.toMatchObject({ code: 'OTHER_MEMBER' });
    expect(session.expired).toBe(true); // at once, before anybody has said who it is
    while (!session.other) await new Promise(setImmediate);
    expect(standing()).toEqual({ expired: true, other: 'Ada', of: alex });
  });

  it.each<[string, Answer, object]>([
    ['is another one’s', say(200, ada), { expired: true, other: 'Ada', of: alex }],
    ['is its own', say(200, alex), { expired: false, other: null, of: alex }],
    ['is none', over, { expired: true, other: null, of: alex }],
    ['is not known, since the server is away', say(503, {}), { expired: false, other: null, of: alex }],
  ])('that looks whose session there is, and it %s', async (_, answer, expected) => {
    answers(answer);
    await session.look();
    expect(standing()).toEqual(expected);
  });

  it('goes on when its own member has signed in again, after another one even', async () => {
    answers([say(200, ada), say(200, { ...alex, permissions: [] })]);
    await session.look();
    await session.look();
    expect(standing()).toMatchObject({ expired: false, other: null, of: { permissions: [] } });
  });

  it('believes the last question of two, in whatever order the answers come', async () => {
    let late: ServerResponse;
    answers([(response) => void (late = response), say(200, alex)]);
    const first = session.look();
    await untilAsked(1);
    await session.look();
    say(200, ada)(late!);
    await first;
    expect(standing()).toEqual({ expired: false, other: null, of: alex });
  });
});

describe('whether the session is another one', () => {
  const visible = new EventTarget() as EventTarget & { visibilityState: string };
  const own = new EventTarget();
  let heard = 0;
  let stop: () => void;

  beforeEach(() => {
    Object.assign(globalThis, { document: visible, addEventListener: own.addEventListener.bind(own) });
    Object.assign(globalThis, { removeEventListener: own.removeEventListener.bind(own) });
    visible.visibilityState = 'visible';
    heard = 0;
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    stop = news.onPossibleChange(() => (heard += 1));
  });
  afterEach(() => {
    stop();
    jest.useRealTimers();
    for (const name of ['document', 'addEventListener', 'removeEventListener']) delete (globalThis as never)[name];
  });

  it('is asked when another page of the browser tells that somebody signed in or out', async () => {
    news.tellSessionChanged();
    while (!heard) await new Promise(setImmediate);
    expect(heard).toBe(1);
  });

  it('is asked about once a minute, and when the page is looked at again, but not while it is out of sight', () => {
    jest.advanceTimersByTime(120_000);
    expect(heard).toBe(2);
    visible.visibilityState = 'hidden';
    visible.dispatchEvent(new Event('visibilitychange'));
    jest.advanceTimersByTime(600_000);
    expect(heard).toBe(2);
    visible.visibilityState = 'visible';
    visible.dispatchEvent(new Event('visibilitychange'));
    own.dispatchEvent(new Event('focus'));
    expect(heard).toBe(4);
    stop();
    jest.advanceTimersByTime(120_000);
    visible.dispatchEvent(new Event('visibilitychange'));
    expect(heard).toBe(4);
  });
});

describe('what is said to who finds somebody else there', () => {
  it('names both, and what either can do', () => {
    const { heading, words, goOn, signIn } = takenOverWords(alex, ada);
    expect(heading).toBe('You are now signed in as Ada here');
    expect(words).toContain('opened by Alex');
    expect([goOn, signIn]).toEqual(['Go on as Ada', 'Sign in as Alex']);
  });

  it('tells one person’s two workspaces apart', () => {
    const { goOn, signIn } = takenOverWords(alex, viewOf('Alex', 'Globex'));
    expect([goOn, signIn]).toEqual(['Go on as Alex (Globex)', 'Sign in as Alex (Acme)']);
  });
});

describe('a request that is being written', () => {
  it('is lost by leaving the page from its first word until it was sent', async () => {
    const { RequestDraft } = await import('../../frontend/src/lib/agent/request/request-draft.svelte.js');
    const draft = new RequestDraft();
    expect(draft.isBegun).toBe(false);
    draft.words.message = 'Show me';
    expect(draft.isBegun).toBe(true);
    answers(over, say(200, { id: 'r', link: 'https://x/r/1' }));
    await draft.submit();
    expect(draft.isBegun).toBe(false);
  });
});
