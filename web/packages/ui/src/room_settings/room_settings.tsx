import { useAction } from '@costage/react';
import type { Policies, RoomHandle, RoomState } from '@costage/sdk';
import { useId, useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import { parseTags } from './tags.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Text, Toggle } from '../base/field.js';
import { LayoutChoice } from './layout_choice.js';
import { MinVersion } from './min_version.js';
import { Problem } from '../base/problem.js';
import { ShowLimits } from './show_limits.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** What the host decides about this show. Saved at once; the room's history carries it to everybody. */
export function RoomSettings({ room, state }: Props): ReactElement {
  const words = messages.settings.groups;
  return (
    <section className="cs-panel-part cs-settings">
      <h2>{messages.settings.title}</h2>
      <Group title={words.show}>
        <Policy room={room} label={messages.settings.guests} isOn={state.room.policies.guestsMayWatch} to={(on) => ({ guestsMayWatch: on })} testId="setting-guests" />
        <Policy room={room} label={messages.limits.oneWindow} isOn={state.room.policies.secondWindow === 'refused'} to={(on) => ({ secondWindow: on ? 'refused' : 'replaces' })} testId="setting-one-window" />
        <ShowLimits room={room} policies={state.room.policies} />
        <LayoutChoice room={room} scene={state.scene} />
        <Tags room={room} tags={state.room.tags} />
      </Group>
      <Group title={words.invitations}>
        <WhoIsInvited room={room} policies={state.room.policies} />
      </Group>
      <Group title={words.requests}>
        <WhoAsks room={room} policies={state.room.policies} />
      </Group>
    </section>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const id = useId();
  return (
    <div className="cs-settings-group" role="group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </div>
  );
}

interface PoliciesProps {
  room: RoomHandle;
  policies: Policies;
}

function WhoIsInvited({ room, policies }: PoliciesProps): ReactElement {
  const words = messages.settings.invitees;
  return (
    <>
      <Policy room={room} label={words.watchersOnly} isOn={policies.inviteWatchersOnly} to={(on) => ({ inviteWatchersOnly: on })} testId="setting-watchers-only" />
      <Policy room={room} label={words.requestersOnly} isOn={policies.inviteRequestersOnly} to={(on) => ({ inviteRequestersOnly: on })} testId="setting-requesters-only" />
      <Policy room={room} label={words.mustBeReady} isOn={policies.inviteesMustBeReady} to={(on) => ({ inviteesMustBeReady: on })} testId="setting-must-be-ready" />
      <Policy room={room} label={messages.settings.bothDevices} isOn={policies.coHostDevices === 'both'} to={(on) => ({ coHostDevices: on ? 'both' : 'any' })} testId="setting-both-devices" />
      <MinVersion room={room} saved={policies.minClientVersion} />
    </>
  );
}

function WhoAsks({ room, policies }: PoliciesProps): ReactElement {
  const isFewest = policies.requestOrder === 'fewestAppearances';
  return (
    <>
      <Policy room={room} label={messages.requests.open} isOn={policies.requestsOpen} to={(on) => ({ requestsOpen: on })} testId="setting-requests-open" />
      <Policy room={room} label={messages.requests.newFaces} isOn={isFewest} to={(on) => ({ requestOrder: on ? 'fewestAppearances' : 'asked' })} testId="setting-new-faces" />
    </>
  );
}

interface PolicyProps {
  room: RoomHandle;
  label: string;
  isOn: boolean;
  to: (on: boolean) => Partial<Policies>;
  testId: string;
}

function Policy({ room, label, isOn, to, testId }: PolicyProps): ReactElement {
  const action = useAction();
  const change = (on: boolean): void => void action.run(() => room.update({ policies: to(on) }));
  return (
    <>
      <Toggle label={label} isOn={isOn} onChange={change} isBusy={action.busy} testId={testId} />
      <Problem error={action.error} />
    </>
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
    <form className="cs-setting-tags" onSubmit={submit}>
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
