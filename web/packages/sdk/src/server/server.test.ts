// @vitest-environment node
import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAdmin, mintUserToken, verifyWebhook, type WebhookRequest } from './index.js';

const key = { apiKey: 'devkey', apiSecret: 'secret' };
const kNow = Date.parse('2026-11-30T10:00:00Z');
const kSeconds = kNow / 1000;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** As any other implementation signs it. */
function sign(claims: object, { secret = key.apiSecret, alg = 'HS256' } = {}): string {
  const text = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const claimsOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

describe('a user token', () => {
  it('says what the server reads, and is signed as everybody signs', async () => {
    const token = await mintUserToken({ ...key, userId: 'hanna', name: 'Hanna Ö.', ttlSeconds: 60, now: kNow });
    expect(token).toBe(sign({ iss: 'devkey', sub: 'hanna', name: 'Hanna Ö.', iat: kSeconds, exp: kSeconds + 60 }));
  });

  it('is an admin, or a guest of one room, only where that is said', async () => {
    expect(claimsOf(await mintUserToken({ ...key, userId: 'a', admin: true, now: kNow }))).toEqual({ iss: 'devkey', sub: 'a', iat: kSeconds, exp: kSeconds + 3600, admin: true });
    expect(claimsOf(await mintUserToken({ ...key, userId: 'g', guestOf: 'room_1', now: kNow }))).toEqual({ iss: 'devkey', sub: 'g', iat: kSeconds, exp: kSeconds + 3600, guest: 'room_1' });
  });

  it.each([
    ['userId', { userId: ' ' }], ['userId', { userId: 'ä'.repeat(65) }], ['name', { name: 'n'.repeat(101) }], ['ttlSeconds', { ttlSeconds: 0 }],
    ['ttlSeconds', { ttlSeconds: Number.NaN }], ['apiKey', { apiKey: '' }], ['apiSecret', { apiSecret: '' }], ['guestOf', { admin: true, guestOf: 'r' }],
  ])('is refused for its %s: %o', async (field, change) => {
    await expect(mintUserToken({ ...key, userId: 'hanna', ...change })).rejects.toMatchObject({ code: 'invalid_request', field });
  });
});

describe('a webhook', () => {
  const body = JSON.stringify({ event: 'room_started', id: 'EV_1', createdAt: String(kSeconds), room: { sid: 'RM_1', name: 'room_1' } });
  const sha256 = createHash('sha256').update(body).digest('base64');
  const claims = { iss: 'devkey', iat: kSeconds, nbf: kSeconds, exp: kSeconds + 300, sha256 };
  const request = (change: Partial<WebhookRequest> = {}): WebhookRequest => ({ ...key, body, authorization: sign(claims), now: kNow, ...change });

  it('is taken as text and as bytes', async () => {
    expect(await verifyWebhook(request())).toMatchObject({ event: 'room_started', room: { name: 'room_1' } });
    expect((await verifyWebhook(request({ body: Buffer.from(body) }))).id).toBe('EV_1');
    expect((await verifyWebhook(request({ authorization: `Bearer ${sign(claims)}` }))).id).toBe('EV_1');
  });

  it('may come as late as the clocks may differ', async () => {
    expect((await verifyWebhook(request({ now: kNow + 359_000 }))).id).toBe('EV_1');
    expect((await verifyWebhook(request({ now: kNow - 59_000 }))).id).toBe('EV_1');
  });

  it.each<[string, Partial<WebhookRequest>]>([
    ['nothing is signed', { authorization: undefined }],
    ['no token is sent', { authorization: 'abc' }],
    ['another secret signed it', { authorization: sign(claims, { secret: 'guessed' }) }],
    ['another key is named', { authorization: sign({ ...claims, iss: 'other' }) }],
    ['it says that nothing signed it', { authorization: sign(claims, { alg: 'none' }) }],
    ['the body was changed', { body: body.replace('room_started', 'room_finished') }],
    ['no digest is named', { authorization: sign({ ...claims, sha256: undefined }) }],
    ['it is sent again later', { now: kNow + 361_000 }],
    ['it is for later', { now: kNow - 61_000 }],
    ['it never ends', { authorization: sign({ ...claims, exp: undefined }) }],
    ['it is good for a year', { authorization: sign({ ...claims, exp: kSeconds + 31_536_000 }) }],
    ['it is a user token', { authorization: sign({ iss: 'devkey', sub: 'hanna', exp: kSeconds + 60 }) }],
  ])('is refused when %s', async (_what, change) => {
    await expect(verifyWebhook(request(change))).rejects.toMatchObject({ code: 'webhook_refused', status: 401 });
  });
});

describe('an admin', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks with a token of its own, and with another one when that is refused', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: kNow });
    const asked: { request: string; claims: unknown }[] = [];
    let refusals = 1;
    const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const token = new Headers(init?.headers).get('Authorization')!.replace('Bearer ', '');
      asked.push({ request: `${init?.method} ${new URL(String(url)).pathname} ${String(init?.body ?? '')}`.trim(), claims: claimsOf(token) });
      if (refusals-- > 0) {
        // Tokens of one second are the same.
        vi.setSystemTime(kNow + 1000);
        return Response.json({ code: 'token_expired' }, { status: 401 });
      }
      return Response.json({ roomId: 'r' });
    };
    const admin = createAdmin({ ...key, url: 'http://server/', fetch: fetch as typeof globalThis.fetch });
    await admin.rooms.create({ title: 'Pottery', hostId: 'hanna' });
    await admin.room('r').stage.remove('a b');
    await admin.room('r').moderation.ban('vera', 'Rude.');
    await admin.room('r').egresses.start({ kind: 'recording' });
    await admin.room('r').stop();
    await admin.nameUser('hanna', 'Hanna');
    expect(asked.map(({ request }) => request)).toEqual([
      'POST /v1/rooms {"title":"Pottery","hostId":"hanna"}',
      'POST /v1/rooms {"title":"Pottery","hostId":"hanna"}',
      'DELETE /v1/rooms/r/stage/a%20b',
      'POST /v1/rooms/r/people/vera/ban {"reason":"Rude."}',
      'POST /v1/rooms/r/egresses {"kind":"recording"}',
      'POST /v1/rooms/r/stop',
      'PUT /v1/users/hanna {"name":"Hanna"}',
    ]);
    expect(asked[1]!.claims).toMatchObject({ iss: 'devkey', sub: 'admin', admin: true });
    expect(asked[1]!.claims).not.toEqual(asked[0]!.claims);
  });
});
