import { type Action, useAction, useLive, useSession } from '@costage/react';
import { withLocalFindings, type LiveFinding, type LiveInvitation, type MediaState, type RoomHandle } from '@costage/sdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { actFor } from './findings.js';
import { timeOfDay } from '../words/figures.js';
import { messages, wordsForFinding, type FindingReader } from '../words/messages.js';
import { Button } from '../base/button.js';
import { useQuestion } from '../base/confirm.js';
import { Icon, type IconName } from '../base/icon.js';
import { Problem } from '../base/problem.js';

interface MineProps {
  room: RoomHandle;
  /** Of devices that are looked at before they are on stage. */
  devices?: Pick<MediaState, 'cameraError' | 'microphoneError'>;
}

/** Why I cannot join, or keep dropping: what the server finds, and what this page knows beside it. */
export function MyDiagnosis({ room, devices }: MineProps): ReactElement {
  const question = useQuestion();
  return (
    <div className="cs-diagnosis-aside">
      <Button small tone="quiet" onPress={question.open} data-testid="diagnose-me">
        {messages.diagnosis.button}
      </Button>
      {question.isOpen && <AboutMe room={room} devices={devices} onClose={question.close} />}
    </div>
  );
}

function AboutMe({ room, devices, onClose }: { room: RoomHandle; devices: MineProps['devices']; onClose: () => void }): ReactElement {
  const { client } = useSession();
  const media = useLive(room.media);
  const connection = useLive(client.connection);
  const look = useLook(() => room.diagnose());
  // Without an answer of the server the page still says what it knows.
  const refusal = look.action.error;
  const known = look.findings ?? (refusal && []);
  const findings = known && withLocalFindings(known, { mediaState: { ...media, ...devices }, connection, refusal });
  return <DiagnosisDialog title={messages.diagnosis.mine} reader="self" look={{ ...look, findings }} onClose={onClose} />;
}

interface PersonProps {
  room: RoomHandle;
  userId: string;
  name: string;
  /** The newest that they were sent. */
  invitation?: LiveInvitation | undefined;
}

/** For the host: why this person did not see the invitation, cannot be invited, or keeps dropping. */
export function PersonDiagnosis(props: PersonProps): ReactElement {
  const question = useQuestion();
  return (
    <>
      <Button
        small
        tone="quiet"
        aria-label={messages.diagnosis.buttonFor({ name: props.name })}
        onPress={question.open}
        data-testid={`diagnose-${props.userId}`}
      >
        {messages.diagnosis.button}
      </Button>
      {question.isOpen && <AboutPerson {...props} onClose={question.close} />}
    </>
  );
}

function AboutPerson({ room, userId, name, invitation, onClose }: PersonProps & { onClose: () => void }): ReactElement {
  const look = useLook(() => room.diagnose(userId));
  const doing = useAction();
  const act = look.findings && actFor(look.findings);
  const go = async (): Promise<void> => {
    const work = (): Promise<unknown> => (act === 'resend' && invitation ? invitation.resend() : room.invitations.create(userId));
    if (await doing.run(work)) await look.again();
  };
  return (
    <DiagnosisDialog title={messages.diagnosis.about({ name })} reader="host" look={look} onClose={onClose} problem={doing}>
      {act && (
        <Button tone="primary" icon="invite" onPress={() => void go()} isDisabled={doing.busy} data-testid="diagnosis-act" data-link={act}>
          {messages.diagnosis.acts[act]}
        </Button>
      )}
    </DiagnosisDialog>
  );
}

interface Look {
  findings: LiveFinding[] | undefined;
  action: Action;
  again: () => Promise<unknown>;
}

/** Looks when it is opened and whenever it is asked to; what was found before stays until there is an answer. */
function useLook(ask: () => Promise<{ findings: LiveFinding[] }>): Look {
  const [findings, setFindings] = useState<LiveFinding[]>();
  const action = useAction();
  const again = (): Promise<unknown> => action.run(async () => setFindings((await ask()).findings));
  const first = useRef(again);
  useEffect(() => void first.current(), []);
  return { findings, action, again };
}

interface DialogProps {
  title: string;
  reader: FindingReader;
  look: Look;
  onClose: () => void;
  problem?: Action;
  /** What can be done about it at once. */
  children?: ReactElement | undefined | false;
}

function DiagnosisDialog({ title, reader, look, onClose, problem, children }: DialogProps): ReactElement {
  const { findings, action, again } = look;
  return (
    <ModalOverlay className="cs-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="cs-modal">
        <Dialog className="cs-dialog cs-diagnosis">
          <Heading slot="title">{title}</Heading>
          <div role="status" aria-busy={action.busy} data-testid="diagnosis" data-busy={action.busy}>
            {findings ? (
              <ul>
                {findings.map((one) => (
                  <FindingLine key={one.code} finding={one} reader={reader} />
                ))}
              </ul>
            ) : (
              action.busy && <p>{messages.diagnosis.looking}</p>
            )}
          </div>
          <Problem error={problem?.error ?? (findings && findings.length > 0 ? undefined : action.error)} />
          <div className="cs-actions">
            <Button tone="plain" onPress={onClose} data-testid="diagnosis-close">{messages.close}</Button>
            <Button onPress={() => void again()} isPending={action.busy} data-testid="diagnosis-again">{messages.diagnosis.again}</Button>
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const kIcons: Record<LiveFinding['severity'], IconName> = { problem: 'alert', warning: 'alert', info: 'check' };

function FindingLine({ finding, reader }: { finding: LiveFinding; reader: FindingReader }): ReactElement {
  const { code, severity, at } = finding;
  const { clock } = useSession().client;
  const { detail, advice } = wordsForFinding(finding, reader);
  return (
    <li className="cs-finding" data-testid={`finding-${code}`} data-severity={severity}>
      <span className="cs-finding-sign" role="img" aria-label={messages.diagnosis.severity[severity]}>
        <Icon name={kIcons[severity]} />
      </span>
      <div>
        <p className="cs-finding-detail">
          {detail} {at && <time dateTime={at}>{(Date.parse(at) > clock.now() ? messages.diagnosis.until : messages.diagnosis.at)({ time: timeOfDay(new Date(at)) })}</time>}
        </p>
        {advice && <p className="cs-hint">{advice}</p>}
      </div>
    </li>
  );
}
