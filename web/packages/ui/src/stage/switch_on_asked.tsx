import { useAction, useLive } from '@costage/react';
import type { RoomHandle, TrackSources } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';

/** Somebody who may asks me to be heard or seen. Only I can do that (S-082). */
export function SwitchOnAsked({ room }: { room: RoomHandle }): ReactElement | null {
  const [asked, setAsked] = useState<TrackSources>();
  const action = useAction();
  const media = room.media;
  const self = useLive(media).participants.find((one) => one.isSelf);
  useEffect(() => room.stage.onSwitchOnAsked(setAsked), [room]);
  const isDone = (!asked?.microphone || self?.microphone === 'on') && (!asked?.camera || self?.camera === 'on');
  useEffect(() => {
    if (isDone) setAsked(undefined);
  }, [isDone]);
  if (!asked) return null;
  const switchOn = async (): Promise<void> => {
    if (asked.microphone) await media.setMicrophone(true);
    if (asked.camera) await media.setCamera(true);
    setAsked(undefined);
  };
  return (
    <section className="cs-card cs-ask" data-testid="switch-on-asked">
      <p role="alert">{asked.microphone ? messages.stage.actions.asked.microphone : messages.stage.actions.asked.camera}</p>
      <Problem error={action.error} />
      <div className="cs-actions">
        <Button onPress={() => setAsked(undefined)} isDisabled={action.busy}>{messages.stage.actions.notNow}</Button>
        <Button tone="primary" onPress={() => void action.run(switchOn)} isDisabled={action.busy} data-testid="switch-on">
          {asked.microphone ? messages.preview.unmute : messages.preview.turnCameraOn}
        </Button>
      </div>
    </section>
  );
}
