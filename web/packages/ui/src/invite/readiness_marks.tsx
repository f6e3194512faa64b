import type { PersonReadiness } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Icon, type IconName } from '../base/icon.js';

type Mark = 'good' | 'warn';

const kDevice: Record<PersonReadiness['camera'], Mark | undefined> = {
  unknown: undefined, ready: 'good', silent: 'good', off: 'warn', blocked: 'warn', missing: 'warn',
};
const kConnection: Record<PersonReadiness['connection'], Mark | undefined> = { unknown: undefined, good: 'good', fair: 'warn', poor: 'warn' };

/** What somebody's own page says about whether they could go on stage, at a glance and in words. Nothing where it said nothing. */
export function ReadinessMarks({ readiness }: { readiness: PersonReadiness | undefined }): ReactElement | null {
  if (!readiness) return null;
  const { camera, microphone, connection, userId } = readiness;
  const marks: [IconName, Mark | undefined, string][] = [
    ['camera', kDevice[camera], messages.readiness.marks.camera[camera]],
    ['microphone', kDevice[microphone], messages.readiness.marks.microphone[microphone]],
    ['signal', kConnection[connection], messages.readiness.marks.connection[connection]],
  ];
  const known = marks.filter(([, mark]) => mark !== undefined);
  if (known.length === 0) return null;
  return (
    <span
      className="cs-readiness-marks"
      role="img"
      aria-label={known.map(([, , words]) => words).join(', ')}
      title={known.map(([, , words]) => words).join(', ')}
      data-testid={`readiness-of-${userId}`}
      data-camera={camera}
      data-microphone={microphone}
      data-connection={connection}
    >
      {known.map(([icon, mark]) => (
        <span key={icon} data-mark={mark}>
          <Icon name={icon} />
          {mark === 'warn' && <span className="cs-readiness-alert">!</span>}
        </span>
      ))}
    </span>
  );
}
