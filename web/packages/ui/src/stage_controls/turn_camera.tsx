import type { MediaState, StageMedia } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { IconButton } from '../base/button.js';
import { messages } from '../words/messages.js';

interface Props {
  media: StageMedia;
  state: MediaState;
  cameras: readonly MediaDeviceInfo[];
  isDisabled: boolean;
}

/** On what is held in the hand: from the camera in front to the one behind, and on to the next. */
export function TurnCamera({ media, state, cameras, isDisabled }: Props): ReactElement | null {
  const [isInHand] = useState(() => matchMedia('(pointer: coarse)').matches);
  if (!isInHand || cameras.length < 2) return null;
  const at = cameras.findIndex((one) => one.deviceId === state.cameraId);
  const next = cameras[(at + 1) % cameras.length]!;
  return <IconButton icon="turn" label={messages.stage.turnCamera} isDisabled={isDisabled} onPress={() => void media.chooseDevice('videoinput', next.deviceId)} data-testid="turn-camera" />;
}
