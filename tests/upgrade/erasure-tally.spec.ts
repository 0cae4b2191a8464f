import { randomUUID } from 'node:crypto';
import { migrate } from '#platform/database/migrate.js';
import { freshDatabase } from '../support/fresh-database.js';

it('an erasure that was cut off before the stores told apart what they hold keeps what it had found', async () => {
  const { pool, drop } = await freshDatabase();
  const [recording, request] = [randomUUID(), randomUUID()];
  await pool.query('DROP TABLE platform.erasure_tally; DROP INDEX recording.upload_of_recording');
  await pool.query('ALTER TABLE recording.upload DROP COLUMN owner_kind');
  await pool.query("DELETE FROM public.migration WHERE name LIKE '016%'");
  await pool.query(
    `INSERT INTO recording.upload (id, workspace_id, request_id, recording_id, track, source, media_type, max_bytes,
      max_duration_ms, expires_at) VALUES ($1, $1, $2, $3, 'screen', 'capture', 'video/webm', 1, 1, now())`,
    [randomUUID(), request, recording],
  );
  await pool.query('INSERT INTO recording.erasure_tally VALUES ($1, 7), ($2, 3)', [recording, request]);
  await migrate(pool);
  const { rows } = await pool.query(
    'SELECT subject, store, objects, sealed_parts FROM platform.erasure_tally ORDER BY 2 DESC',
  );
  expect(rows).toEqual([
    { subject: recording, store: 'media objects', objects: 7, sealed_parts: 0 },
    { subject: request, store: 'events', objects: 0, sealed_parts: 3 },
  ]);
  const owners = await pool.query('SELECT owner_kind, request_id FROM recording.upload');
  expect(owners.rows).toEqual([{ owner_kind: 'recording_request', request_id: request }]);
  await drop();
});
