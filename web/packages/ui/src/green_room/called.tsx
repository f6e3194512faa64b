import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useCall } from './call.js';
import { messages } from '../words/messages.js';
import { Toggle } from '../base/field.js';

/** The call, in words and as a count. */
export function CallLine({ calledFor, hostName }: Pick<Props, 'calledFor' | 'hostName'>): ReactElement | null {
  const call = useCall(calledFor);
  if (!call) return null;
  return (
    <p className="cs-called" role="alert" data-testid="called" data-seconds={call.seconds}>
      <strong>{messages.greenRoom.called({ host: hostName })}</strong> {call.seconds > 0 && <span className="cs-called-count" aria-hidden="true">{call.seconds}</span>}
    </p>
  );
}

interface Props {
  calledFor: string | undefined;
  hostName: string;
  /** Everything is there to join. */
  isReady: boolean;
  onJoin: () => void;
}

/**
 * The host wants this person on stage: 3, 2, 1. Nobody goes on air without having said so (D16): by a press on joining, or beforehand by
 * this switch.
 */
export function Called({ calledFor, hostName, isReady, onJoin }: Props): ReactElement {
  const [joinsByItself, setJoinsByItself] = useState(false);
  const call = useCall(calledFor);
  const isDue = call?.seconds === 0;
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (!isDue || !isReady || !joinsByItself || last.current === calledFor) return;
    // One call brings on stage once: who comes back from there waits for the next.
    last.current = calledFor;
    onJoin();
  }, [isDue, isReady, joinsByItself, calledFor, onJoin]);
  const words = messages.greenRoom;
  return (
    <>
      <CallLine calledFor={calledFor} hostName={hostName} />
      <Toggle label={words.joinsByItself} isOn={joinsByItself} onChange={setJoinsByItself} testId="join-when-called" />
    </>
  );
}
