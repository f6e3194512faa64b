import type { Policies, RoomHandle, RoomState } from '@costage/sdk';
import type { ReactElement } from 'react';
import { useAction } from '../lib/hooks.js';
import { messages } from '../messages.js';
import { Toggle } from './field.js';
import { Problem } from './problem.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** What the host decides about this show. Saved at once; the room's history carries it to everybody. */
export function RoomSettings({ room, state }: Props): ReactElement {
  const action = useAction();
  const { policies } = state.room;
  const change = (changes: Partial<Policies>): void => void action.run(() => room.update({ policies: changes }));
  return (
    <section className="panel-part">
      <h2>{messages.settings.title}</h2>
      <Toggle
        label={messages.settings.guests}
        isOn={policies.guestsMayWatch}
        onChange={(on) => change({ guestsMayWatch: on })}
        isDisabled={action.busy}
        testId="setting-guests"
      />
      <Toggle
        label={messages.settings.bothDevices}
        isOn={policies.coHostDevices === 'both'}
        onChange={(on) => change({ coHostDevices: on ? 'both' : 'any' })}
        isDisabled={action.busy}
        testId="setting-both-devices"
      />
      <Problem error={action.error} />
    </section>
  );
}
