import { useAction, useLive, type Action } from '@costage/react';
import type { Preview, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { Button } from '../base/button.js';
import { Text } from '../base/field.js';
import { focusHome } from '../base/focus_keeper.js';
import { Problem } from '../base/problem.js';
import { withPlace } from '../green_room/call.js';
import { GreenRoomCard } from '../green_room/green_room.js';
import { PreviewCard } from '../green_room/preview_card.js';
import { StartTogether } from '../green_room/start_together.js';
import { PlanFields } from '../plan/plan_fields.js';
import { SoftwareButton } from '../software/software_button.js';
import { kHostRights } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { DiscardShow } from './discard_show.js';

interface LobbyProps {
  room: RoomHandle;
  state: RoomState;
  preview: Preview;
  action: Action;
  onGo: () => void;
  onDiscarded: (() => void) | undefined;
}

/** Where the host gets ready before the show. */
export function Lobby({ room, state, preview, action, onGo, onDiscarded }: LobbyProps): ReactElement {
  const { camera, microphone, starting } = useLive(preview);
  const nothing = !camera && !microphone;
  // Longer than a phone's screen: who went live from its end would be left below the stage.
  useEffect(() => () => window.scrollTo({ top: 0 }), []);
  return (
    <section className="cs-lobby">
      <h2 {...focusHome}>{messages.host.lobbyTitle}</h2>
      <PreviewCard preview={preview} room={room} />
      <TitleField room={room} title={state.room.title} />
      <PlanFields room={room} show={state.room} />
      {withPlace(state.invitations, state).length > 0 && <GreenRoomCard room={room} state={state} rights={kHostRights} isOnAir={false} />}
      <Problem error={action.error} />
      <div className="cs-lobby-foot">
        <p className="cs-hint">{messages.host.lobbyHint}</p>
        <SoftwareButton room={room} state={state} />
        <DiscardShow room={state.room} isDisabled={action.busy} onDone={onDiscarded} />
        <StartTogether room={room} state={state} isDisabled={action.busy || nothing || starting} onGo={onGo} />
        <Button tone="primary" onPress={onGo} isDisabled={action.busy || nothing || starting} data-testid="go-live">
          {action.busy ? messages.host.goingLive : messages.host.goLive}
        </Button>
      </div>
    </section>
  );
}

/** Saved when the field is left. */
function TitleField({ room, title }: { room: RoomHandle; title: string }): ReactElement {
  const [draft, setDraft] = useState(title);
  const action = useAction();
  const save = (): void => {
    const next = draft.trim();
    if (next === '') setDraft(title);
    else if (next !== title) void action.run(() => room.update({ title: next }));
  };
  return (
    <>
      <Text label={messages.home.titleLabel} value={draft} onChange={setDraft} onBlur={save} testId="lobby-title" maxLength={120} />
      <Problem error={action.error} />
    </>
  );
}
