import { useAction, useSession } from '@costage/react';
import { textLength, type LiveMessage, type RoomHandle, type RoomState } from '@costage/sdk';
import { memo, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { loginAddress } from '../show/access.js';
import { messages as allWords } from '../words/messages.js';
import { Button, IconButton } from '../base/button.js';
import { Toggle } from '../base/field.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';
import { timeLeft } from './times.js';
import { useCompletion, type Completion } from './use_completion.js';
import type { WhyNotWrite } from './why_not_write.js';

const kMost = 500;
const kCountedFrom = 450;

/** What is being written is an answer to a message, or a change of one. */
export interface Composing {
  replyTo?: LiveMessage;
  edits?: LiveMessage;
}

interface Props {
  room: RoomHandle;
  state: RoomState;
  composing: Composing;
  onComposing: (composing: Composing) => void;
  why: WhyNotWrite | undefined;
  /** Only where `why` is said. */
  now: number | undefined;
}

/** Where one writes; or why one cannot. In slow mode what comes next may be written meanwhile. */
export const ComposeBar = memo(function ComposeBar(props: Props): ReactElement {
  const { why, now = 0 } = props;
  if (why !== undefined && why.why !== 'slowMode') return <WhyNot why={why} now={now} />;
  return <Writing {...props} />;
});

function WhyNot({ why, now }: { why: Exclude<WhyNotWrite, { why: 'slowMode' }>; now: number }): ReactElement {
  const { server } = useSession();
  const words = allWords.chat.write;
  const { whyNot } = words;
  const text =
    why.why === 'muted' ? (why.until === undefined ? whyNot.mutedToTheEnd : whyNot.muted({ time: timeLeft(why.until, now) }))
    : why.why === 'watchLonger' ? whyNot.watchLonger({ time: timeLeft(why.until, now), minutes: why.minutes })
    : whyNot[why.why];
  const loginUrl = why.why === 'guest' ? server?.loginUrl : undefined;
  return (
    <div className="cs-chat-compose cs-chat-why-not" data-testid="chat-why-not" data-why={why.why}>
      <p>{text}</p>
      {loginUrl !== undefined && (
        <Button small tone="primary" onPress={() => location.assign(loginAddress(loginUrl, location))} data-testid="chat-sign-in">{words.signIn}</Button>
      )}
    </div>
  );
}

function Writing({ room, state, composing, onComposing, why, now = 0 }: Props): ReactElement {
  const words = allWords.chat.write;
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [asksToJoin, setAsks] = useState(false);
  const action = useAction();
  const hintId = useId();
  const mayAsk = state.room.policies.requestsOpen && (state.me.role === 'viewer' || state.me.role === 'moderator') && !composing.edits;
  const setAll = (next: string, at: number): void => {
    // At once: whoever types on before the next frame would find the caret moved.
    flushSync(() => {
      setText(next);
      setCaret(at);
    });
    input.current?.setSelectionRange(at, at);
  };
  const completion = useCompletion({ text, caret, known: () => othersIn(room), onText: setAll });
  useFollowed(composing, input, setText);
  const length = textLength(text.trim());
  const waits = why?.why === 'slowMode' && !composing.edits;
  const maySend = length > 0 && length <= kMost && !waits && !action.busy;

  const clear = (): void => {
    setAll('', 0);
    setAsks(false);
    onComposing({});
  };
  const send = async (): Promise<void> => {
    if (!maySend) return;
    const { edits, replyTo } = composing;
    const work = async (): Promise<unknown> =>
      edits ? room.chat.edit(edits.messageId, text.trim()) : room.chat.send(text, { ...(replyTo ? { replyTo: replyTo.messageId } : {}), ...(asksToJoin && mayAsk ? { asksToJoin } : {}) });
    if (await action.run(work)) clear();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method puts a letter together, Enter is for it.
    if (event.nativeEvent.isComposing) return;
    if (completion.onKey(event)) event.preventDefault();
    else if (event.key === 'Escape' && (composing.replyTo || composing.edits)) drop();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };
  const drop = (): void => {
    if (composing.edits) setAll('', 0);
    onComposing({});
    input.current?.focus();
  };
  return (
    <div className="cs-chat-compose" data-writing={text !== '' || asksToJoin || undefined}>
      <About composing={composing} onDrop={drop} />
      <Problem error={action.error} onClose={action.clear} />
      <People completion={completion} id={`${hintId}-people`} />
      <div className="cs-chat-write">
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={text}
          placeholder={words.placeholder}
          aria-label={words.label}
          aria-describedby={hintId}
          aria-autocomplete="list"
          aria-controls={completion.people.length > 0 ? `${hintId}-people` : undefined}
          aria-activedescendant={completion.people.length > 0 ? `${hintId}-people-${completion.at}` : undefined}
          data-testid="chat-input"
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <IconButton icon={composing.edits ? 'check' : 'send'} label={composing.edits ? words.save : words.send} onPress={() => void send()} isDisabled={!maySend} data-testid="chat-send" />
      </div>
      <p className="cs-sr-only" id={hintId}>{words.hint}</p>
      <div className="cs-chat-compose-foot">
        {mayAsk && <Toggle label={words.askToJoin} isOn={asksToJoin} onChange={setAsks} testId="chat-ask-to-join" />}
        {waits && <span className="cs-chat-mark" data-testid="chat-slow">{words.whyNot.slowMode({ time: timeLeft(why.until, now) })}</span>}
        {length >= kCountedFrom && (
          <span className="cs-chat-count" data-over={length > kMost || undefined} role="status" data-testid="chat-count">{length > kMost ? words.tooLong({ count: length - kMost }) : words.left({ count: kMost - length })}</span>
        )}
      </div>
    </div>
  );
}

/** `@host` is a name as well. */
function othersIn(room: RoomHandle): { userId: string; name: string }[] {
  const hostId = room.getSnapshot().data?.room.hostId;
  const others = room.chat.people().filter((one) => one.userId !== room.userId);
  return hostId === undefined || hostId === room.userId ? others : [...others, { userId: hostId, name: 'host' }];
}

/** Who chooses to answer or to change goes on writing. */
function useFollowed({ edits, replyTo }: Composing, input: RefObject<HTMLTextAreaElement | null>, setText: (text: string) => void): void {
  const about = edits ?? replyTo;
  useEffect(() => {
    if (!about) return;
    if (edits) setText(edits.text);
    // The menu gives the focus back to its message first.
    const timer = setTimeout(() => input.current?.focus(), 50);
    return () => clearTimeout(timer);
  }, [about?.messageId, edits !== undefined]);
}

function About({ composing, onDrop }: { composing: Composing; onDrop: () => void }): ReactElement | null {
  const words = allWords.chat.write;
  const { edits, replyTo } = composing;
  const about = edits ?? replyTo;
  if (!about) return null;
  return (
    <div className="cs-chat-about" data-testid={edits ? 'chat-editing' : 'chat-reply'}>
      <div>
        <strong>{edits ? words.editing : words.answers({ name: about.name })}</strong>
        <span dir="auto">{about.text}</span>
      </div>
      <IconButton icon="close" label={edits ? words.dropEdit : words.dropAnswer} onPress={onDrop} />
    </div>
  );
}

function People({ completion, id }: { completion: Completion; id: string }): ReactElement | null {
  const { people, at, take } = completion;
  return (
    <>
      <p className="cs-sr-only" role="status">{people.length > 0 ? allWords.chat.announced.people({ count: people.length }) : ''}</p>
      {people.length > 0 && (
        <ul className="cs-chat-people" id={id} role="listbox" aria-label={allWords.chat.write.people} data-testid="chat-people">
          {people.map((person, index) => (
            // The field keeps the focus.
            <li key={`${person.userId} ${person.name}`} id={`${id}-${index}`} role="option" aria-selected={index === at} onPointerDown={(event) => event.preventDefault()} onClick={() => take(person)}>
              <Name>{person.name}</Name>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
