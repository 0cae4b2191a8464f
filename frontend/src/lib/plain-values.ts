/**
 * What SvelteKit's client needs of `devalue`, in plain JSON. Here nothing is rendered on a server and page state is not
 * used, so nothing but `{}` ever passes through; the general serialiser would cost every customer 4 kB of JavaScript.
 */
export const stringify = (value: unknown): string => JSON.stringify(value);
export const parse = (text: string): unknown => JSON.parse(text);
export const unflatten = (value: unknown): unknown => value;
export const uneval = stringify;
export const stringifyAsync = async (value: unknown): Promise<string> => stringify(value);
