import type { Keeping } from '../../frontend/src/lib/recorder/upload/keeper-protocol.js';
import { savedState } from '../../frontend/src/routes/(customer)/r/[code]/live/saved-state.js';

const KEPT: Keeping = {
  storedIn: 'disk',
  bytes: 5_000_000,
  acknowledged: 4_900_000,
  unheard: null,
  noRoom: false,
  closed: null,
  withoutCamera: false,
  full: false,
  recordingId: 'r1',
};

it.each([
  [{}, 'saved'],
  [{ bytes: 0, acknowledged: 0 }, 'nothing_yet'],
  [{ acknowledged: 1_000_000 }, 'behind'],
  [{ acknowledged: 1_000_000, unheard: 'offline' }, 'offline'],
  [{ acknowledged: 1_000_000, unheard: 'foreign' }, 'foreign'],
  [{ acknowledged: 0, noRoom: true }, 'no_room'],
  [{ acknowledged: 1_000_000, closed: 'refused' }, 'refused'],
] as const)('says of %j while recording: %s', (otherwise, state) => {
  expect(savedState({ ...KEPT, ...otherwise })).toBe(state);
});
