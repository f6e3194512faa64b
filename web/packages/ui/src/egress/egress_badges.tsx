import { hasEnded, runningEgress, type EgressKind, type RoomState } from '@costage/sdk';
import { useRef, type ReactElement } from 'react';
import { messages } from '../words/messages.js';

/** For everybody, those on stage above all: whether this is recorded, and whether it is seen elsewhere as well. */
export function EgressBadges({ state }: { state: RoomState }): ReactElement {
  const { egresses, room } = state;
  const runs = (kind: EgressKind): boolean => !hasEnded(room.status) && runningEgress(egresses, kind) !== undefined;
  const words = messages.egress;
  return (
    <>
      <Badge kind="recording" isOn={runs('recording')} on={words.recording} off={words.recordingEnded} testId="recording-badge" />
      <Badge kind="restream" isOn={runs('restream')} on={words.restreaming} off={words.restreamingEnded} testId="restream-badge" />
    </>
  );
}

interface BadgeProps {
  kind: EgressKind;
  isOn: boolean;
  on: string;
  off: string;
  testId: string;
}

/** There before its words and after them: screen readers hear when it begins and when it is over. */
function Badge({ kind, isOn, on, off, testId }: BadgeProps): ReactElement {
  const wasOn = useRef(false);
  wasOn.current ||= isOn;
  return (
    <span className="cs-egress-badge-place" role="status" data-on={isOn || undefined}>
      {isOn && <span className="cs-egress-badge" data-kind={kind} data-testid={testId}>{on}</span>}
      {!isOn && wasOn.current && <span className="cs-sr-only">{off}</span>}
    </span>
  );
}
