import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#platform/config/config.js';
import { NEST_HTTP_OPTIONS } from '#platform/http/configure-http.js';
import { OpenApiDocument } from '#platform/http/open-api.js';
import { routesOf, routesWithoutAccess } from '#platform/http/route-access.js';
import { AppModule } from '../../src/app.module.js';
import { type Cell, openCell } from '../../src/cell.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

let app: INestApplication;
let cell: Cell;
let database: FreshDatabase;
let directory: string;
beforeAll(async () => {
  database = await freshDatabase();
  directory = await mkdtemp(join(tmpdir(), 'routes-'));
  cell = await openCell(readConfig({ DATABASE_URL: database.url, DATA_DIR: join(directory, 'data') }));
  app = await NestFactory.create(AppModule.of(cell), { ...NEST_HTTP_OPTIONS, logger: false });
  await app.init();
});
afterAll(async () => {
  await app?.close();
  await cell?.close();
  await database.drop();
  await rm(directory, { recursive: true });
});

it('every route of the whole application says who may call it', () => {
  expect(routesOf(app).length).toBeGreaterThan(30);
  expect(routesWithoutAccess(app)).toEqual([]);
});

it('only these are open to anybody', () => {
  const open = routesOf(app).filter(({ access }) => access && 'public' in access);
  expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'DELETE /api/v1/session',
    'GET /api/openapi.json',
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'OPTIONS /uploads',
    'OPTIONS /uploads/:id',
    'POST /api/v1/links/open',
    'POST /api/v1/session',
  ]);
});

it('the OpenAPI document knows every route of the API, with who may call it, once', () => {
  app.get(OpenApiDocument).describes(app);
  const { paths } = app.get(OpenApiDocument).read();
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ...(operation as { operationId: string; 'x-access'?: unknown }),
    })),
  );
  for (const { method, path, access } of routesOf(app).filter(({ path }) => path.startsWith('/api/v1/'))) {
    const found = described.filter(({ route }) => route === `${method} ${path}`);
    expect(found.map((operation) => operation['x-access'])).toEqual([access]);
  }
  const ids = described.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});
