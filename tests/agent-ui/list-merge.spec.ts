import * as fc from 'fast-check';
import {
  appendPage,
  newestFirst,
  placeChanged,
  refreshHead,
  withoutItem,
} from '../../frontend/src/lib/agent/list-merge.js';

type Item = { id: string; at: string; word?: string };
const at = (item: Item) => item.at;
const always = { at, matches: () => true, complete: true };
const list: Item[] = [
  { id: 'c', at: '3' },
  { id: 'b', at: '2' },
  { id: 'a', at: '1' },
];
const ids = (items: readonly Item[]) => items.map(({ id }) => id).join('');

describe('a change', () => {
  it('replaces what is known where it stands', () =>
    expect(placeChanged(list, { id: 'b', at: '2', word: 'new' }, always)).toEqual([
      list[0],
      { id: 'b', at: '2', word: 'new' },
      list[2],
    ]));

  it('puts something new at its place in time', () => {
    expect(ids(placeChanged(list, { id: 'd', at: '4' }, always))).toBe('dcba');
    expect(ids(placeChanged(list, { id: 'x', at: '2.5' }, always))).toBe('cxba');
  });

  it('takes out what no longer matches, and does not add what never did', () => {
    const none = { ...always, matches: () => false };
    expect(ids(placeChanged(list, { id: 'b', at: '2' }, none))).toBe('ca');
    expect(ids(placeChanged(list, { id: 'z', at: '9' }, none))).toBe('cba');
  });

  it('leaves what is older than everything loaded to "load more"', () => {
    const partial = { ...always, complete: false };
    expect(ids(placeChanged(list, { id: 'z', at: '0' }, partial))).toBe('cba');
    expect(ids(placeChanged(list, { id: 'z', at: '0' }, always))).toBe('cbaz');
    expect(ids(placeChanged([], { id: 'z', at: '0' }, partial))).toBe('z');
  });

  it('keeps the list sorted and free of doubles whatever comes', () => {
    const item = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), at: fc.constantFrom('1', '2', '3') });
    fc.assert(
      fc.property(fc.array(item), (changes) => {
        // A creation time never changes: the first one told for an id holds.
        const born = new Map<string, string>();
        const steady = changes.map((change) => ({
          id: change.id,
          at: born.get(change.id) ?? (born.set(change.id, change.at), change.at),
        }));
        const result = steady.reduce<Item[]>((items, change) => placeChanged(items, change, always), []);
        expect(new Set(result.map(({ id }) => id)).size).toBe(result.length);
        expect(result).toEqual([...result].sort(newestFirst(at)));
      }),
    );
  });
});

describe('pages', () => {
  it('join without doubles, the newer form winning', () => {
    const joined = appendPage(list, [
      { id: 'a', at: '1', word: 'newer' },
      { id: '0', at: '0' },
    ]);
    expect(ids(joined)).toBe('cba0');
    expect(joined[2]?.word).toBe('newer');
  });

  it('refresh from the top and keep what was loaded below', () => {
    const head = [
      { id: 'd', at: '4' },
      { id: 'c', at: '3' },
    ];
    expect(ids(refreshHead(list, head, at))).toBe('dcba');
  });

  it('forget what has gone from the top while nobody listened', () =>
    expect(ids(refreshHead(list, [{ id: 'b', at: '2' }], at))).toBe('ba'));

  it('are empty when nothing is left', () => {
    expect(refreshHead(list, [], at)).toEqual([]);
    expect(ids(withoutItem(list, 'b'))).toBe('ca');
  });
});
