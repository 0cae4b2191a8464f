import { jest } from '@jest/globals';
import { BrowserStandIn } from './support/browser-stand-in.js';
import { respond } from './support/upload-server.js';
import type { LinkView } from '../../frontend/src/lib/recorder/link/link-view.js';
import { Recorder } from '../../frontend/src/lib/recorder/recorder.svelte.js';
import {
  discardTake,
  dropUnfinished,
  recoverTake,
  sendTake,
  takeFile,
} from '../../frontend/src/lib/recorder/after-recording.js';
import { ReviewPlayer } from '../../frontend/src/lib/recorder/review/review-player.svelte.js';
import { Take } from '../../frontend/src/lib/recorder/take.svelte.js';
import { isMarkedUnsent, markUnsent } from '../../frontend/src/lib/recorder/unsent-mark.js';
import { eventually } from '../support/eventually.js';

const SAID = { durationMs: 1000, width: 1, height: 1, trim: null };
const RECEIPT = { reference: 'SD-1', receivedAt: '2026-01-01T00:00:00Z' };

let browser: BrowserStandIn;
const living: Take[] = [];
beforeEach(async () => {
  browser = new BrowserStandIn();
  await browser.start();
});
afterEach(async () => {
  for (const take of living.splice(0)) take.end();
  jest.restoreAllMocks();
  await browser.stop();
});

function openTake(requestId = 'r1'): Take {
  const link = { requestId, token: browser.uploads.token, resumable: [] } as unknown as LinkView;
  const take = new Take({ link, renew: async () => link.token });
  living.push(take);
  return take;
}

async function recorded(requestId?: string): Promise<Take> {
  const take = openTake(requestId);
  take.begin([{ track: 'screen', mediaType: 'video/webm' }]);
  take.append('screen', new Blob(['some bytes of a screen']));
  await take.finish();
  await eventually(async () => expect(take.keeping?.acknowledged).toBeGreaterThan(0));
  return take;
}

/** The customer's page with a recording in its review. */
async function inReview(): Promise<Recorder> {
  const recorder = new Recorder('code');
  recorder.take = await recorded();
  recorder.step = { at: 'review', because: 'pressed', problem: null };
  return recorder;
}

describe('the mark of an unsent recording', () => {
  it('stays when another page of the same request discards its own', async () => {
    const [first, second] = [await recorded(), await recorded()];
    await second.discard();
    expect(isMarkedUnsent('r1')).toBe(true);
    first.end(); // reloaded, or crashed
    expect(await openTake().findUnfinished()).not.toBeNull();
    await openTake().discardLeft((await openTake().findUnfinished())!);
    expect(isMarkedUnsent('r1')).toBe(false);
  });

  it('is not taken by a recording for another request, nor by sending that', async () => {
    (await recorded('r1')).end();
    const other = await recorded('r2');
    expect(isMarkedUnsent('r1')).toBe(true);
    browser.api = () => ({ status: 200, body: RECEIPT });
    await other.deliver(SAID, null);
    expect([isMarkedUnsent('r1'), isMarkedUnsent('r2')]).toEqual([true, false]);
  });

  it('is understood as it was before there was one for each request', async () => {
    browser.marks.set('screendesk-unsent', 'r1');
    expect([isMarkedUnsent('r1'), isMarkedUnsent('r2')]).toEqual([true, false]);
    await (await recorded('r2')).discard();
    expect(isMarkedUnsent('r1')).toBe(true);
    await (await recorded('r1')).discard();
    expect(isMarkedUnsent('r1')).toBe(false);
    markUnsent('');
    expect(isMarkedUnsent('r1')).toBe(false);
  });
});

describe('what an earlier page left', () => {
  const open = async (offset: number | null) => {
    const uploads = [{ uploadId: 'u', track: 'screen', offset, mediaType: 'video/webm' }];
    const resumable = offset === null ? [] : [{ recordingId: 'there', uploads }];
    const link = { requestId: 'r1', token: browser.uploads.token, resumable };
    const page = globalThis as typeof globalThis & { openedEarly?: Promise<Response> };
    page.openedEarly = Promise.resolve(Response.json(link));
    Object.assign(globalThis, { isSecureContext: true });
    const recorder = new Recorder('code');
    await recorder.open();
    if (recorder.take) living.push(recorder.take);
    return recorder;
  };

  it('is found without its mark, too, where the server waits for one', async () => {
    (await recorded()).end();
    browser.marks.clear();
    expect((await open(7)).unfinished).toMatchObject({ bytes: 22 });
    (await recorded('r2')).end();
    browser.marks.clear();
    expect((await open(null)).unfinished).toBeNull();
  });

  it('is said to be elsewhere only where something of it has arrived', async () => {
    expect([(await open(7)).unfinished, (await open(0)).unfinished]).toEqual(['elsewhere', null]);
  });

  it('is deleted one by one, here and at the server, each after a question', async () => {
    const [older, newer] = [await recorded(), await recorded()];
    const [first, last] = [older.recordingId, newer.recordingId];
    older.end();
    newer.end();
    const deleted: string[] = [];
    browser.api = (path) => ({ status: deleted.push(path.split('/')[0]!) && 200 });
    const recorder = await open(7);
    await dropUnfinished(recorder);
    expect([deleted.length, recorder.step.at, browser.store.recordings.size]).toEqual([1, 'recovery', 1]);
    await dropUnfinished(recorder);
    expect([deleted.sort(), browser.store.recordings.size]).toEqual([[first, last].sort(), 0]);
    expect([recorder.step.at, recorder.unfinished, isMarkedUnsent('r1')]).toEqual(['unsupported', null, false]);
  });

  it('comes back with its note and with what was cut off, also where its video cannot be played any more', async () => {
    const take = await recorded();
    const picture = { durationMs: 4338, width: 640, height: 480 };
    const draft = { note: 'typed', cut: { startMs: 500, endMs: null }, picture };
    take.keepDraft({ note: 'type', cut: { startMs: 0, endMs: null } });
    take.keepDraft(draft);
    await take.media();
    await eventually(async () => expect([...browser.store.recordings.values()][0]?.draft).toEqual(draft));
    take.end();
    const recorder = await open(7);
    await recoverTake(recorder);
    expect([recorder.step.at, recorder.take?.draft]).toEqual(['review', draft]);
    const { trim, measured } = new ReviewPlayer(recorder.take!.draft!.picture!, recorder.take!.draft!.cut);
    expect([trim, measured]).toEqual([{ startMs: 500, endMs: 4338 }, picture]);
    expect(new ReviewPlayer(null).measured).toBeUndefined();
  });
});

describe('a deletion that was confirmed', () => {
  it('leaves nothing to press until the server has answered, and asks before the page is left', async () => {
    const recorder = await inReview();
    let answer!: (answer: { status: number }) => void;
    browser.api = () => new Promise((resolve) => (answer = resolve));
    const deleted = discardTake(recorder, 'discarded');
    await eventually(async () => expect(browser.asked).toContain('discard'));
    expect([recorder.step, recorder.atRisk]).toEqual([{ at: 'deleting', because: 'pressed' }, true]);
    await sendTake(recorder, SAID, Promise.resolve(null));
    await discardTake(recorder, 'recording_again');
    expect([recorder.step.at, browser.asked]).toEqual(['deleting', ['discard']]);
    answer({ status: 200 });
    await deleted;
    expect(recorder.step).toEqual({ at: 'discarded' });
  });

  it('leads on once it is done', async () => {
    const recorder = await inReview();
    await discardTake(recorder, 'recording_again');
    expect([recorder.step, recorder.take, browser.store.recordings.size]).toEqual([
      { at: 'setup', problem: null },
      null,
      0,
    ]);
  });

  it.each([
    ['ALREADY_RECEIVED', 409, 'handed_over'],
    ['FORBIDDEN', 403, 'not_deleted'],
  ])(
    'comes back to the review when the server refuses with %s, and keeps what is here',
    async (code, status, problem) => {
      const recorder = await inReview();
      browser.api = () => ({ status, body: { code } });
      await discardTake(recorder, 'discarded');
      expect(recorder.step).toEqual({ at: 'review', because: 'pressed', problem });
      expect([recorder.take, browser.store.recordings.size]).toEqual([expect.any(Take), 1]);
      browser.api = () => ({ status: 200 });
      await discardTake(recorder, 'discarded');
      expect(recorder.step).toEqual({ at: 'discarded' });
    },
  );

  it('says that the server is not reached, and goes on by itself', async () => {
    const recorder = await inReview();
    const { take } = recorder;
    const heard: unknown[] = [];
    let unheard: unknown = null;
    Object.defineProperty(take, 'unheard', { get: () => unheard, set: (now: unknown) => heard.push((unheard = now)) });
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const deleted = discardTake(recorder, 'discarded');
    await eventually(async () => expect(heard).toContain('offline'));
    globalThis.fetch = fetch;
    await deleted;
    expect(recorder.step).toEqual({ at: 'discarded' });
  });
});

it.each([
  ['LINK_USED', 'another_received', true],
  ['LINK_CANCELLED', 'link_closed', true],
  ['KEPT_ALREADY', 'kept_already', false],
])('a Send refused with %s is told, and asks before the only copy is left', async (code, problem, asks) => {
  const recorder = await inReview();
  browser.api = () => ({ status: 410, body: { code } });
  await sendTake(recorder, SAID, Promise.resolve(null));
  expect([recorder.step, recorder.atRisk]).toEqual([{ at: 'review', because: 'pressed', problem }, asks]);
});

it.each([
  [413, 'TOO_MUCH_BEGUN', 'crowded'],
  [409, 'TOO_MANY_UPLOADS', 'crowded'],
  [409, 'TOO_MANY_RECORDINGS', 'crowded'],
  [413, 'UPLOAD_TOO_LARGE', 'too_large'],
  [410, 'LINK_CANCELLED', 'link_closed'],
  [410, 'LINK_USED', 'another_received'],
])(
  'what may not even begin (%i %s) is told as %s at Send, which helps once that is over',
  async (status, code, told) => {
    const refused = respond(status, {}, code);
    browser.uploads.faults.push(refused, refused);
    const recorder = new Recorder('code');
    recorder.take = openTake();
    recorder.take.begin([{ track: 'screen', mediaType: 'video/webm' }]);
    recorder.take.append('screen', new Blob(['some bytes of a screen']));
    await recorder.take.finish();
    recorder.step = { at: 'review', because: 'pressed', problem: null };
    await sendTake(recorder, SAID, Promise.resolve(null));
    expect(recorder.step).toMatchObject({ at: 'review', problem: told });
    browser.api = () => ({ status: 200, body: RECEIPT });
    await sendTake(recorder, SAID, Promise.resolve(null));
    expect(recorder.step).toMatchObject({ at: 'done' });
  },
);

const HTML = '<!doctype html><title>Sign in</title>';
const PLANTED = [
  [200, '{}'],
  [200, HTML],
  [200, { reference: 'SD-9', receivedAt: '2026-01-01T00:00:00Z' }],
  [204, ''],
  [302, HTML],
  [401, HTML],
  [403, HTML],
  [404, HTML],
  [410, { code: 'LINK_CANCELLED' }],
  [413, HTML],
] as const;

describe.each(PLANTED)('somebody on the way who answers %i %j', (status, body) => {
  const headers: Record<string, string> = status === 302 ? { location: '/elsewhere' } : {};
  /** Answers the first three calls in the server's place. */
  const inTheWay = (then: object) => {
    let calls = 0;
    browser.api = () => (++calls > 3 ? { status: 200, body: then } : { status, body, headers, foreign: true });
  };
  const whileInTheWay = async (recorder: Recorder, at: string) => {
    await eventually(async () => expect([browser.asked.length > 1, recorder.take?.unheard]).toEqual([true, 'foreign']));
    expect([recorder.step.at, browser.store.recordings.size]).toEqual([at, 1]);
  };

  it('has not received it: it is sent until our receipt is here', async () => {
    const recorder = await inReview();
    inTheWay(RECEIPT);
    const sent = sendTake(recorder, SAID, Promise.resolve(null));
    await whileInTheWay(recorder, 'sending');
    await sent;
    expect([recorder.step, browser.store.recordings.size]).toEqual([{ at: 'done', receipt: RECEIPT }, 0]);
  });

  it('has not deleted it: the copy here stays until we have', async () => {
    const recorder = await inReview();
    inTheWay({});
    const deleted = discardTake(recorder, 'discarded');
    await whileInTheWay(recorder, 'deleting');
    await deleted;
    expect([recorder.step, browser.store.recordings.size]).toEqual([{ at: 'discarded' }, 0]);
  });

  it('has neither heard a consent nor opened a link', async () => {
    const recorder = new Recorder('code');
    const link = { requestId: 'r1', token: 't' } as unknown as LinkView;
    Object.assign(recorder, { link, step: { at: 'welcome' } });
    browser.api = () => ({ status, body, headers, foreign: true });
    const consent = recorder.agree(['I agree.'], 'en', ['screen']);
    await expect(consent).rejects.toMatchObject({ code: 'FOREIGN' });
    await expect(recorder.renew()).rejects.toMatchObject({ code: 'FOREIGN' });
    expect([recorder.step.at, recorder.link]).toEqual(['welcome', link]);
    await recorder.lookForRoom();
    expect(recorder.step).toEqual({ at: 'closed', because: 'foreign', receipt: null });
  });
});

it('lets a wrong file be changed for another', async () => {
  Object.assign(globalThis, { isSecureContext: true });
  const recorder = new Recorder('code');
  const link = { requestId: 'r1', token: browser.uploads.token, resumable: [] } as unknown as LinkView;
  Object.assign(recorder, { link, step: { at: 'unsupported', lack: 'no-display-capture' } });
  await takeFile(recorder, new File(['a video'], 'wrong.mp4'));
  living.push(recorder.take!);
  await eventually(async () => expect(recorder.take?.keeping?.acknowledged).toBe(7));
  await discardTake(recorder, 'choosing_again');
  expect([recorder.step, recorder.take]).toEqual([{ at: 'unsupported', lack: 'no-display-capture' }, null]);
  expect(browser.asked).toEqual(['discard']);
});

it('tries a Send once more with a fresh capability where the old one is over', async () => {
  const recorder = await inReview();
  const answers = [
    { status: 401, body: { code: 'SIGN_IN_REQUIRED' } },
    { status: 200, body: RECEIPT },
  ];
  browser.api = () => answers.shift()!;
  await sendTake(recorder, SAID, Promise.resolve(null));
  expect([recorder.step.at, browser.asked]).toEqual(['done', ['submit', 'submit']]);
});

it('knows the very recording that was handed over meanwhile from another', async () => {
  const recorder = await inReview();
  const reference = recorder.take!.recordingId.slice(0, 8).toUpperCase();
  browser.api = () => ({ status: 410, body: { code: 'LINK_USED', reference } });
  await sendTake(recorder, SAID, Promise.resolve(null));
  expect(recorder.step).toMatchObject({ at: 'review', problem: 'kept_already' });
});

it('deletes here what our server no longer has, and nothing on another word of it', async () => {
  const recorder = await inReview();
  browser.api = () => ({ status: 404, body: { code: 'NOT_FOUND' } });
  await discardTake(recorder, 'discarded');
  expect([recorder.step, browser.store.recordings.size]).toMatchObject([{ problem: 'not_deleted' }, 1]);
  browser.api = () => ({ status: 404, body: { code: 'RECORDING_UNKNOWN' } });
  await discardTake(recorder, 'discarded');
  expect([recorder.step.at, browser.store.recordings.size]).toEqual(['discarded', 0]);
});

describe('Send on a line that has fallen silent', () => {
  /** How long each thing waits before it is given up, in ms; `pass` lets that time go by. */
  function limits() {
    const all: { ms: number; pass: () => void }[] = [];
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const limit = new AbortController();
      all.push({ ms, pass: () => limit.abort(new DOMException('', 'TimeoutError')) });
      return limit.signal;
    });
    const { setTimeout } = globalThis;
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
      if (ms === 30_000) all.push({ ms, pass: run });
      return ms === 30_000 ? setTimeout(() => undefined) : setTimeout(run, ms);
    }) as typeof globalThis.setTimeout);
    return all;
  }

  it('is held back by the picture for ten seconds at most, and says so after thirty', async () => {
    const take = await recorded();
    const waits = limits();
    browser.api = (path) => (path.endsWith('/poster') || !open ? undefined : { status: 200, body: RECEIPT });
    let open = false;
    const sent = take.deliver(SAID, new Blob(['picture'], { type: 'image/jpeg' }));
    await eventually(async () => expect(browser.asked).toEqual(['poster']));
    expect(waits.map(({ ms }) => ms)).toEqual([30_000, 10_000]);
    waits[1]!.pass();
    await eventually(async () => expect(browser.asked).toEqual(['poster', 'submit']));
    expect(take.unheard).toBeNull();
    waits[0]!.pass();
    expect(take.unheard).toBe('offline');
    open = true;
    waits[2]!.pass();
    expect(await sent).toEqual(RECEIPT);
  });
});
