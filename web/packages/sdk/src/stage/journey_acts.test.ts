import { expect, it } from 'vitest';
import { ended, kLost, Script } from '../testing/journey_script.js';
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
