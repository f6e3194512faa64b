import { useAction } from '@costage/react';
import { useState, type ReactElement } from 'react';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { messages } from '../words/messages.js';
import { SpeakerChoice } from './speaker_choice.js';
import { playTestTone } from './speakers.js';

interface Props {
  onChoose: (deviceId: string) => Promise<void>;
  listKey: string;
}

/** Whether the others will be heard: a tone, and, where the browser can, through which loudspeaker. */
export function SoundCheck({ onChoose, listKey }: Props): ReactElement {
  const [used, setUsed] = useState<string>();
  const tone = useAction();
  return (
    <>
      <Button small icon="sound" onPress={() => void tone.run(() => playTestTone(used))} isPending={tone.busy} data-testid="test-sound">
        {messages.readiness.playTone}
      </Button>
      <SpeakerChoice onChoose={onChoose} onUsed={setUsed} listKey={listKey} />
      <Problem error={tone.error} />
    </>
  );
}
