/** One of class-validator's rules on one property. */
export interface Rule {
  readonly type: string;
  readonly name?: string;
  readonly constraints?: readonly unknown[];
  readonly each?: boolean;
}

type Schema = Record<string, unknown>;

/** What a rule means as JSON Schema. Rules that cannot be said so (`isUrl` with options) are left to the validator. */
const MEANING: Readonly<Record<string, (...constraints: readonly unknown[]) => Schema>> = {
  isString: () => ({ type: 'string' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isMoment: () => ({ type: 'string', format: 'date-time' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isIn: (values) => ({ enum: values }),
  isLength: (minLength, maxLength) => ({ minLength, maxLength }),
  minLength: (minLength) => ({ minLength }),
  maxLength: (maxLength) => ({ maxLength }),
  matches: (pattern) => ({ type: 'string', ...patternOf(pattern as RegExp) }),
  min: (minimum) => ({ minimum }),
  max: (maximum) => ({ maximum }),
};

/** Whoever copies a pattern copies no flags: one that needs any is left to the validator. */
function patternOf({ source, flags }: RegExp): Schema {
  return flags ? {} : { pattern: source };
}

const OF_ARRAY: typeof MEANING = {
  arrayMinSize: (minItems) => ({ minItems }),
  arrayMaxSize: (maxItems) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
};

/**
 * The schema of a property, in the words of `@ApiProperty`.
 * @param nested the class of the value, or of each item, when it is an object of its own
 * @param declared what TypeScript says the property is
 */
export function schemaOfRules(rules: readonly Rule[], nested: unknown, declared: unknown): Schema {
  const isArray = rules.some(({ name, each }) => each || name === 'isArray');
  const required = !rules.some(({ type }) => type === 'conditionalValidation');
  const nullable = rules.some(({ name }) => name === 'isOptional');
  const meant = rules.map(({ name = '', constraints = [] }) => MEANING[name]?.(...constraints) ?? {});
  const ofArray = rules.map(({ name = '', constraints = [] }) => OF_ARRAY[name]?.(...constraints) ?? {});
  const value = nested ? { type: nested } : Object.assign({}, typeOf(declared), ...meant);
  const common = { required, ...(nullable && { nullable }), ...Object.assign({}, ...ofArray) };
  if (!isArray) return { ...common, ...value };
  return nested ? { ...common, type: nested, isArray: true } : { ...common, type: 'array', items: value };
}

function typeOf(declared: unknown): Schema {
  if (declared === String) return { type: 'string' };
  if (declared === Number) return { type: 'number' };
  return declared === Boolean ? { type: 'boolean' } : {};
}
