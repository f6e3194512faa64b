import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WordList } from '@costage/sdk';
import { sampleMessage, sampleReport, sampleRoom, sampleSeat, sampleStanding, sampleState } from '../../../sdk/src/testing/samples.js';
import { kHostRights, kNoRights } from '../stage/tile_actions.js';
import { isMuted, personActions } from '../chat/message_actions.js';
import { waitingIn, WaitingAnnouncer, type Waiting } from './order_waiting.js';
import { isSameList, linkRuleOf, withAction, withLinkRule, withoutWord, withWord } from './word_list.js';

describe('WaitingAnnouncer', () => {
  let said: Waiting[];
  let announcer: WaitingAnnouncer;
  const held = (count: number, reports = 0): Waiting => ({ held: count, reports });
  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    announcer = new WaitingAnnouncer((waiting) => said.push(waiting));
  });
  afterEach(() => vi.useRealTimers());

  it('says at once that something waits, and what came since every five seconds', () => {
    announcer.tell(held(1));
    announcer.tell(held(2));
    announcer.tell(held(3, 1));
    expect(said).toEqual([held(1)]);
    vi.advanceTimersByTime(5000);
    expect(said).toEqual([held(1), held(3, 1)]);
    vi.advanceTimersByTime(20_000);
    expect(said).toHaveLength(2);
  });

  it('says nothing of what is decided, nor of what nobody has to decide any more', () => {
    announcer.tell(held(2));
    announcer.tell(held(1));
    vi.advanceTimersByTime(5000);
    announcer.tell(held(0));
    expect(said).toEqual([held(2)]);
    announcer.tell(held(1));
    announcer.tell(held(2));
    announcer.tell(held(0));
    vi.advanceTimersByTime(5000);
    expect(said).toEqual([held(2), held(1)]);
  });

  it('counts messages and reports', () => {
    expect(waitingIn({ held: [sampleMessage()], reports: [sampleReport(), sampleReport()] })).toEqual(held(1, 2));
  });
});

describe('the words of a show', () => {
  const list: WordList = { words: [{ text: 'mud', action: 'hold' }] };

  it('are added, changed and taken out', () => {
    const two = withWord(list, 'dirt*', 'refuse');
    expect(two.words.map((one) => one.text)).toEqual(['mud', 'dirt*']);
    expect(withWord(two, 'mud', 'refuse').words).toEqual([{ text: 'dirt*', action: 'refuse' }, { text: 'mud', action: 'refuse' }]);
    expect(withAction(two, 0, 'refuse').words[0]).toEqual({ text: 'mud', action: 'refuse' });
    expect(withoutWord(two, 0).words).toEqual([{ text: 'dirt*', action: 'refuse' }]);
  });

  it('come with a rule for links, which are allowed where none is set', () => {
    expect(linkRuleOf(list)).toBe('allow');
    const strict = withLinkRule(list, 'hold');
    expect(strict.links).toBe('hold');
    expect('links' in withLinkRule(strict, 'allow')).toBe(false);
    expect(isSameList(strict, list)).toBe(false);
    expect(isSameList(withLinkRule(strict, 'allow'), list)).toBe(true);
  });
});

describe('personActions', () => {
  const now = Date.parse('2026-11-21T10:00:00.000Z');
  const state = sampleState({
    room: sampleRoom({ status: 'live' }),
    standings: [
      sampleStanding({ userId: 'mo', moderator: true }),
      sampleStanding({ userId: 'mia', muted: true, mutedUntil: '2026-11-21T10:00:30.000Z' }),
      sampleStanding({ userId: 'bo', banned: true, muted: true }),
    ],
  });
  const actions = (userId: string, rights = kNoRights, at = now) => personActions({ userId, state, rights, now: at });

  it('takes back what was said of somebody, and only while it holds', () => {
    expect(actions('mia')).toEqual(['unmute', 'ban']);
    expect(actions('mia', kNoRights, now + 30_000)).toEqual(['mute60', 'mute600', 'muteEnd', 'ban']);
    expect(actions('bo')).toEqual(['unban']);
    expect(isMuted(sampleStanding({ muted: true }), now)).toBe(true);
  });

  it('leaves the host alone, and those on stage or who keep order to the host', () => {
    const onStage = { ...state, stage: { roomId: 'room_1', seats: [sampleSeat({ userId: 'carl' })] } };
    expect(actions('carl')).toContain('ban');
    expect(personActions({ userId: 'carl', state: onStage, rights: kNoRights, now })).toEqual([]);
    expect(personActions({ userId: 'carl', state: onStage, rights: kHostRights, now })).toContain('ban');
    expect(actions('hana', kHostRights)).toEqual([]);
    expect(actions('mo')).toEqual([]);
    expect(actions('mo', kHostRights)).toContain('ban');
  });
});
