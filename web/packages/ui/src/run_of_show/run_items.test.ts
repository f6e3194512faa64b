import type { Invitation, RunOfShow, Seat } from '@costage/sdk';
import { describe, expect, it } from 'vitest';
import { sampleInvitation, sampleRoom, sampleSeat } from '../../../sdk/src/testing/samples.js';
import { added, advanced, hasNext, moved, nameOf, nowAndNext, peopleOf, removed, startedOver } from './run_items.js';

/** `a b* c`: three items, the second is on. */
function run(text: string): RunOfShow {
  const words = text === '' ? [] : text.split(' ');
  const items = words.map((word) => ({ title: word.replace('*', '') }));
  const current = words.findIndex((word) => word.endsWith('*'));
  return current < 0 ? { items } : { items, current };
}

const shown = ({ items, current }: RunOfShow): string => items.map(({ title }, at) => (at === current ? `${title}*` : title)).join(' ');

it.each<[string, string, RunOfShow, string]>([
  ['an item comes last', 'a* b', added(run('a* b'), { title: 'c' }), 'a* b c'],
  ['the first item does not begin by itself', '', added(run(''), { title: 'a' }), 'a'],
  ['what is removed after what is on', 'a* b', removed(run('a* b'), 1), 'a*'],
  ['what is removed before what is on', 'a b* c', removed(run('a b* c'), 0), 'b* c'],
  ['what is on is removed: the one before counts', 'a b* c', removed(run('a b* c'), 1), 'a* c'],
  ['what is on is removed and was the first', 'a* b', removed(run('a* b'), 0), 'b'],
  ['the only one is removed', 'a*', removed(run('a*'), 0), ''],
  ['what is on moves down', 'a* b c', moved(run('a* b c'), 0, 1), 'b a* c'],
  ['what is on moves up', 'a b c*', moved(run('a b c*'), 2, 1), 'a c* b'],
  ['another moves over what is on, down', 'a b* c', moved(run('a b* c'), 0, 1), 'b* a c'],
  ['another moves over what is on, up', 'a b* c', moved(run('a b* c'), 2, 1), 'a c b*'],
  ['two others change places', 'a* b c', moved(run('a* b c'), 1, 2), 'a* c b'],
  ['the first cannot move up', 'a b', moved(run('a b'), 0, -1), 'a b'],
  ['the last cannot move down', 'a b', moved(run('a b'), 1, 2), 'a b'],
  ['what is not there cannot move', 'a b', moved(run('a b'), 5, 0), 'a b'],
  ['the first begins', 'a b', advanced(run('a b')), 'a* b'],
  ['the next one', 'a* b', advanced(run('a* b')), 'a b*'],
  ['nothing after the last', 'a b*', advanced(run('a b*')), 'a b*'],
  ['nothing where nothing is', '', advanced(run('')), ''],
  ['from the start', 'a b*', startedOver(run('a b*')), 'a b'],
])('%s', (_what, _before, after, expected) => {
  expect(shown(after)).toBe(expected);
  expect('current' in after).toBe(expected.includes('*'));
});

it.each<[string, string | undefined, string | undefined]>([
  ['', undefined, undefined],
  ['a b', undefined, 'a'],
  ['a* b', 'a', 'b'],
  ['a b*', 'b', undefined],
])('of "%s" %s is on and %s comes next', (text, now, next) => {
  const both = nowAndNext(run(text));
  expect([both.now?.title, both.next?.title]).toEqual([now, next]);
  expect(hasNext(run(text))).toBe(next !== undefined);
});

describe('whose turn it can be', () => {
  const seat = (userId: string): Seat => sampleSeat({ userId, name: userId });
  const invited = (inviteeId: string, change: Partial<Invitation> = {}): Invitation =>
    sampleInvitation({ invitationId: `${inviteeId}-${change.createdAt ?? ''}`, inviteeId, inviteeName: inviteeId, ...change });
  const stage = { roomId: 'room_1', seats: [seat('hana'), seat('carl')] };

  it('those on stage first, then who is invited and has not said no, each once', () => {
    const invitations = [
      invited('carl', { status: 'accepted' }),
      invited('vera'),
      invited('mona', { status: 'rejected' }),
      invited('nora', { status: 'accepted', revoked: true }),
      invited('paul', { status: 'accepted', createdAt: '2026-11-21T10:00:00.000Z' }),
      invited('paul', { status: 'cancelled', createdAt: '2026-11-21T11:00:00.000Z' }),
    ];
    expect(peopleOf({ stage, invitations }).map(({ id }) => id).sort()).toEqual(['carl', 'hana', 'vera']);
    expect(peopleOf({ stage, invitations }).slice(0, 2).map(({ id }) => id)).toEqual(['hana', 'carl']);
  });

  it('a name is known from the room, the stage or an invitation', () => {
    const state = { room: sampleRoom(), stage, invitations: [invited('vera')] };
    expect(['hana', 'carl', 'vera', 'nobody'].map((id) => nameOf(state, id))).toEqual(['Hana', 'carl', 'vera', undefined]);
  });
});
