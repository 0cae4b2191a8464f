import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Express } from 'express';
import { ACCESS, type AccessRule } from './access.js';

/** One route as the server really answers it. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** Null: it declares none, or it is not a controller's and so no guard stands before it. */
  readonly access: AccessRule | null;
}

interface Layer {
  readonly name: string;
  readonly route?: {
    readonly path: unknown;
    readonly stack: readonly Layer[];
    readonly methods: Record<string, boolean>;
  };
}

/**
 * Every route of an initialised application, taken from the server's own table rather than from the controllers, so
 * that one registered past Nest shows as undeclared. Nest names each handler `Controller.method`.
 */
export function routesOf(app: INestApplication): Route[] {
  const declared = declaredAccess(app);
  const layers = (app.getHttpAdapter().getInstance() as Express).router.stack as unknown as readonly Layer[];
  return layers.flatMap(({ route }) => {
    if (!route) return [];
    const access = declared.get(route.stack.at(-1)?.name ?? '') ?? null;
    return Object.keys(route.methods).map((method) => ({
      method: method.toUpperCase(),
      path: String(route.path),
      access,
    }));
  });
}

/** Routes that say nothing about who may call them: there must be none. */
export function routesWithoutAccess(app: INestApplication): string[] {
  return routesOf(app)
    .filter(({ access }) => access === null)
    .map(({ method, path }) => `${method} ${path}`);
}

function declaredAccess(app: INestApplication): Map<string, AccessRule> {
  const found = new Map<string, AccessRule>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype, name } of module.controllers.values()) {
      const prototype = (metatype as { prototype?: object } | null)?.prototype ?? {};
      for (const method of Object.getOwnPropertyNames(prototype)) {
        const handler = (prototype as Record<string, unknown>)[method];
        const rule = typeof handler === 'function' ? Reflect.getMetadata(ACCESS, handler) : undefined;
        if (rule) found.set(`${name}.${method}`, rule as AccessRule);
      }
    }
  }
  return found;
}
