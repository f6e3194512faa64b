import type { MediaState, StageMedia } from '@costage/sdk';
import type { ReactElement, ReactNode } from 'react';
import { messages } from '../messages.js';
import { DeviceButton } from './button.js';
import { Problem } from './problem.js';

/** Own devices while on stage; what else can be done comes as children. */
export function StageControls({ media, state, children }: { media: StageMedia; state: MediaState; children: ReactNode }): ReactElement {
  const self = state.participants.find((one) => one.isSelf);
  const away = state.mode !== 'stage' || state.phase !== 'connected';
  return (
    <>
      <div className="controls" role="group" aria-label={messages.stage.controls}>
        <DeviceButton device="microphone" on={self?.microphone === 'on'} onChange={(on) => void media.setMicrophone(on)} isDisabled={away} />
        <DeviceButton device="camera" on={self?.camera === 'on'} onChange={(on) => void media.setCamera(on)} isDisabled={away} />
        <span className="controls-space" />
        {children}
      </div>
      <Problem error={state.cameraError} onRetry={() => void media.setCamera(true)} />
      <Problem error={state.microphoneError} onRetry={() => void media.setMicrophone(true)} />
    </>
  );
}
