import type { LiveMessage, RoomState } from '@costage/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleMessage, sampleRoom, sampleSeat, sampleStanding, sampleState } from '../../../sdk/src/testing/samples.js';
import { kHostRights, kNoRights } from '../stage/tile_actions.js';
import { ChatAnnouncer, newSince } from './announcements.js';
import { badgeOf, chatLines } from './chat_lines.js';
import { kMostFloating, withFloats, type Floating } from '../reactions/floating.js';
import { messageActions, type ActionFacts } from './message_actions.js';
import { splitText } from './message_text.js';
import { timeLeft } from './times.js';
import { fitting } from './use_completion.js';
import { whyNotWrite } from './why_not_write.js';

const kStart = Date.parse('2026-11-21T10:00:00.000Z');
const at = (seconds: number): string => new Date(kStart + seconds * 1000).toISOString();
const live = (change: Partial<RoomState> = {}): RoomState => sampleState({ room: sampleRoom({ status: 'live' }), ...change });

describe('splitText', () => {
  const parts = (text: string) => splitText(text, [{ userId: 'ada', name: 'Ada' }]).map((one) => (one.kind === 'text' ? one.text : [one.kind, one.text]));
  it.each<[string, unknown[]]>([
    ['plain <b>text</b>', ['plain <b>text</b>']],
    ['see https://a.org/x?y=1#z, please', ['see ', ['link', 'https://a.org/x?y=1#z'], ', please']],
    ['(http://a.org/b_(c)) end.', ['(', ['link', 'http://a.org/b_(c)'], ') end.']],
    ['javascript:alert(1) data:text/html,x ftp://a.org', ['javascript:alert(1) data:text/html,x ftp://a.org']],
    ['https:// nothing', ['https:// nothing']],
    ['@Ada look https://a.org/@Ada @ada', [['mention', '@Ada'], ' look ', ['link', 'https://a.org/@Ada'], ' ', ['mention', '@ada']]],
    ['xhttps://a.org', ['xhttps://a.org']],
  ])('%s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });
});

describe('whyNotWrite', () => {
  const settings = { writers: 'everybody' as const, slowModeSeconds: 0, watchedMinutes: 0 };
  const why = (state: RoomState, change: Partial<Parameters<typeof whyNotWrite>[0]> = {}) =>
    whyNotWrite({ state, settings, messages: [], userId: 'carl', watchingSince: kStart - 30_000, now: kStart, ...change });

  it('lets a viewer write, also before the show', () => {
    expect(why(live())).toBeUndefined();
    expect(why(sampleState())).toBeUndefined();
  });

  it.each<[string, RoomState, object]>([
    ['ended', sampleState({ room: sampleRoom({ status: 'ended' }) }), {}],
    ['chatOff', live({ room: sampleRoom({ status: 'live', chatEnabled: false }) }), {}],
    ['chatOff', live({ me: { role: 'host' } }), { settings: { ...settings, writers: 'nobody' } }],
    ['stageOnly', live(), { settings: { ...settings, writers: 'stage' } }],
    ['guest', live({ me: { role: 'guest' } }), {}],
    ['muted', live({ standings: [sampleStanding({ muted: true })] }), {}],
  ])('%s', (expected, state, change) => {
    expect(why(state, change)?.why).toBe(expected);
  });

  it('says until when, and no longer', () => {
    const muted = live({ standings: [sampleStanding({ muted: true, mutedUntil: at(60) })] });
    expect(why(muted)).toEqual({ why: 'muted', until: kStart + 60_000 });
    expect(why(muted, { now: kStart + 60_000 })).toBeUndefined();
    expect(why(live(), { settings: { ...settings, watchedMinutes: 1 } })).toEqual({ why: 'watchLonger', until: kStart + 30_000, minutes: 1 });
    const slow = { settings: { ...settings, slowModeSeconds: 10 }, messages: [sampleMessage({ userId: 'carl', sentAt: at(-4) }), sampleMessage()] };
    expect(why(live(), slow)).toEqual({ why: 'slowMode', until: kStart + 6000 });
    expect(why(live({ me: { role: 'moderator' } }), slow)).toBeUndefined();
  });
});

describe('chatLines', () => {
  it('puts a day above its messages, and one name over what follows at once', () => {
    const messages = [
      sampleMessage({ messageId: 'a', sentAt: at(0) }),
      sampleMessage({ messageId: 'b', sentAt: at(10) }),
      sampleMessage({ messageId: 'c', sentAt: at(20), userId: 'wim' }),
      sampleMessage({ messageId: 'd', sentAt: at(30), kind: 'cameOnStage', userId: 'wim' }),
      sampleMessage({ messageId: 'e', sentAt: at(40), userId: 'wim' }),
      sampleMessage({ messageId: 'f', sentAt: at(300), userId: 'wim' }),
      sampleMessage({ messageId: 'g', sentAt: at(48 * 3600), userId: 'wim' }),
    ];
    const shown = chatLines(messages).map((line) => (line.kind === 'day' ? 'day' : `${line.message.messageId}${line.kind === 'message' && line.goesOn ? '+' : ''}`));
    expect(shown).toEqual(['day', 'a', 'b+', 'c', 'd', 'e', 'f', 'day', 'g']);
  });

  it('keeps the key of a message when the server has it', () => {
    const [, pending] = chatLines([sampleMessage({ messageId: 'c1', clientId: 'c1' })]);
    const [, sent] = chatLines([sampleMessage({ messageId: 'm7', clientId: 'c1' })]);
    expect(pending!.key).toBe(sent!.key);
  });
});

it('shows what somebody is now, else what they were', () => {
  const state = live({ stage: { roomId: 'room_1', seats: [sampleSeat()] }, standings: [sampleStanding({ userId: 'mo', moderator: true })] });
  const badge = (userId: string, role: LiveMessage['role'] = 'viewer') => badgeOf({ userId, role }, state);
  expect([badge('hana'), badge('carl'), badge('mo'), badge('vera'), badge('vera', 'coHost')]).toEqual(['host', 'coHost', 'moderator', undefined, 'coHost']);
});

it('offers the names that go on with what is written, and none that is complete', () => {
  const known = ['Ada', 'Ada Lovelace', 'Adam', 'Wim', ''].map((name) => ({ userId: name, name }));
  const names = (query: string) => fitting(query, known).map((one) => one.name);
  expect([names('ad'), names('Ada'), names('ada l'), names('x'), names('').length]).toEqual([['Ada', 'Ada Lovelace', 'Adam'], ['Ada Lovelace', 'Adam'], ['Ada Lovelace'], [], 4]);
});

it('counts down in whole seconds, to zero and no further', () => {
  expect([timeLeft(65_000, 100), timeLeft(1000, 999), timeLeft(1000, 5000)]).toEqual(['1:05', '0:01', '0:00']);
});

describe('ChatAnnouncer', () => {
  let said: string[];
  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const announcer = (): ChatAnnouncer =>
    new ChatAnnouncer({ say: (text) => said.push(text), me: 'carl', summary: (count, name, text) => `${count} ${name} ${text}`, mention: (name, text) => `! ${name} ${text}` });

  it('says the first at once, what follows together every five seconds, and who names me at once', () => {
    const chat = announcer();
    chat.tell([sampleMessage({ text: 'one' })]);
    chat.tell([sampleMessage({ text: 'two' }), sampleMessage({ text: 'mine', userId: 'carl' })]);
    chat.tell([sampleMessage({ text: 'three', name: 'Wim' }), sampleMessage({ text: '@Carl', mentions: ['carl'] })]);
    expect(said).toEqual(['1 Vera one', '! Vera @Carl']);
    vi.advanceTimersByTime(5000);
    expect(said[2]).toBe('2 Wim three');
    vi.advanceTimersByTime(20_000);
    expect(said).toHaveLength(3);
  });

  it('says nothing of what came before it was stopped', () => {
    const chat = announcer();
    chat.tell([sampleMessage()]);
    chat.tell([sampleMessage()]);
    chat.stop();
    vi.advanceTimersByTime(20_000);
    expect(said).toHaveLength(1);
  });

  it('knows what is new, and nothing of a list that begins anew', () => {
    const messages = [sampleMessage({ messageId: 'a' }), sampleMessage({ messageId: 'b' })];
    expect(newSince(messages, 'a').map((one) => one.messageId)).toEqual(['b']);
    expect(newSince(messages, 'x')).toEqual([]);
    expect(newSince(messages, undefined)).toEqual([]);
  });
});

describe('messageActions', () => {
  const actions = (change: Partial<ActionFacts> = {}) =>
    messageActions({ message: sampleMessage({ sentAt: at(0) }), state: live(), me: 'carl', rights: kNoRights, mayModerate: false, mayWrite: true, now: kStart + 1000, ...change });

  it('is what a viewer may do about others and about what is their own', () => {
    expect(actions()).toEqual(['reply', 'react', 'copy', 'report']);
    expect(actions({ mayWrite: false })).toEqual(['copy', 'report']);
    const mine = sampleMessage({ userId: 'carl', sentAt: at(0) });
    expect(actions({ message: mine })).toEqual(['reply', 'react', 'copy', 'edit', 'deleteOwn']);
    expect(actions({ message: mine, now: kStart + 121_000 })).toEqual(['reply', 'react', 'copy', 'deleteOwn']);
    expect(actions({ message: { ...mine, pending: true } })).toEqual([]);
    expect(actions({ message: sampleMessage({ status: 'deleted' }) })).toEqual([]);
    expect(actions({ message: sampleMessage({ kind: 'cameOnStage' }) })).toEqual([]);
  });

  it('is more for who moderates, but not about the host and those who help', () => {
    const moderator = { mayModerate: true };
    expect(actions(moderator)).toEqual(['reply', 'react', 'copy', 'report', 'delete', 'pin', 'mute60', 'mute600', 'muteEnd', 'ban']);
    expect(actions({ ...moderator, message: sampleMessage({ userId: 'hana' }) })).toEqual(['reply', 'react', 'copy', 'report', 'delete', 'pin']);
    const withMo = live({ standings: [sampleStanding({ userId: 'mo', moderator: true })] });
    expect(actions({ ...moderator, state: withMo, message: sampleMessage({ userId: 'mo' }) })).not.toContain('ban');
    const muted = live({ standings: [sampleStanding({ userId: 'vera', muted: true })] });
    expect(actions({ ...moderator, state: muted }).slice(-2)).toEqual(['unmute', 'ban']);
  });

  it('is all for the host', () => {
    const host = { me: 'hana', rights: kHostRights, mayModerate: true, state: live({ me: { role: 'host' } }) };
    expect(actions(host).slice(-2)).toEqual(['invite', 'appoint']);
    const withMo = live({ standings: [sampleStanding({ userId: 'vera', moderator: true })] });
    expect(actions({ ...host, state: withMo })).toContain('dismiss');
    const onStage = live({ stage: { roomId: 'room_1', seats: [sampleSeat({ userId: 'vera' })] } });
    expect(actions({ ...host, state: onStage })).not.toContain('invite');
  });
});

describe('withFloats', () => {
  it('lets 30 fly at most, of each kind its share', () => {
    const flying = withFloats([], { heart: 300, wow: 100 }, 0, () => 0.5);
    const kinds = (of: Floating[]) => [of.filter((one) => one.kind === 'heart').length, of.filter((one) => one.kind === 'wow').length];
    expect(kinds(flying)).toEqual([22, 7]);
    expect(withFloats(flying, { fire: 5 }, 100, () => 0.5).length).toBeLessThanOrEqual(kMostFloating);
    expect(withFloats(flying, { fire: 2 }, 10_000, () => 0.5).map((one) => one.kind)).toEqual(['fire', 'fire']);
  });

  it('gives each an id of its own', () => {
    const ids = withFloats(withFloats([], { heart: 2 }, 0, () => 0), { heart: 2 }, 1, () => 0).map((one) => one.id);
    expect(new Set(ids).size).toBe(4);
  });
});
