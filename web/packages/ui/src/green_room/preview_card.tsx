import { useLive, useSession } from '@costage/react';
import { createReadiness, type Preview, type Readiness, type RoomHandle } from '@costage/sdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { whereNoneIs } from '../devices/device_words.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { DeviceButton } from '../base/button.js';
import { DeviceChoices } from '../devices/device_choices.js';
import { Problem } from '../base/problem.js';
import { ReadinessCard } from './readiness_card.js';

interface Props {
  preview: Preview;
  /** Where one is about to go on stage: with it, what was found out about devices and connection is told. */
  room?: RoomHandle;
  /** Of this room and preview, where the look at the connection began before. */
  readiness?: Readiness | undefined;
}

/** Own picture, level and device choice before going on air. Starts the devices; its owner stops them. */
export function PreviewCard({ preview, room, readiness: begun }: Props): ReactElement {
  const state = useLive(preview);
  const [readiness] = useState(() => begun ?? (room && createReadiness(room, preview)));
  const { user } = useSession();
  useEffect(() => {
    void preview.start();
    return () => preview.stop();
  }, [preview]);
  return (
    <div className="cs-preview">
      <div className="cs-preview-picture">
        <Avatar userId={user.userId} name={user.name} large />
        <PreviewVideo track={state.camera} />
        <p className="cs-preview-hint">
          {state.starting ? messages.preview.starting : state.camera ? messages.preview.hint : messages.preview.cameraOff}
        </p>
        <div className="cs-preview-controls">
          <DeviceButton device="camera" on={state.camera !== undefined} onChange={(on) => void preview.setCamera(on)} isDisabled={state.starting} />
          <DeviceButton device="microphone" on={state.microphone !== undefined} onChange={(on) => void preview.setMicrophone(on)} isDisabled={state.starting} />
        </div>
      </div>
      <LevelMeter preview={preview} track={state.microphone} />
      <Problem error={whereNoneIs(state.cameraError, state)} onRetry={() => void preview.setCamera(true)} />
      <Problem error={whereNoneIs(state.microphoneError, state)} onRetry={() => void preview.setMicrophone(true)} />
      <DeviceChoices
        list={state}
        cameraId={state.cameraId}
        microphoneId={state.microphoneId}
        onCamera={(id) => void preview.chooseDevice('videoinput', id)}
        onMicrophone={(id) => void preview.chooseDevice('audioinput', id)}
      />
      {room && readiness && <ReadinessCard room={room} readiness={readiness} />}
    </div>
  );
}

function PreviewVideo({ track }: { track: MediaStreamTrack | undefined }): ReactElement {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current) element.current.srcObject = track ? new MediaStream([track]) : null;
  }, [track]);
  return <video ref={element} className="cs-tile-video" data-mirrored hidden={!track} muted playsInline autoPlay />;
}

/** Written past React: the level changes twenty times a second. */
function LevelMeter({ preview, track }: { preview: Preview; track: MediaStreamTrack | undefined }): ReactElement {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const stop = preview.meter((level) => bar.current?.style.setProperty('--level', level.toFixed(2)));
    return () => {
      stop();
      bar.current?.style.setProperty('--level', '0');
    };
  }, [preview, track]);
  return (
    <div className="cs-meter" role="img" aria-label={messages.preview.level}>
      <div ref={bar} className="cs-meter-bar" />
    </div>
  );
}
