import { Controller, Get, Post } from '@nestjs/common';
import type { Express } from 'express';
import request from 'supertest';
import { Access } from '#platform/http/access.js';
import type { ApiKeyCaller, MemberCaller } from '#modules/identity/credentials/callers.js';
import type { CustomerCaller } from '#modules/recording/links/customer-caller.js';
import type { Caller } from '#platform/http/caller.js';
import { routesOf, routesWithoutAccess } from '#platform/http/route-access.js';
import { asCaller, probeApp, type Probe } from './probe-app.js';

const agent: MemberCaller = {
  ...{ kind: 'member', id: 'm-1', workspaceId: 'w-1', role: 'agent', sessionId: 's-1' },
  ...{ via: { kind: 'session', id: 's-1' }, proof: { by: 'password' } },
};
const admin: MemberCaller = { ...agent, role: 'admin' };
const key = (...scopes: string[]): ApiKeyCaller => ({
  ...{ kind: 'api_key', id: 'k-1', workspaceId: 'w-1', scopes },
  ...{ via: { kind: 'api_key', id: 'k-1' }, proof: { by: 'api_key' } },
});
const customer: CustomerCaller = {
  ...{ kind: 'customer', id: 'r-1', requestId: 'r-1', workspaceId: 'w-1', link: 1 },
  ...{ via: { kind: 'link', id: 'r-1/1' }, proof: { by: 'link' } },
};

let probe: Probe;
beforeAll(async () => {
  probe = await probeApp();
});
afterAll(() => probe.app.close());
const as = (caller: Caller, path: string) =>
  request(probe.app.getHttpServer()).get(`/api/v1/probe/${path}`).set('Authorization', asCaller(caller));

describe('who may call a route', () => {
  it.each<[string, Caller, string, number]>([
    ['an agent', agent, 'agent', 200],
    ['an agent', agent, 'admin', 403],
    ['an admin', admin, 'admin', 200],
    ['an agent', agent, 'customer', 403],
    ['a customer', customer, 'customer', 200],
    ['a customer', customer, 'agent', 403],
    ['a key with the scope', key('recordings:read'), 'agent', 200],
    ['a key with another scope', key('recordings:write'), 'agent', 403],
    ['a key on a route without scopes', key('recordings:read'), 'admin', 403],
    ['a key', key('recordings:read'), 'customer', 403],
  ])('%s (%j) at %s gets %i', async (_who, caller, path, status) => {
    expect((await as(caller, path)).status).toBe(status);
  });

  it.each(['agent', 'admin', 'customer'])('asks nobody in particular to sign in at %s', async (path) => {
    const { status, body, headers } = await request(probe.app.getHttpServer()).get(`/api/v1/probe/${path}`);
    expect([status, body.code, headers['www-authenticate']]).toEqual([401, 'SIGN_IN_REQUIRED', 'Bearer']);
  });

  it('gives commands who did it, in which workspace, and the conversation', async () => {
    const correlationId = 'a3bb189e-8bf9-4888-9912-ace4e6543002';
    const { body } = await as(customer, 'customer').set('X-Correlation-Id', correlationId);
    const actor = { kind: 'customer', id: 'r-1' };
    const { via, proof } = customer;
    expect(body).toEqual({ actor, via, proof, workspaceId: 'w-1', correlationId, causationId: correlationId });
  });
});

describe('requests across sites', () => {
  const act = (origin?: string) => {
    const post = request(probe.app.getHttpServer()).post('/api/v1/probe/agent').set('Authorization', asCaller(agent));
    return origin === undefined ? post : post.set('Origin', origin);
  };

  it.each([
    ['our own page', 'https://desk.example', 201],
    ['another site', 'https://evil.example', 403],
    ['a look-alike', 'https://desk.example.evil.example', 403],
    ['our host without TLS', 'http://desk.example', 403],
    ['another port', 'https://desk.example:8443', 403],
    ['a sandboxed frame', 'null', 403],
    ['nowhere', undefined, 403],
  ])('a member acting from %s (%s) gets %i', async (_where, origin, status) => {
    expect((await act(origin)).status).toBe(status);
  });

  it('asks no origin of an API key, which no browser adds by itself', async () => {
    const post = request(probe.app.getHttpServer()).post('/api/v1/probe/agent');
    expect((await post.set('Authorization', asCaller(key('recordings:write')))).status).toBe(201);
  });

  it('takes the names of this machine for one another, on the same port, when that is our address', async () => {
    const local = await probeApp({ settings: { publicUrl: new URL('http://localhost:3000') } });
    const from = async (origin: string) => {
      const post = request(local.app.getHttpServer()).post('/api/v1/probe/agent').set('Origin', origin);
      return (await post.set('Authorization', asCaller(agent))).status;
    };
    expect(await from('http://127.0.0.1:3000')).toBe(201);
    expect(await from('http://localhost:3001')).toBe(403);
    expect(await from('http://localhost.evil.example:3000')).toBe(403);
    await local.app.close();
  });
});

/** The planted violation: what the rule must find. */
@Controller('api/v1/planted')
class PlantedController {
  @Get('forgotten') forgotten() {
    return 'should never be seen';
  }
  @Post('declared') @Access({ public: 'A probe.' }) declared() {
    return {};
  }
}

describe('every route declares its access', () => {
  it('finds nothing to complain about in the probes', () => {
    expect(routesOf(probe.app).length).toBeGreaterThan(10);
    expect(routesWithoutAccess(probe.app)).toEqual([]);
  });

  it('finds a forgotten declaration and a route registered past Nest; the first is closed to everyone', async () => {
    const planted = await probeApp({ controllers: [PlantedController] });
    (planted.app.getHttpAdapter().getInstance() as Express).get(
      '/api/v1/past-nest',
      (_, response) => void response.end(),
    );
    expect(routesWithoutAccess(planted.app)).toEqual(['GET /api/v1/planted/forgotten', 'GET /api/v1/past-nest']);
    const answer = await request(planted.app.getHttpServer())
      .get('/api/v1/planted/forgotten')
      .set('Authorization', asCaller(admin));
    expect([answer.status, answer.body.code]).toEqual([403, 'ACCESS_UNDECLARED']);
    await planted.app.close();
  });
});
