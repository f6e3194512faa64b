import { useLive } from '@costage/react';
import type { ConnectionFigures, ConnectionReadiness, Readiness, RoomHandle } from '@costage/sdk';
import { useEffect, type ReactElement } from 'react';
import { milliseconds, rate } from '../words/figures.js';
import { messages, wordsForConnection } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Icon, type IconName } from '../base/icon.js';
import { SoundCheck } from '../devices/sound_check.js';

type Mark = 'good' | 'waiting' | 'warn' | 'off';

/** Whether all is good enough to be seen and heard, said before going on air. Starts the look at the connection, unless that was done. */
export function ReadinessCard({ room, readiness }: { room: RoomHandle; readiness: Readiness }): ReactElement {
  const { camera, microphone, connection, grade } = useLive(readiness);
  useEffect(() => {
    if (readiness.getSnapshot().connection.phase === 'idle') void readiness.check();
    return () => readiness.abort();
  }, [readiness]);
  const checking = connection.phase !== 'done';
  return (
    <section className="cs-readiness" aria-label={messages.readiness.label} data-testid="readiness" data-grade={grade}>
      {/* Told politely, line by line, as each becomes known. */}
      <ul aria-live="polite">
        <Line icon="camera" name="camera" state={camera} mark={kDeviceMarks[camera]!} words={messages.readiness.camera[camera]} />
        <Line icon="microphone" name="microphone" state={microphone} mark={kDeviceMarks[microphone]!} words={messages.readiness.microphone[microphone]} />
        <ConnectionLine connection={connection} />
      </ul>
      <div className="cs-readiness-tools">
        <Button small onPress={() => void readiness.check()} isPending={checking} data-testid="readiness-again">
          {messages.readiness.again}
        </Button>
        <SoundCheck onChoose={(id) => room.media.chooseDevice('audiooutput', id)} listKey={microphone} />
      </div>
    </section>
  );
}

const kDeviceMarks: Record<string, Mark> = {
  ready: 'good', heard: 'good', starting: 'waiting', listening: 'waiting', off: 'off', silent: 'warn', blocked: 'warn', missing: 'warn', busy: 'warn',
};

function ConnectionLine({ connection }: { connection: ConnectionReadiness }): ReactElement {
  const { phase, result, error } = connection;
  const mark: Mark = phase !== 'done' ? 'waiting' : result?.grade === 'good' ? 'good' : 'warn';
  const state = phase !== 'done' ? phase : error ? 'unknown' : result?.grade ?? 'unknown';
  const figures = phase === 'done' && result ? figuresOf(result) : '';
  return (
    <Line icon="signal" name="connection" state={state} mark={mark} words={wordsForConnection(connection)} figures={figures} reasons={result?.reasons.join(' ')} />
  );
}

function figuresOf({ sendKbps, atLeast, roundTripMs, lossRatio }: ConnectionFigures): string {
  const { figures } = messages.readiness;
  return [
    ...(sendKbps === undefined ? [] : [(atLeast ? figures.sendAtLeast : figures.send)({ rate: rate(sendKbps) })]),
    ...(roundTripMs === undefined ? [] : [figures.roundTrip({ time: milliseconds(roundTripMs) })]),
    ...(lossRatio === undefined ? [] : [figures.loss({ ratio: lossRatio })]),
  ].join(' · ');
}

interface LineProps {
  icon: IconName;
  name: string;
  state: string;
  mark: Mark;
  words: string;
  figures?: string;
  reasons?: string | undefined;
}

const kIcons: Record<Mark, IconName | undefined> = { good: 'check', waiting: undefined, warn: 'alert', off: undefined };

/** The sign beside the words differs in shape, not in colour alone. */
function Line({ icon, name, state, mark, words, figures, reasons }: LineProps): ReactElement {
  const sign = kIcons[mark];
  return (
    <li className="cs-readiness-line" data-testid={`readiness-${name}`} data-state={state} data-reasons={reasons} data-mark={mark}>
      <Icon name={icon} />
      <div>
        <p>{words}</p>
        {figures && <p className="cs-hint">{figures}</p>}
      </div>
      <span className="cs-readiness-mark">{sign ? <Icon name={sign} /> : mark === 'waiting' && <span className="cs-readiness-spin" />}</span>
    </li>
  );
}
