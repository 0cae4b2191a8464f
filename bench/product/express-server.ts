/** The reference for resolving links: Express, its JSON parser, one look-up by primary key in the same PostgreSQL. */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 20 });
await pool.query('CREATE TABLE IF NOT EXISTS public.bench_link (hash bytea PRIMARY KEY, view jsonb NOT NULL)');
const app = express().use(express.json());

app.post('/links', async (request, response) => {
  const { code, view } = request.body as { code: string; view: object };
  await pool.query('INSERT INTO public.bench_link VALUES ($1, $2)', [hashOf(code), view]);
  response.status(204).end();
});

app.post('/links/open', async (request, response) => {
  const { code } = request.body as { code: string };
  const { rows } = await pool.query('SELECT view FROM public.bench_link WHERE hash = $1', [hashOf(code)]);
  if (rows[0]) response.json(rows[0].view);
  else response.status(404).end();
});

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}

const server = app.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
