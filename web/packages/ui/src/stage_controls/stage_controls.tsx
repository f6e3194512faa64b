import { useLive } from '@costage/react';
import type { CostageError, MediaState, StageMedia } from '@costage/sdk';
import { useState, type ReactElement, type ReactNode } from 'react';
import { whereNoneIs } from '../devices/device_words.js';
import { SpeakerChoice } from '../devices/speaker_choice.js';
import { TurnCamera } from './turn_camera.js';
import { messages } from '../words/messages.js';
import { DeviceButton } from '../base/button.js';
import { DeviceChoices } from '../devices/device_choices.js';
import { Problem } from '../base/problem.js';
import { kScreenButtonId, ScreenButton } from './screen_button.js';
import { VideoLowered } from './video_lowered.js';

/** Own devices while on stage, also another one in the middle of the show; what else can be done comes as children. */
export function StageControls({ media, state, children }: { media: StageMedia; state: MediaState; children: ReactNode }): ReactElement {
  const self = state.participants.find((one) => one.isSelf);
  const devices = useLive(media.devices);
  const cameraError = whereNoneIs(state.cameraError, devices);
  const microphoneError = whereNoneIs(state.microphoneError, devices);
  const away = state.mode !== 'stage' || state.phase !== 'connected';
  return (
    <>
      <VideoLowered media={media} state={state} />
      <div className="cs-controls" role="group" aria-label={messages.stage.controls}>
        <DeviceButton device="microphone" on={self?.microphone === 'on'} onChange={(on) => void media.setMicrophone(on)} isDisabled={away} />
        <DeviceButton device="camera" on={self?.camera === 'on'} onChange={(on) => void media.setCamera(on)} isDisabled={away} />
        <TurnCamera media={media} state={state} cameras={devices.cameras} isDisabled={away} />
        <ScreenButton media={media} state={state} isDisabled={away} />
        <span className="cs-controls-space" />
        {children}
      </div>
      <Problem error={cameraError} onRetry={retry(cameraError, () => void media.setCamera(true))} />
      <Problem error={microphoneError} onRetry={retry(microphoneError, () => void media.setMicrophone(true))} />
      <ScreenProblem media={media} error={state.screenError} />
      <details className="cs-devices">
        <summary data-testid="change-devices">{messages.stage.changeDevices}</summary>
        <DeviceChoices
          list={devices}
          cameraId={state.cameraId}
          microphoneId={state.microphoneId}
          onCamera={(id) => void media.chooseDevice('videoinput', id)}
          onMicrophone={(id) => void media.chooseDevice('audioinput', id)}
          isDisabled={away}
        />
        <SpeakerChoice listKey={state.microphoneId ?? ''} onChoose={(id) => media.chooseDevice('audiooutput', id)} />
      </details>
    </>
  );
}

/** The show goes on without the screen, so this need not be answered. */
function ScreenProblem({ media, error }: { media: StageMedia; error: CostageError | undefined }): ReactElement {
  const [closed, setClosed] = useState<CostageError>();
  const close = (): void => {
    setClosed(error);
    document.getElementById(kScreenButtonId)?.focus();
  };
  return <Problem error={error === closed ? undefined : error} onRetry={() => void media.setScreen(true)} onClose={close} />;
}

/** What is unplugged does not come back by trying: another one has to be chosen. */
function retry(error: CostageError | undefined, again: () => void): (() => void) | undefined {
  return error?.code.endsWith('_gone') ? undefined : again;
}
