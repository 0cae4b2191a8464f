import { cookieOf, IdentityApp, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
beforeAll(async () => void (identity = await IdentityApp.start()));
afterAll(() => identity.close());

const attempt = (email: string, password: string) => identity.http().post('/api/v1/session').send({ email, password });
const status = async (cookie: string) => (await identity.as(cookie).get('session')).status;

describe('changing the password', () => {
  const wanted = 'a quite different phrase';
  const change = (cookie: string, currentPassword: string, newPassword: string) =>
    identity.as(cookie).put('session/password').send({ currentPassword, newPassword });

  it('needs the present one, signs out everywhere else and goes on here with a new session', async () => {
    const { email } = await identity.found();
    const [here, elsewhere] = [await identity.signIn(email), await identity.signIn(email)];
    expect((await change(here, 'not my password', wanted)).body.code).toBe('PASSWORD_WRONG');
    const answer = await change(here, PASSWORD, wanted);
    expect(answer.status).toBe(204);
    expect([await status(here), await status(elsewhere), await status(cookieOf(answer))]).toEqual([401, 401, 200]);
    expect((await attempt(email, PASSWORD)).status).toBe(401);
    expect((await attempt(email, wanted)).status).toBe(200);
  });

  it.each([
    'short',
    'aaaaaaaaaaaaaaa',
    '123456789012345',
    'Password-12345',
    'LovelaceAda12',
    'Contraseña12345'.replace('ñ', 'n'),
  ])('refuses %s', async (weak) => {
    const { email } = await identity.found();
    const answer = await change(await identity.signIn(email), PASSWORD, weak);
    expect([answer.status, answer.body.code]).toEqual([400, 'PASSWORD_TOO_WEAK']);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  it('limits guesses at the present one', async () => {
    const cookie = await identity.signIn((await identity.found()).email);
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push((await change(cookie, 'not my password', wanted)).status);
    expect(codes).toEqual([403, 403, 403, 403, 403, 429]);
  });

  it('takes the same characters typed on another system for the same', async () => {
    const { email } = await identity.found();
    const composed = 'café au lait à Zürich';
    await change(await identity.signIn(email), PASSWORD, composed.normalize('NFD')).expect(204);
    expect((await attempt(email, composed.normalize('NFC'))).status).toBe(200);
  });
});
