import type { Policies, RoomHandle } from '@costage/sdk';
import type { ReactElement } from 'react';
import { useAction } from '../lib/hooks.js';
import { messages } from '../messages.js';
import { Choice } from './field.js';
import { Problem } from './problem.js';

const kMinute = 60;
const kQuiet = [0, 5 * kMinute, 10 * kMinute, 30 * kMinute, 60 * kMinute];
const kLongest = [0, 60 * kMinute, 120 * kMinute, 240 * kMinute, 480 * kMinute];

/** When a show ends by itself. */
export function ShowLimits({ room, policies }: { room: RoomHandle; policies: Policies }): ReactElement {
  const action = useAction();
  const set = (changes: Partial<Policies>): void => void action.run(() => room.update({ policies: changes }));
  const words = messages.limits;
  return (
    <>
      <Limit label={words.quiet} seconds={policies.quietLimitSeconds} choices={kQuiet} testId="setting-quiet" onChange={(quietLimitSeconds) => set({ quietLimitSeconds })} />
      <Limit label={words.longest} seconds={policies.showLimitSeconds} choices={kLongest} testId="setting-longest" onChange={(showLimitSeconds) => set({ showLimitSeconds })} />
      <Problem error={action.error} />
    </>
  );
}

interface LimitProps {
  label: string;
  seconds: number;
  choices: readonly number[];
  testId: string;
  onChange: (seconds: number) => void;
}

/** One that was set elsewhere is among the choices, too. */
function Limit({ label, seconds, choices, onChange, testId }: LimitProps): ReactElement {
  const all = choices.includes(seconds) ? choices : [...choices, seconds].sort((a, b) => a - b);
  const options = all.map((one) => ({ id: String(one), name: messages.limits.length(one) }));
  return <Choice label={label} options={options} value={String(seconds)} onChange={(id) => onChange(Number(id))} testId={testId} />;
}
