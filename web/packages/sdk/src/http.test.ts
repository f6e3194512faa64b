import { describe, expect, it } from 'vitest';
import { CostageError } from './errors.js';
import { Http, idempotencyKey } from './http.js';
import type { Tokens } from './token.js';

interface Sent {
  url: string;
  init: RequestInit;
}

const kToken: Tokens = { get: async () => 'tok', renew: async () => false };

function fake(answers: (() => Response)[], tokens = kToken): { http: Http; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    sent.push({ url: String(url), init: init ?? {} });
    return answers[Math.min(sent.length, answers.length) - 1]!();
  };
  const http = new Http({ url: 'http://server/', tokens, fetch, wait: async () => {} });
  return { http, sent };
}

const ok = (body: unknown) => (): Response => new Response(JSON.stringify(body), { status: 200 });
const broken = (): Response => {
  throw new TypeError('Failed to fetch');
};

function problem(status: number, body: object, headers: Record<string, string> = {}): () => Response {
  return () =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });
}

async function refusal(answer: () => Response): Promise<CostageError> {
  return fake([answer])
    .http.get('/v1/me')
    .then(
      () => expect.fail('should be refused'),
      (error: CostageError) => error,
    );
}

describe('errors', () => {
  it('takes code, sentence and field from the problem document', async () => {
    const error = await refusal(
      problem(400, { code: 'invalid_request', title: 'Bad', detail: 'The title is missing.', field: 'title' }),
    );
    expect(error).toBeInstanceOf(CostageError);
    expect({ ...error, message: error.message }).toMatchObject({
      code: 'invalid_request',
      message: 'The title is missing.',
      field: 'title',
      status: 400,
    });
  });

  it('tells the three refusals of getBroadcasterData apart', async () => {
    // S-054, S-055, S-056
    const codes = ['invitation_pending', 'invitation_rejected', 'room_ended'];
    for (const code of codes) expect((await refusal(problem(409, { code, detail: 'No.' }))).code).toBe(code);
  });

  it('has words when the answer is no problem document', async () => {
    const error = await refusal(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(error.code).toBe('server_error');
    expect(error.message).toContain('502');
  });

  it('passes Retry-After on', async () => {
    const error = await refusal(problem(429, { code: 'cooling_down', detail: 'Wait.' }, { 'Retry-After': '30' }));
    expect(error.retryAfterSeconds).toBe(30);
  });

  it('knows which refusals end the session', async () => {
    expect((await refusal(problem(401, { code: 'token_expired', detail: 'Over.' }))).isAuthentication).toBe(true);
    expect((await refusal(problem(403, { code: 'not_permitted', detail: 'No.' }))).isAuthentication).toBe(false);
  });
});

describe('requests', () => {
  it('sends the token, and repeats a query parameter per value', async () => {
    const { http, sent } = fake([ok({})]);
    await http.get('/v1/rooms', { status: ['live', 'idle'], limit: 20, cursor: undefined });
    expect(sent[0]!.url).toBe('http://server/v1/rooms?status=live&status=idle&limit=20');
    expect(sent[0]!.init.headers).toMatchObject({ Authorization: 'Bearer tok' });
  });

  it('sends a picture as it is, and gives one back', async () => {
    const picture = new Blob(['bytes'], { type: 'image/png' });
    const { http, sent } = fake([() => new Response(picture, { status: 200, headers: { 'Content-Type': 'image/png' } })]);
    const answer = await http.write<Blob>('PUT', '/v1/rooms/r/cover', picture);
    expect(sent[0]?.init.body).toBe(picture);
    expect(sent[0]?.init.headers).toMatchObject({ 'Content-Type': 'image/png' });
    expect(answer.type).toBe('image/png');
    expect(await answer.text()).toBe('bytes');
  });

  it('repeats a write without an answer under the same Idempotency-Key', async () => {
    const { http, sent } = fake([broken, ok({ roomId: 'r' })]);
    expect(await http.write('POST', '/v1/rooms', { title: 'x' })).toEqual({ roomId: 'r' });
    const keys = sent.map(({ init }) => (init.headers as Record<string, string>)['Idempotency-Key']);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('gives up after three tries', async () => {
    const { http, sent } = fake([broken]);
    await expect(http.get('/v1/me')).rejects.toMatchObject({ code: 'network' });
    expect(sent).toHaveLength(3);
  });

  it('goes on with a fresh token when the one so far has ended, as the same write', async () => {
    let token = 'old';
    const tokens: Tokens = { get: async () => token, renew: async (refused) => refused === 'old' && Boolean((token = 'fresh')) };
    const { http, sent } = fake([problem(401, { code: 'token_expired', detail: 'Over.' }), ok({ roomId: 'r' })], tokens);
    expect(await http.write('POST', '/v1/rooms', { title: 'x' })).toEqual({ roomId: 'r' });
    const headers = sent.map(({ init }) => init.headers as Record<string, string>);
    expect(headers.map((one) => one['Authorization'])).toEqual(['Bearer old', 'Bearer fresh']);
    expect(headers[1]!['Idempotency-Key']).toBe(headers[0]!['Idempotency-Key']);
  });

  it('asks for a fresh token once only', async () => {
    const { http, sent } = fake([problem(401, { code: 'token_expired', detail: 'Over.' })], { ...kToken, renew: async () => true });
    await expect(http.get('/v1/me')).rejects.toMatchObject({ code: 'token_expired' });
    expect(sent).toHaveLength(2);
  });

  it('does not repeat a refusal', async () => {
    const { http, sent } = fake([problem(409, { code: 'stage_full', detail: 'Full.' })]);
    await expect(http.write('POST', '/v1/rooms/r/broadcaster')).rejects.toMatchObject({ code: 'stage_full' });
    expect(sent).toHaveLength(1);
  });

  it('makes a new key per write', () => {
    expect(new Set(Array.from({ length: 100 }, idempotencyKey)).size).toBe(100);
  });
});
