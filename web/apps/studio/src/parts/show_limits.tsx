import type { Policies } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../messages.js';
import { Choice, Toggle } from './field.js';

interface Props {
  policies: Policies;
  isDisabled: boolean;
  onChange: (changes: Partial<Policies>) => void;
}

const kMinute = 60;
const kQuiet = [0, 5 * kMinute, 10 * kMinute, 30 * kMinute, 60 * kMinute];
const kLongest = [0, 60 * kMinute, 120 * kMinute, 240 * kMinute, 480 * kMinute];

/** When a show ends by itself, and in how many windows somebody is on stage. */
export function ShowLimits({ policies, isDisabled, onChange }: Props): ReactElement {
  const words = messages.limits;
  return (
    <>
      <Limit label={words.quiet} seconds={policies.quietLimitSeconds} choices={kQuiet} testId="setting-quiet" isDisabled={isDisabled} onChange={(quietLimitSeconds) => onChange({ quietLimitSeconds })} />
      <Limit label={words.longest} seconds={policies.showLimitSeconds} choices={kLongest} testId="setting-longest" isDisabled={isDisabled} onChange={(showLimitSeconds) => onChange({ showLimitSeconds })} />
      <Toggle
        label={words.oneWindow}
        isOn={policies.secondWindow === 'refused'}
        onChange={(on) => onChange({ secondWindow: on ? 'refused' : 'replaces' })}
        isDisabled={isDisabled}
        testId="setting-one-window"
      />
    </>
  );
}

interface LimitProps {
  label: string;
  seconds: number;
  choices: readonly number[];
  testId: string;
  isDisabled: boolean;
  onChange: (seconds: number) => void;
}

/** One that was set elsewhere is among the choices, too. */
function Limit({ label, seconds, choices, onChange, ...rest }: LimitProps): ReactElement {
  const all = choices.includes(seconds) ? choices : [...choices, seconds].sort((a, b) => a - b);
  const options = all.map((one) => ({ id: String(one), name: messages.limits.length(one) }));
  return <Choice label={label} options={options} value={String(seconds)} onChange={(id) => onChange(Number(id))} {...rest} />;
}
