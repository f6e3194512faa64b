import type { Policies, RoomHandle, RoomState } from '@costage/sdk';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useAction } from '../lib/hooks.js';
import { parseTags } from '../lib/tags.js';
import { messages } from '../messages.js';
import { Button } from './button.js';
import { Text, Toggle } from './field.js';
import { LayoutChoice } from './layout_choice.js';
import { Problem } from './problem.js';
import { ShowLimits } from './show_limits.js';

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
      <Toggle
        label={messages.requests.open}
        isOn={policies.requestsOpen}
        onChange={(on) => change({ requestsOpen: on })}
        isDisabled={action.busy}
        testId="setting-requests-open"
      />
      <Toggle
        label={messages.requests.newFaces}
        isOn={policies.requestOrder === 'fewestAppearances'}
        onChange={(on) => change({ requestOrder: on ? 'fewestAppearances' : 'asked' })}
        isDisabled={action.busy}
        testId="setting-new-faces"
      />
      <ShowLimits policies={policies} isDisabled={action.busy} onChange={change} />
      <LayoutChoice room={room} scene={state.scene} />
      <Tags room={room} tags={state.room.tags} />
      <Problem error={action.error} />
    </section>
  );
}

function Tags({ room, tags }: { room: RoomHandle; tags: string[] }): ReactElement {
  const saved = tags.join(', ');
  const [text, setText] = useState<string>();
  const action = useAction();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(async () => {
      await room.update({ tags: parseTags(text ?? '') });
      setText(undefined);
    });
  };
  return (
    <form className="setting-tags" onSubmit={submit}>
      <Text
        label={messages.settings.tags}
        description={messages.settings.tagsHint}
        value={text ?? saved}
        onChange={setText}
        testId="setting-tags"
      />
      <Button type="submit" isDisabled={action.busy || text === undefined || text === saved} data-testid="save-tags">
        {messages.settings.saveTags}
      </Button>
      <Problem error={action.error} />
    </form>
  );
}
