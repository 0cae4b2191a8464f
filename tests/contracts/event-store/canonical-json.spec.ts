import fc from 'fast-check';
import { canonicalJson } from '#platform/event-store/canonical-json.js';

describe('canonical JSON', () => {
  it('is what RFC 8785 shows (3.2.2 and 3.2.3)', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('sorts keys that look like numbers as text, and leaves out what is undefined', () => {
    expect(canonicalJson({ 9: 'a', 10: 'b', none: undefined, '': 0 })).toBe('{"":0,"10":"b","9":"a"}');
  });

  it('says the same as JSON, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(JSON.parse(text)))).toBe(text);
      }),
    );
  });

  it.each([
    ['dates', new Date(0)],
    ['maps', new Map()],
    ['bigints', 1n],
    ['NaN', NaN],
    ['infinity', -Infinity],
    ['half a character', '\ud83d'],
    ['half a character in a key', { '\ud83d': 1 }],
    ['functions', () => 1],
    ['undefined', undefined],
    ['holes', [undefined]],
    ['classes', new (class Money {})()],
  ])('has no %s', (_, value) => expect(() => canonicalJson(value)).toThrow(TypeError));
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, reversed(member)] as const)
      .reverse(),
  );
}
