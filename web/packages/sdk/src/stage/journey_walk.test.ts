// Whatever happens, sensible or not, in whatever order: what must never be. The seed is in the message of a failure.
import { expect, it } from 'vitest';
import { ended, kFailed, kLost, kNoMedia, kOnStage, kWatching, Script } from '../testing/journey_script.js';
import { kMoves } from './journey.js';
import { kActs } from './journey_acts.js';
import type { JourneyAct, JourneyName } from './journey_words.js';

const kAllActs = Object.keys(kActs) as JourneyAct['type'][];
const kWalks = 1500;
const kSteps = 40;

type Pick = <T>(list: readonly T[]) => T;

/** mulberry32: the same seed gives the same walk. */
function randomOf(seed: number): Pick {
  return (list) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return list[((t ^ (t >>> 14)) >>> 0) % list.length]!;
  };
}

const kMedia = [kNoMedia, kWatching, kOnStage, kLost, kFailed, ended('removed'), ended('duplicate'), ended('closed'), ended('seatLost')];

/** One thing further on the way to the stage, so that walks come far. */
function goesWell(script: Script): Script {
  switch (script.now.name) {
    case 'invited':
      return script.act('accept').invitation('accepted', script.now.invitation.invitationId);
    case 'gettingReady':
      return script.act('join');
    case 'joining':
      return script;
    default:
      return script.facts.invitation?.status === 'accepted' ? script.act('getReady') : script.invitation('pending');
  }
}

function happens(script: Script, pick: Pick): void {
  const current = script.facts.seat?.leaseId ?? script.journey.mine ?? 'lease_0';
  const lease = pick([current, current, `lease_${pick([1, 2, 3, 4, 5, 6, 7, 8, 9])}_${script.journey.attempts}`]);
  const invitationId = pick(['inv_1', 'inv_2']);
  const sensible = kAllActs.filter((act) => kActs[act].includes(script.now.name));
  pick<() => unknown>([
    () => script.act(pick(kAllActs)),
    () => script.act(pick(sensible.length > 0 ? sensible : kAllActs)),
    ...[1, 2, 3, 4].map(() => () => goesWell(script)),
    () => script.media(pick(kMedia)),
    () => script.seat(pick([undefined, undefined, lease]), pick(['preparing', 'onAir', 'reconnecting'])),
    () => script.know({ holdsSeat: pick([true, false]) }),
    () => script.invitation(pick(['pending', 'pending', 'accepted', 'rejected', 'cancelled', 'expired']), invitationId),
    () => script.request({ requestId: 'req_1', status: pick(['waiting', 'invited', 'declined', 'withdrawn', 'expired']) }),
    () => script.room(pick(['idle', 'live', 'live', 'live', 'waitingReconnect'])),
    () => script.hear({ type: 'seatEnded', leaseId: lease, reason: pick(['left', 'removed', 'timeout', 'ended']) }),
    () => script.media(pick(kMedia)).hear({ type: pick(['joined', 'joinFailed']), attempt: script.journey.attempts }),
    () => script.media(kOnStage).hear({ type: 'joined', attempt: script.journey.attempts }),
    () => script.hear({ type: pick(['leaveDone', 'askFailed', 'seatTaken']) }),
    () => script.hear({ type: 'accepted', invitationId }),
  ])();
}

/** Calls back after each single step. */
function walk(seed: number, look: (script: Script, from: JourneyName, by: string, did: string[]) => void): void {
  const pick = randomOf(seed);
  // Half of them begin with a page that is just loaded.
  const script = new Script(pick([{ room: 'idle', media: kNoMedia }, { media: kWatching }] as const));
  const hear = script.hear.bind(script);
  script.hear = (input) => {
    const from = script.now.name;
    hear(input);
    look(script, from, input.type, script.did());
    return script;
  };
  for (let i = 0; i < kSteps; ++i) happens(script, pick);
  script.room('ended');
}

it('nobody goes on air without asking, nor back into a seat that has ended or is not of this tab', () => {
  let resumes = 0;
  let joins = 0;
  for (let seed = 1; seed <= kWalks; ++seed) {
    walk(seed, ({ journey, facts }, from, by, did) => {
      const what = `seed ${seed}: ${from} -> ${journey.now.name} by ${by}: ${did.join()}`;
      if (did.includes('goOnStage')) expect([from, by, ++joins > 0], what).toEqual(['gettingReady', 'join', true]);
      const leaseId = did.find((one) => one.startsWith('resume '))?.slice('resume '.length);
      if (leaseId === undefined) return;
      ++resumes;
      expect(journey.over, what).not.toContain(leaseId);
      if (by !== 'takeHere') expect(facts.holdsSeat || journey.mine === leaseId, what).toBe(true);
    });
  }
  expect(Math.min(resumes, joins), `${resumes} resumed, ${joins} joined`).toBeGreaterThan(100);
});

it('every move is in the table, and every move of the table is made', () => {
  const made = new Set<string>();
  for (let seed = 1; seed <= kWalks; ++seed) {
    walk(seed, ({ now }, from, by) => {
      if (now.name === from) return;
      expect(kMoves[from], `seed ${seed}: ${from} -> ${now.name} by ${by}`).toContain(now.name);
      made.add(`${from} -> ${now.name}`);
    });
  }
  const listed = Object.entries(kMoves).flatMap(([from, to]) => to.filter((one) => one !== from).map((one) => `${from} -> ${one}`));
  expect(listed.filter((move) => !made.has(move))).toEqual([]);
});

it('the facts decide, not how often they are told; and what is remembered stays small', () => {
  for (let seed = 1; seed <= kWalks; ++seed) {
    let again = false;
    walk(seed, (script, from, by, did) => {
      if (again) return;
      again = true;
      const { now } = script;
      expect(script.know({}).now, `seed ${seed}: ${from} -> ${now.name} by ${by}: ${did.join()}`).toBe(now);
      expect(script.journey.over.length).toBeLessThanOrEqual(8);
      again = false;
    });
  }
});
