import { readFile } from 'node:fs/promises';

it('lets uploads and server-sent events through as they come, and no metrics', async () => {
  const text = await readFile('deploy/nginx.conf', 'utf8');
  const blockOf = (location: string) => text.split(`location ${location} {`)[1]?.split('}')[0] ?? '';
  expect(blockOf('/uploads')).toContain('proxy_request_buffering off;');
  expect(blockOf('/uploads')).toContain('client_max_body_size 0;');
  expect(blockOf('= /api/v1/events')).toContain('proxy_buffering off;');
  expect(blockOf('= /metrics')).toContain('return 404;');
  expect(text).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
});
