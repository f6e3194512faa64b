import type { RoomHandle } from '@costage/sdk';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { CheckboxGroup } from 'react-aria-components';
import { isolated } from '../base/names.js';
import { kMostAtOnce, useSeveral, type Several, type SeveralAnswer } from './several.js';
import { listed } from '../words/figures.js';
import { messages, wordsFor } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Check } from '../base/field.js';
import { InvitableAgain } from './invitable_again.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';

interface Person {
  userId: string;
  name: string;
}

interface Props {
  room: RoomHandle;
  /** What the list is of, for screen readers. */
  label: string;
  people: readonly Person[];
  /** How many of them could be invited now. */
  invitable: number;
  testId: string;
  /** The list; with `several` its rows have a box to tick instead of the button that invites one. */
  children: (several: Several | undefined) => ReactNode;
}

/** Around a list of people: a way to choose several of them and to invite them in one go. */
export function InviteSeveral({ room, label, people, invitable, testId, children }: Props): ReactElement {
  const several = useSeveral(room);
  const { isChoosing, answers } = several;
  const all = useRef<HTMLDivElement>(null);
  const start = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    several.closeAnswers();
    // There is no button where fewer than two could be invited.
    (start.current ?? all.current)?.focus({ preventScroll: true });
  };
  const nameOf = (userId: string): string => people.find((one) => one.userId === userId)?.name ?? userId;
  return (
    <div className="cs-several" ref={all} tabIndex={-1} data-testid={testId}>
      {(isChoosing || invitable > 1) && (
        <Button small ref={start} onPress={isChoosing ? several.stop : several.start} isDisabled={several.busy} data-testid={`${testId}-choose`}>
          {isChoosing ? messages.inviting.stopChoosing : messages.inviting.choose}
        </Button>
      )}
      {isChoosing ? (
        <CheckboxGroup aria-label={label} value={[...several.chosen.keys()]} onChange={(ids) => several.choose(ids, nameOf)}>
          {children(several)}
        </CheckboxGroup>
      ) : (
        children(undefined)
      )}
      {isChoosing && <Send several={several} testId={testId} />}
      {answers && <Answers answers={answers} testId={testId} onClose={close} />}
    </div>
  );
}

interface ChoosePersonProps {
  several: Several;
  person: Person;
  isDisabled?: boolean;
  describedBy?: string | undefined;
}

/** Stands for the button that invites one. */
export function ChoosePerson({ several, person, isDisabled = false, describedBy }: ChoosePersonProps): ReactElement {
  const { userId, name } = person;
  const isOut = several.isFull && !several.chosen.has(userId);
  return <Check value={userId} label={messages.inviting.chooseName({ name })} isDisabled={isDisabled || isOut || several.busy} describedBy={describedBy} testId={`choose-${userId}`} />;
}

function Send({ several, testId }: { several: Several; testId: string }): ReactElement {
  const { chosen, isFull, problem, invite } = several;
  const names = listed([...chosen.values()].map(isolated));
  const id = useId();
  return (
    <div className="cs-several-send">
      <p className="cs-hint" id={id} aria-live="polite">
        {isFull ? messages.inviting.full({ most: kMostAtOnce, names }) : names || messages.inviting.nobodyChosen({ most: kMostAtOnce })}
      </p>
      <Button tone="primary" icon="invite" onPress={() => void invite()} isDisabled={chosen.size === 0} aria-describedby={id} data-testid={`${testId}-send`}>
        {messages.inviting.send({ count: chosen.size })}
      </Button>
      <Problem error={problem} />
    </div>
  );
}

/** What became of each. The focus comes here: what was pressed is gone. */
function Answers({ answers, testId, onClose }: { answers: readonly SeveralAnswer[]; testId: string; onClose: () => void }): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), [answers]);
  const invited = answers.filter((one) => one.invitation).length;
  return (
    <section className="cs-several-answers" aria-labelledby={id} data-testid={`${testId}-answers`}>
      <h3 id={id} ref={heading} tabIndex={-1}>
        {invited === answers.length ? messages.inviting.allInvited({ count: invited }) : messages.inviting.someInvited({ count: invited, most: answers.length })}
      </h3>
      <ul>
        {answers.map((one) => (
          <AnswerLine key={one.userId} answer={one} />
        ))}
      </ul>
      <Button small onPress={onClose} data-testid={`${testId}-close`}>
        {messages.close}
      </Button>
    </section>
  );
}

function AnswerLine({ answer }: { answer: SeveralAnswer }): ReactElement {
  const { userId, name, error, retryAt } = answer;
  return (
    <li data-testid={`answer-${userId}`} data-code={error?.code ?? 'invited'}>
      <strong><Name>{name}</Name></strong>
      {retryAt !== undefined ? <InvitableAgain at={retryAt} /> : <span className="cs-row-status">{error ? wordsFor(error) : messages.inviting.invited}</span>}
    </li>
  );
}
