import type { Policies, RoomHandle } from '@costage/sdk';
import type { ReactElement } from 'react';
import { useNewest } from '../base/use_newest.js';
import { duration } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { Choice } from '../base/field.js';
import { Problem } from '../base/problem.js';

const kMinute = 60;
const kQuiet = [0, 5 * kMinute, 10 * kMinute, 30 * kMinute, 60 * kMinute];
const kLongest = [0, 60 * kMinute, 120 * kMinute, 240 * kMinute, 480 * kMinute];

/** When a show ends by itself. */
export function ShowLimits({ room, policies }: { room: RoomHandle; policies: Policies }): ReactElement {
  const set = (changes: Partial<Policies>): Promise<unknown> => room.update({ policies: changes });
  const words = messages.limits;
  return (
    <>
      <Limit label={words.quiet} saved={policies.quietLimitSeconds} choices={kQuiet} testId="setting-quiet" onChange={(quietLimitSeconds) => set({ quietLimitSeconds })} />
      <Limit label={words.longest} saved={policies.showLimitSeconds} choices={kLongest} testId="setting-longest" onChange={(showLimitSeconds) => set({ showLimitSeconds })} />
    </>
  );
}

interface LimitProps {
  label: string;
  saved: number;
  choices: readonly number[];
  testId: string;
  onChange: (seconds: number) => Promise<unknown>;
}

/** One that was set elsewhere is among the choices, too. The arrow keys choose faster than a server saves. */
function Limit({ label, saved, choices, onChange, testId }: LimitProps): ReactElement {
  const { value, edit, error } = useNewest(saved, onChange);
  const all = choices.includes(value) ? choices : [...choices, value].sort((a, b) => a - b);
  const options = all.map((one) => ({ id: String(one), name: one === 0 ? messages.limits.never : messages.limits.after({ time: duration(one) }) }));
  return (
    <>
      <Choice label={label} options={options} value={String(value)} onChange={(id) => void edit(() => Number(id))} testId={testId} />
      <Problem error={error} />
    </>
  );
}
