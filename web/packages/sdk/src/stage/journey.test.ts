import { describe, expect, it } from 'vitest';
import { ended, kLost, kNoMedia, kOnStage, kWatching, Script } from '../testing/journey_script.js';
import type { JourneyState } from './journey_words.js';

interface Move {
  from: string;
  by: string;
  start: (script: Script) => Script;
  then: (script: Script) => Script;
  to: Partial<JourneyState> & Pick<JourneyState, 'name'>;
  did?: string[];
}

const kWaiting = { requestId: 'req_1', status: 'waiting' } as const;
const watching = (script: Script): Script => script;
const place = (script: Script): Script => script.invitation('accepted');
const asking = (script: Script): Script => script.act('ask').request(kWaiting);
const invited = (script: Script): Script => script.toInvited();
const ready = (script: Script): Script => script.toReady();
const joining = (script: Script): Script => script.toJoining();
const onStage = (script: Script): Script => script.toStage();
const lost = (script: Script): Script => script.toStage().media(kLost);
const elsewhere = (script: Script): Script => script.invitation('accepted').seat('lease_9').media(kNoMedia);
const left = (script: Script): Script => script.toStage().act('leave').media(kNoMedia).hear({ type: 'leaveDone' }).media(kWatching).seat(undefined);
const removed = (script: Script): Script => script.toStage().seatEnds('lease_1', 'removed').media(kWatching);

const kMoves: Move[] = [
  { from: 'watching', by: 'an invitation', start: watching, then: (s) => s.toInvited(), to: { name: 'invited' } },
  { from: 'watching', by: 'ask', start: watching, then: (s) => s.act('ask'), to: { name: 'asking' }, did: ['ask'] },
  { from: 'watching', by: 'a request that waits since before a reload', start: watching, then: (s) => s.request(kWaiting), to: { name: 'asking', request: kWaiting } },
  { from: 'watching', by: 'getReady, with a place', start: place, then: (s) => s.act('getReady'), to: { name: 'gettingReady' } },
  { from: 'watching', by: 'getReady, without one', start: watching, then: (s) => s.act('getReady'), to: { name: 'watching' } },
  { from: 'watching', by: 'the end of the show', start: watching, then: (s) => s.room('ended'), to: { name: 'left', reason: 'roomEnded' }, did: ['leaveMedia'] },
  { from: 'asking', by: 'withdraw', start: asking, then: (s) => s.act('withdraw').request({ ...kWaiting, status: 'withdrawn' }), to: { name: 'watching', reason: 'requestWithdrawn' }, did: ['withdraw req_1'] },
  { from: 'asking', by: 'the host who declines', start: asking, then: (s) => s.request({ ...kWaiting, status: 'declined', reason: 'Later!' }), to: { name: 'watching', reason: 'requestDeclined', text: 'Later!' }, did: ['say requestDeclined'] },
  { from: 'asking', by: 'time', start: asking, then: (s) => s.request({ ...kWaiting, status: 'expired' }), to: { name: 'watching', reason: 'requestExpired' }, did: ['say requestExpired'] },
  { from: 'asking', by: 'the host who invites', start: asking, then: (s) => s.toInvited().request({ ...kWaiting, status: 'invited' }), to: { name: 'invited' } },
  { from: 'asking', by: 'a refusal', start: (s) => s.act('ask'), then: (s) => s.hear({ type: 'askFailed' }), to: { name: 'watching' } },
  { from: 'invited', by: 'accept, before its event', start: invited, then: (s) => s.act('accept').hear({ type: 'accepted', invitationId: 'inv_1' }), to: { name: 'gettingReady', waitsForHost: false }, did: ['accept inv_1'] },
  { from: 'invited', by: 'accept, after its event', start: invited, then: (s) => s.act('accept').invitation('accepted').hear({ type: 'accepted', invitationId: 'inv_1' }), to: { name: 'gettingReady' }, did: ['accept inv_1'] },
  { from: 'invited', by: 'accept, before the show', start: (s) => s.room('idle').toInvited(), then: (s) => s.act('accept').invitation('accepted'), to: { name: 'gettingReady', waitsForHost: true }, did: ['accept inv_1'] },
  { from: 'invited', by: 'decline', start: invited, then: (s) => s.act('decline').invitation('rejected'), to: { name: 'watching', reason: 'invitationDeclined' }, did: ['decline inv_1'] },
  { from: 'invited', by: 'the host who takes it back', start: invited, then: (s) => s.invitation('cancelled'), to: { name: 'watching', reason: 'invitationCancelled' }, did: ['say invitationCancelled'] },
  { from: 'invited', by: 'time', start: invited, then: (s) => s.invitation('expired'), to: { name: 'watching', reason: 'invitationExpired' }, did: ['say invitationExpired'] },
  { from: 'invited', by: 'an answer in another window', start: invited, then: (s) => s.invitation('accepted'), to: { name: 'watching' } },
  { from: 'gettingReady', by: 'notNow', start: ready, then: (s) => s.act('notNow'), to: { name: 'watching' } },
  { from: 'gettingReady', by: 'join', start: ready, then: (s) => s.act('join'), to: { name: 'joining' }, did: ['goOnStage'] },
  { from: 'gettingReady', by: 'join, before the show', start: (s) => s.room('idle').toReady(), then: (s) => s.act('join'), to: { name: 'gettingReady', waitsForHost: true } },
  { from: 'joining', by: 'success, before the seat is listed', start: joining, then: (s) => s.hear({ type: 'joined', attempt: 1 }), to: { name: 'onStage', leaseId: undefined } },
  { from: 'joining', by: 'success', start: joining, then: (s) => s.seat('lease_1').hear({ type: 'joined', attempt: 1 }), to: { name: 'onStage', leaseId: 'lease_1' } },
  { from: 'joining', by: 'a refusal', start: joining, then: (s) => s.media(kWatching).hear({ type: 'joinFailed', attempt: 1 }), to: { name: 'gettingReady' } },
  { from: 'onStage', by: 'a lost connection', start: onStage, then: (s) => s.media(kLost), to: { name: 'reconnecting', leaseId: 'lease_1' } },
  { from: 'onStage', by: 'leave', start: onStage, then: (s) => s.act('leave'), to: { name: 'onStage', leaving: true }, did: ['leaveStage'] },
  { from: 'onStage', by: 'leave, once it is done', start: onStage, then: (s) => s.act('leave').media(kNoMedia).hear({ type: 'leaveDone' }), to: { name: 'left', reason: 'left' }, did: ['leaveStage', 'watch'] },
  { from: 'onStage', by: 'the host', start: onStage, then: (s) => s.seatEnds('lease_1', 'removed'), to: { name: 'removed' }, did: ['say removed'] },
  { from: 'onStage', by: 'the host, as the media tell', start: onStage, then: (s) => s.media(ended('removed')), to: { name: 'left', reason: 'seatGone' }, did: ['watch'] },
  { from: 'onStage', by: 'another window', start: onStage, then: (s) => s.media(ended('duplicate')), to: { name: 'elsewhere', isKept: false } },
  { from: 'onStage', by: 'the end of the show', start: onStage, then: (s) => s.seatEnds('lease_1', 'ended').room('ended'), to: { name: 'left', reason: 'roomEnded' }, did: ['leaveMedia'] },
  { from: 'reconnecting', by: 'the connection', start: lost, then: (s) => s.media(kOnStage), to: { name: 'onStage', leaseId: 'lease_1' } },
  { from: 'reconnecting', by: 'a seat given back', start: lost, then: (s) => s.media(ended('seatLost')), to: { name: 'left', reason: 'timedOut' }, did: ['watch'] },
  { from: 'elsewhere', by: 'takeHere', start: elsewhere, then: (s) => s.act('takeHere').media(kOnStage), to: { name: 'onStage', leaseId: 'lease_9' }, did: ['resume lease_9'] },
  { from: 'elsewhere', by: 'the end of the seat', start: elsewhere, then: (s) => s.seatEnds('lease_9', 'left'), to: { name: 'left', reason: 'left' }, did: ['watch', 'say left'] },
  { from: 'left', by: 'getReady', start: left, then: (s) => s.act('getReady'), to: { name: 'gettingReady' } },
  { from: 'left', by: 'dismiss', start: left, then: (s) => s.act('dismiss'), to: { name: 'watching' } },
  { from: 'removed', by: 'getReady: the invitation is used up', start: removed, then: (s) => s.act('getReady'), to: { name: 'removed' } },
  { from: 'removed', by: 'dismiss: the invitation stays used up', start: removed, then: (s) => s.act('dismiss', 'getReady'), to: { name: 'watching' } },
  { from: 'removed', by: 'ask', start: removed, then: (s) => s.act('ask'), to: { name: 'asking' }, did: ['ask'] },
  { from: 'removed', by: 'a new invitation', start: removed, then: (s) => s.invitation('pending', 'inv_2'), to: { name: 'invited' } },
];

describe('the moves of the journey', () => {
  for (const { from, by, start, then, to, did = [] } of kMoves) {
    it(`${from}: ${by} -> ${to.name}`, () => {
      const script = start(new Script());
      expect(script.now.name).toBe(from);
      script.did();
      expect(then(script).now).toMatchObject(to);
      expect(script.did()).toEqual(did);
    });
  }

  it('shows the same object while nothing changes, so that nothing is drawn again', () => {
    const script = new Script().toStage();
    const { now } = script;
    expect(script.media({ ...kOnStage }).now).toBe(now);
  });

  it('knows nothing, and does nothing, before the room has told its state', () => {
    const { journey } = new Script();
    const script = new Script();
    script.journey = { ...journey, facts: undefined };
    expect(script.act('ask').did()).toEqual([]);
    expect(script.hear({ type: 'seatTaken' }).did()).toEqual(['say joined']);
  });
});
