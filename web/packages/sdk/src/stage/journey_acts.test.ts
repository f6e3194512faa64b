import { expect, it } from 'vitest';
import { ended, kFailed, kLost, kNoMedia, kOnStage, kWatching, Script } from '../testing/journey_script.js';
import { kActs } from './journey_acts.js';
import type { JourneyAct, JourneyName } from './journey_words.js';

const kAllActs = Object.keys(kActs) as JourneyAct['type'][];

const kStates: Record<JourneyName, () => Script> = {
  watching: () => new Script(),
  asking: () => new Script().act('ask'),
  invited: () => new Script().toInvited(),
  gettingReady: () => new Script().toReady(),
  joining: () => new Script().toJoining(),
  onStage: () => new Script().toStage(),
  reconnecting: () => new Script().toStage().media(kLost),
  elsewhere: () => new Script().seat('lease_9'),
  left: () => new Script().toStage().media(ended('seatLost')),
  removed: () => new Script().toStage().seatEnds('lease_1', 'removed'),
};

for (const [name, start] of Object.entries(kStates)) {
  it(`${name}: what has no place there changes nothing`, () => {
    for (const act of kAllActs.filter((one) => !kActs[one].includes(name as JourneyName))) {
      const script = start();
      const { journey } = script;
      expect(journey.now.name).toBe(name);
      script.did();
      expect(script.act(act).journey, act).toBe(journey);
      expect(script.did(), act).toEqual([]);
    }
  });
}

it('after the show nothing can be done', () => {
  const script = new Script().room('ended');
  const { journey } = script;
  expect(script.act(...kAllActs).journey).toBe(journey);
});

/** mulberry32: the same seed gives the same walk. */
function randomOf(seed: number): <T>(list: readonly T[]) => T {
  return (list) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return list[((t ^ (t >>> 14)) >>> 0) % list.length]!;
  };
}

/** Things that happen, sensible or not. */
function happen(script: Script, pick: <T>(list: readonly T[]) => T): void {
  const lease = pick(['lease_1', 'lease_2', 'lease_3']);
  pick<() => unknown>([
    () => script.act(pick(kAllActs)),
    () => script.act(pick(kAllActs)),
    () => script.media(pick([kNoMedia, kWatching, kOnStage, kLost, kFailed, ended('removed'), ended('duplicate'), ended('closed'), ended('seatLost')])),
    () => script.seat(pick([undefined, lease]), pick(['preparing', 'onAir', 'reconnecting'])),
    () => script.know({ holdsSeat: pick([true, false]) }),
    () => script.invitation(pick(['pending', 'accepted', 'rejected', 'cancelled', 'expired']), pick(['inv_1', 'inv_2'])),
    () => script.request({ requestId: 'req_1', status: pick(['waiting', 'invited', 'declined', 'withdrawn', 'expired']) }),
    () => script.room(pick(['idle', 'live', 'live', 'waitingReconnect'])),
    () => script.hear({ type: 'seatEnded', leaseId: lease, reason: pick(['left', 'removed', 'timeout', 'ended']) }),
    () => script.hear({ type: pick(['joined', 'joinFailed']), attempt: script.journey.attempts }),
    () => script.hear({ type: pick(['leaveDone', 'askFailed', 'seatTaken']) }),
    () => script.hear({ type: 'accepted', invitationId: pick(['inv_1', 'inv_2']) }),
  ])();
}

it('whatever happens, nobody goes on air without asking, nor back into a seat that has ended or is not of this tab', () => {
  for (let seed = 1; seed <= 300; ++seed) {
    const pick = randomOf(seed);
    const script = new Script();
    for (let i = 0; i < 60; ++i) {
      const before = script.journey;
      const hears: string[] = [];
      const hear = script.hear.bind(script);
      script.hear = (input) => {
        hears.push(input.type);
        return hear(input);
      };
      happen(script, pick);
      script.hear = hear;
      const did = script.did();
      const what = `seed ${seed}, step ${i}: ${before.now.name} -> ${script.now.name} by ${hears.join()}: ${did.join()}`;
      if (did.includes('goOnStage')) expect([before.now.name, hears], what).toEqual(['gettingReady', ['join']]);
      const resumed = did.find((one) => one.startsWith('resume '))?.slice(7);
      if (resumed !== undefined) {
        expect(before.over, what).not.toContain(resumed);
        if (!hears.includes('takeHere')) expect(script.facts.holdsSeat || script.journey.mine === resumed, what).toBe(true);
      }
      expect(script.journey.over.length, what).toBeLessThanOrEqual(8);
      // Once more of the same changes nothing: the facts decide, not how often they are told.
      const { now } = script;
      expect(script.know({}).now, what).toBe(now);
    }
  }
});
