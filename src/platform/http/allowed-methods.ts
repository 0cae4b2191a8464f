import type { Express, Request } from 'express';

interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
}

/**
 * The methods that the address of a request answers, for `Allow`; none when there is no such address. Asked only when
 * a request found no route, so it costs others nothing.
 */
export function allowedMethods({ app, path }: Request): string[] {
  const layers = (app as Express).router.stack as unknown as readonly Layer[];
  const routes = layers.flatMap(({ route }) => (route && matches(String(route.path), path) ? [route] : []));
  const methods = new Set(routes.flatMap((route) => Object.keys(route.methods)).map((method) => method.toUpperCase()));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/** As the router reads its templates: parameters of one segment, in any case, with or without a slash at the end. */
function matches(template: string, path: string): boolean {
  const [parts, asked] = [template, path.replace(/\/$/, '')].map((one) => one.toLowerCase().split('/'));
  return (
    parts!.length === asked!.length &&
    parts!.every((part, n) => (part.startsWith(':') ? asked![n] : part === asked![n]))
  );
}
