/**
 * The one JSON text of a value (RFC 8785): keys in UTF-16 order, no white space, numbers as ECMAScript writes them.
 * Members that are `undefined` are left out. @throws TypeError for what JSON cannot say without loss (dates, maps,
 * bigints, NaN, lone surrogates): turning those into JSON is the caller's decision.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('Canonical JSON has no lone surrogates');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`Canonical JSON has no ${value}`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
    default:
      throw new TypeError(`Canonical JSON has no ${typeof value}`);
  }
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !isFromAnotherRealm(prototype as object))
    throw new TypeError(`Canonical JSON has no ${value.constructor.name}`);
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) text += `${text && ','}${canonicalJson(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** A plain object of another realm (Jest's, a vm's) has that realm's Object.prototype, which itself has none. */
function isFromAnotherRealm(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null;
}
