import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleToken } from './testing/tokens.js';
import { readToken, TokenKeeper, type TokenSource } from './token.js';

const kStart = Date.parse('2026-11-21T10:00:00.000Z');
const kMinute = 60_000;

/** Ends so many minutes after the start. */
const ending = (minutes: number, mark = ''): string => sampleToken({ sub: 'hana', exp: (kStart + minutes * kMinute) / 1000, mark });

let keeper: TokenKeeper | undefined;
let expiring: number[];
let renewed: number;

function hold(source: TokenSource): TokenKeeper {
  const made = new TokenKeeper({
    source,
    clock: { now: () => Date.now() },
    onExpiring: (expiresAt) => expiring.push(expiresAt),
    onRenewed: () => renewed++,
  });
  made.watch();
  return (keeper = made);
}

const phase = (): string => keeper!.access.getSnapshot().phase;
const pass = (minutes: number): Promise<unknown> => vi.advanceTimersByTimeAsync(minutes * kMinute);

beforeEach(() => {
  vi.useFakeTimers({ now: kStart });
  expiring = [];
  renewed = 0;
});

afterEach(() => {
  keeper?.close();
  keeper = undefined;
  vi.useRealTimers();
});

describe('reading a token', () => {
  it('finds whose it is and when it ends, also with letters beyond ASCII', () => {
    const token = sampleToken({ sub: 'ж-1', name: 'Žofie ÿ?>', exp: 1_800_000_000 });
    expect(readToken(token)).toEqual({ userId: 'ж-1', name: 'Žofie ÿ?>', expiresAt: 1_800_000_000_000 });
  });

  it.each([undefined, '', 'tok', 'a.b.c', 'a.bnVsbA.c', sampleToken({ sub: 1, exp: 'soon' })])('finds nothing in %s', (token) => {
    expect(readToken(token)).toEqual({ userId: undefined, name: undefined, expiresAt: undefined });
  });
});

describe('a token that nobody renews', () => {
  it('is warned of before its end, once', async () => {
    hold(ending(60));
    await pass(58);
    expect([phase(), expiring]).toEqual(['valid', []]);
    await pass(1);
    expect([phase(), expiring]).toEqual(['expiring', [kStart + 60 * kMinute]]);
    await pass(2);
    expect([phase(), expiring.length]).toEqual(['ended', 1]);
  });

  it('goes on with the one that is set meanwhile', async () => {
    hold(ending(60));
    await pass(59);
    keeper!.set(ending(120));
    expect([phase(), renewed]).toEqual(['valid', 1]);
    expect(await keeper!.get()).toBe(ending(120));
    await pass(10);
    expect(phase()).toBe('valid');
  });

  it('has ended when the server says so', async () => {
    hold(ending(60));
    expect(await keeper!.renew(ending(60))).toBe(false);
    expect(phase()).toBe('ended');
    keeper!.set(ending(90));
    expect([phase(), await keeper!.renew(ending(60))]).toEqual(['valid', true]);
  });

  it('that has ended already says so at once', async () => {
    hold(ending(-1));
    await pass(0);
    expect(phase()).toBe('ended');
  });

  it('of a kind that cannot be read is taken for good', async () => {
    hold('opaque');
    await pass(10_000);
    expect([phase(), await keeper!.get()]).toEqual(['valid', 'opaque']);
  });
});

describe('a token with a source', () => {
  it('is fetched once, and again in time', async () => {
    const source = vi.fn((last?: string) => (last === undefined ? ending(60) : ending(120)));
    hold(source);
    expect(await Promise.all([keeper!.get(), keeper!.get()])).toEqual([ending(60), ending(60)]);
    expect(source).toHaveBeenCalledTimes(1);
    await pass(59);
    expect(source.mock.lastCall).toEqual([ending(60)]);
    expect([await keeper!.get(), phase(), expiring, source.mock.calls.length]).toEqual([ending(120), 'valid', [], 2]);
  });

  it('that lives for a minute is renewed after half of it', async () => {
    const source = vi.fn(() => ending((Date.now() - kStart) / kMinute + 1));
    hold(source);
    await keeper!.get();
    await pass(0.55);
    expect(source).toHaveBeenCalledTimes(2);
    expect(phase()).toBe('valid');
  });

  it('is asked for again and again while the source fails, and its user is warned', async () => {
    let works = true;
    hold(async () => {
      if (!works) throw new Error('away');
      return ending(works && renewed === 0 ? 60 : 120);
    });
    await keeper!.get();
    works = false;
    await pass(61);
    expect([phase(), expiring.length]).toEqual(['ended', 1]);
    expect(await keeper!.get()).toBe(ending(60));
    works = true;
    await pass(0.2);
    expect([phase(), await keeper!.get()]).toEqual(['valid', ending(120)]);
  });

  it('is fetched anew when the server does not accept it', async () => {
    hold((last) => (last === undefined ? ending(60) : ending(120)));
    await keeper!.get();
    expect(await keeper!.renew(ending(60))).toBe(true);
    expect(await keeper!.get()).toBe(ending(120));
  });

  it('passes the failure of the first one on', async () => {
    hold(() => {
      throw new Error('no session');
    });
    await expect(keeper!.get()).rejects.toThrow('no session');
  });
});
