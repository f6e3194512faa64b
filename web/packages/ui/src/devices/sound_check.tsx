import { useAction } from '@costage/react';
import { useEffect, useState, type ReactElement } from 'react';
import { canChooseSpeaker, listSpeakers, playTestTone } from './speakers.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Choice } from '../base/field.js';
import { Problem } from '../base/problem.js';

interface Props {
  onChoose: (deviceId: string) => Promise<void>;
  /** Loudspeakers are named once the microphone is allowed: when this changes, they are listed anew. */
  listKey: string;
}

/** Whether the others will be heard: a tone, and, where the browser can, through which loudspeaker. */
export function SoundCheck({ onChoose, listKey }: Props): ReactElement {
  const speakers = useSpeakers(listKey);
  const [speakerId, setSpeakerId] = useState<string>();
  const tone = useAction();
  const choose = (id: string): void => {
    setSpeakerId(id);
    void tone.run(() => onChoose(id));
  };
  // Browsers call the system's own choice "default" or give it no name at all; it is the first.
  const used = speakers.some(({ deviceId }) => deviceId === speakerId) ? speakerId : speakers[0]?.deviceId;
  const options = speakers.map(({ deviceId, label }, at) => ({ id: deviceId, name: label || `${at + 1}` }));
  return (
    <>
      <Button small icon="sound" onPress={() => void tone.run(() => playTestTone(used))} isPending={tone.busy} data-testid="test-sound">
        {messages.readiness.playTone}
      </Button>
      {/* One alone is no choice. */}
      {options.length > 1 && <Choice label={messages.readiness.speaker} options={options} value={used} onChange={choose} testId="choose-speaker" />}
      <Problem error={tone.error} />
    </>
  );
}

function useSpeakers(listKey: string): MediaDeviceInfo[] {
  const [speakers, setSpeakers] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    if (!canChooseSpeaker()) return;
    let asked = true;
    const list = (): void => void listSpeakers().then((found) => asked && setSpeakers(found));
    list();
    navigator.mediaDevices.addEventListener('devicechange', list);
    return () => {
      asked = false;
      navigator.mediaDevices.removeEventListener('devicechange', list);
    };
  }, [listKey]);
  return speakers;
}
