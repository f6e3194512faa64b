import { useAction } from '@costage/react';
import { useEffect, useState, type ReactElement } from 'react';
import { Choice } from '../base/field.js';
import { Problem } from '../base/problem.js';
import { messages } from '../words/messages.js';
import { canChooseSpeaker, listSpeakers } from './speakers.js';

interface Props {
  onChoose: (deviceId: string) => Promise<void>;
  /** Which one it is then: undefined for the system's own. */
  onUsed?: (deviceId: string | undefined) => void;
  /** Loudspeakers are named once the microphone is allowed: when this changes, they are listed anew. */
  listKey: string;
}

/** Through which loudspeaker the others are heard, where the browser can choose. One alone is no choice. */
export function SpeakerChoice({ onChoose, onUsed, listKey }: Props): ReactElement {
  const speakers = useSpeakers(listKey);
  const [speakerId, setSpeakerId] = useState<string>();
  const action = useAction();
  // Browsers call the system's own choice "default" or give it no name at all; it is the first.
  const used = speakers.some(({ deviceId }) => deviceId === speakerId) ? speakerId : speakers[0]?.deviceId;
  useEffect(() => onUsed?.(used), [used]);
  const choose = (id: string): void => {
    setSpeakerId(id);
    void action.run(() => onChoose(id));
  };
  const options = speakers.map(({ deviceId, label }, at) => ({ id: deviceId, name: label || `${at + 1}` }));
  return (
    <>
      {options.length > 1 && <Choice label={messages.readiness.speaker} options={options} value={used} onChange={choose} testId="choose-speaker" />}
      <Problem error={action.error} />
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
