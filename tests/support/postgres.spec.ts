import { freshDatabase } from './fresh-database.js';

it('gives every suite a migrated database of its own', async () => {
  const database = await freshDatabase();
  const { rows } = await database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM public.migration');
  expect(rows[0]!.n).toBeGreaterThan(0);
  await database.drop();
});
