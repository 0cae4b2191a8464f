import { furtherActions, nextAction, ticketTimeline } from '../../frontend/src/lib/agent/ticket-timeline.js';
import { recordingLook, requestLook } from '../../frontend/src/lib/agent/status.js';
import { requestStatuses } from '../../frontend/src/lib/agent/filters.js';
import { aRecording, aRequest } from './views.js';

const entryOf = (
  request: Parameters<typeof aRequest>[0],
  recording: Parameters<typeof aRecording>[0] | null = null,
) => ({
  id: 'req-1',
  at: '',
  request: aRequest(request),
  recording: recording && aRecording(recording),
});

describe('a ticket’s history', () => {
  it('joins a request and what it brought, and keeps a recording without its request', () => {
    const timeline = ticketTimeline(
      [
        aRequest({ id: 'r1', createdAt: '2026-11-22T10:00:00Z' }),
        aRequest({ id: 'r2', createdAt: '2026-11-22T11:00:00Z' }),
      ],
      [
        aRecording({ id: 'v1', requestId: 'r1' }),
        aRecording({ id: 'v9', requestId: 'old', receivedAt: '2026-11-20T00:00:00Z' }),
      ],
    );
    expect(timeline.map(({ id, recording }) => [id, recording?.id])).toEqual([
      ['r2', undefined],
      ['r1', 'v1'],
      ['v9', 'v9'],
    ]);
  });
  it('is empty without either', () => expect(ticketTimeline([], [])).toEqual([]));
});

describe('the one next action', () => {
  it('copies a link that is at hand and otherwise makes a new one', () => {
    expect(nextAction(entryOf({ status: 'sent' }), true)).toBe('copy-link');
    expect(nextAction(entryOf({ status: 'sent' }), false)).toBe('remind');
    expect(nextAction(entryOf({ status: 'opened' }), false)).toBe('remind');
  });
  it('waits while the customer records or the server receives', () => {
    expect(nextAction(entryOf({ status: 'recording' }), true)).toBeNull();
    expect(nextAction(entryOf({ status: 'received' }), false)).toBeNull();
  });
  it('plays as soon as something plays', () => {
    expect(nextAction(entryOf({ status: 'received' }, { status: 'ready' }), false)).toBe('play');
    expect(nextAction(entryOf({ status: 'received' }, { status: 'processing' }), false)).toBe('play');
    expect(
      nextAction(entryOf({ status: 'received' }, { status: 'processing', chunksPlayable: false }), false),
    ).toBeNull();
  });
  it('leads to what can be done about a failed one', () =>
    expect(nextAction(entryOf({ status: 'received' }, { status: 'failed', chunksPlayable: false }), false)).toBe(
      'open',
    ));
  it.each([
    ['declined', 'remind'],
    ['unsupported', 'remind'],
    ['expired', 'remind'],
    ['cancelled', 'ask-again'],
  ] as const)('after %s it is to %s', (status, action) => expect(nextAction(entryOf({ status }), true)).toBe(action));

  it('does not offer to play what no browser plays', () => {
    const raw = { status: 'received', mediaType: 'video/x-matroska;codecs=avc1,opus' } as const;
    expect(nextAction(entryOf({ status: 'received' }, raw), false)).toBeNull();
  });

  it('leaves the rest behind "more", never twice', () => {
    expect(furtherActions(entryOf({ status: 'sent' }), 'copy-link')).toEqual(['remind', 'cancel']);
    expect(furtherActions(entryOf({ status: 'sent' }), 'remind')).toEqual(['cancel']);
    expect(furtherActions(entryOf({ status: 'recording' }), null)).toEqual(['cancel']);
    expect(furtherActions(entryOf({ status: 'expired' }), 'remind')).toEqual([]);
    expect(furtherActions(entryOf({}, { status: 'ready' }), 'play')).toEqual(['open']);
  });
});

it('says every state with a word and an icon', () => {
  for (const status of requestStatuses) {
    expect(requestLook(status).word).toMatch(/\w/);
    expect(requestLook(status).icon).toMatch(/\w/);
  }
  expect(recordingLook('processing', 0.416).word).toBe('Processing 42 %');
  expect(recordingLook('processing').word).toBe('Processing');
});
