import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import request from 'supertest';
import { frontEnd } from '#platform/http/front-end.js';
import { inlineHashes } from '#platform/http/front-end-files.js';
import { probeApp, type Probe } from './probe-app.js';

const START = 'console.log("start")';
const FALLBACK = `<!doctype html><title>f</title><script>${START}</script><script src="/_app/immutable/a.js"></script>`;
const SCRIPT = 'export const answer = 42;'.repeat(50);
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

let probe: Probe;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'front-end-'));
  const build = join(directory, 'build');
  await mkdir(join(build, '_app/immutable'), { recursive: true });
  await writeFile(join(directory, 'secret.txt'), 'outside');
  await writeFile(join(build, 'fallback.html'), FALLBACK);
  await writeFile(join(build, 'login.html'), '<!doctype html><style>b{}</style><script type="module">1</script>');
  await mkdir(join(build, 'r'));
  await writeFile(join(build, 'r/link.html'), '<!doctype html><script>link()</script>');
  await writeFile(join(build, 'robots.txt'), 'User-agent: *');
  await writeFile(join(build, '_app/immutable/a.js'), SCRIPT);
  await writeFile(join(build, '_app/immutable/a.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(build, '_app/immutable/a.js.gz'), gzipSync(SCRIPT));
  const settings = { frontEndDirectory: build, widgetFrameAncestors: ['https://helpdesk.example'] };
  probe = await probeApp({ settings });
});
afterAll(async () => {
  await probe.app.close();
  await rm(directory, { recursive: true });
});
const http = () => request(probe.app.getHttpServer());
const open = (path: string) => http().get(path).set('Accept', 'text/html');

describe('inline hashes', () => {
  it('cover every inline script and style, and no external one', () => {
    const html = `<script>a</script><SCRIPT type="module">\nb\n</SCRIPT><script src="c.js"></script><style media="x">d</style>`;
    const { scripts, styles } = inlineHashes(html);
    expect([scripts.length, styles.length]).toEqual([2, 1]);
    expect(scripts[0]).toBe("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='");
  });
});

describe('pages', () => {
  it('gives the fallback page to any address a browser opens, with a policy that names its inline script', async () => {
    const { status, text, headers } = await open('/somewhere/else');
    expect([status, text]).toEqual([200, FALLBACK]);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    const policy = headers['content-security-policy']!;
    expect(policy).toContain(`script-src 'self' ${sha256(START)};`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('gives the one page of all links to each of them, with a policy of its own', async () => {
    const { text, headers } = await open('/r/0123456789abcdefghjkmnpqrs');
    expect(text).toBe('<!doctype html><script>link()</script>');
    expect(headers['content-security-policy']).toContain(`script-src 'self' ${sha256('link()')};`);
    expect(headers['cache-control']).toBe('no-cache');
    for (const path of ['/r/a/b', '/recordings/1']) expect((await open(path)).text).toBe(FALLBACK);
  });

  it.each([
    '/r/0123456789abcdefghjkmnpqrs/',
    '/r/0123456789abcdefghjkmnpqrs//',
    '/R/0123456789ABCDEFGHJKMNPQRS',
    '/r/0123456789abcdefghjkmnpqrs.',
    '/r/0123456789abcdefghjkmnpqrs.Thanks',
    '/r/0123456789abcdefghjkmnpqrs.)',
    '/r/0123456789abcdefghjkmnpqrs%3E',
    '/r/',
    '/r',
  ])('gives it also to what mails make of a link: %s', async (path) => {
    expect((await open(path)).text).toBe('<!doctype html><script>link()</script>');
  });

  it('serves a prerendered page at its clean address with hashes of its own', async () => {
    const { headers, text } = await open('/login');
    expect(text).toContain('<style>');
    expect(headers['content-security-policy']).toContain(`script-src 'self' ${sha256('1')};`);
    expect(headers['content-security-policy']).toContain(`style-src 'self' ${sha256('b{}')};`);
  });

  it('lets only the widget be framed, and only by the configured helpdesks', async () => {
    const widget = await open('/widget?ticket=7');
    expect(widget.headers['content-security-policy']).toContain("frame-ancestors 'self' https://helpdesk.example");
    expect(widget.headers['x-frame-options']).toBeUndefined();
    for (const path of ['/', '/widgets', '/recordings/1']) {
      const { headers } = await open(path);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });

  it('never answers for the API, the uploads or a missing file', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/API/v1/nothing',
      '/uploads/1',
      '/_app/immutable/gone.js',
      '/favicon.ico',
    ]) {
      const { status, body } = await open(path);
      expect([path, status, body.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
    expect((await http().get('/somewhere').set('Accept', 'application/json')).status).toBe(404);
    expect((await http().post('/login')).status).toBe(404);
  });
});

describe('assets', () => {
  const asset = (coding: string) => http().get('/_app/immutable/a.js').set('Accept-Encoding', coding);

  it('lets a worker reach this server, and nothing else: it lives by the policy of its own script', async () => {
    const { headers } = await asset('identity');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';connect-src 'self';frame-ancestors 'none'",
    );
    expect((await http().get('/robots.txt')).headers['content-security-policy']).not.toContain('connect-src');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
  ])('sends to "%s" the copy %s, decodable to the same script', async (accepted, coding) => {
    const { text, headers } = await asset(accepted).buffer(true);
    expect(headers['content-encoding']).toBe(coding);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['vary']).toContain('Accept-Encoding');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(text).toBe(SCRIPT);
  });

  it('answers HEAD without a body and an unchanged file with 304', async () => {
    const head = await http().head('/_app/immutable/a.js').set('Accept-Encoding', 'gzip');
    expect([head.status, head.headers['content-length']]).toEqual([200, String(gzipSync(SCRIPT).length)]);
    const again = await asset('gzip').set('If-None-Match', head.headers['etag']!);
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await asset('br').set('If-None-Match', head.headers['etag']!)).status).toBe(200);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/_app/..%5c..%5csecret.txt',
    '/_app/immutable/..%2f..%2f..%2fsecret.txt',
    '/%00',
    '/%ff',
    '//etc/passwd',
    '/__proto__',
    '/_app/immutable/a.js/',
  ])('finds nothing outside the build at %s', async (path) => {
    const { text, status } = await http().get(path).set('Accept', '*/*');
    expect(text).not.toContain('outside');
    if (status === 200) expect(text).toBe(FALLBACK);
  });

  it('refuses to start without a build, in a sentence', async () => {
    await expect(frontEnd(join(directory, 'nowhere'), [])).rejects.toThrow(/There is no built front end/);
  });
});
