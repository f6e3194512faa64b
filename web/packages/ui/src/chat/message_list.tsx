import { useAction, useSession } from '@costage/react';
import type { ChatSnapshot, KnownPerson, LiveMessage, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { notify } from '../base/notices.js';
import { messages as allWords } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { badgeOf, chatLines, type ChatLine } from './chat_lines.js';
import { DayLine, MessageLine, SystemLine, type LineActs } from './message_line.js';
import { lineOf, useScrolling } from './use_scrolling.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  chat: ChatSnapshot;
  mayReact: boolean;
  onMenu: (message: LiveMessage, element: HTMLElement) => void;
}

const kShownMs = 1600;

export function MessageList({ room, state, chat, mayReact, onMenu }: Props): ReactElement {
  const { user } = useSession();
  const words = allWords.chat;
  const older = useAction();
  const acting = useAction();
  const loadOlder = (): void => void older.run(() => room.chat.loadOlder());
  const lines = useMemo(() => chatLines(chat.messages), [chat.messages]);
  const people = useMemo(() => withHostWord(room), [room, chat.messages, state.room.hostId]);
  const { list, isAtEnd, onScroll, toEnd } = useScrolling(room.chat, lines, () => chat.more && loadOlder());
  const [stop, setStop] = useState<string>();
  const { unread } = chat;
  useEffect(() => {
    if (isAtEnd && unread > 0 && document.visibilityState === 'visible') room.chat.markRead();
  }, [room, isAtEnd, unread]);
  const acts = useActs(room, list, onMenu, (work) => void acting.run(work));
  const messageIds = lines.flatMap((line) => (line.kind === 'message' ? [line.message.messageId] : []));
  const current = stop !== undefined && messageIds.includes(stop) ? stop : messageIds.at(-1);

  /** The list is one stop of the keyboard; inside it the arrow keys lead. */
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const box = list.current;
    const focused = (event.target as HTMLElement).dataset['messageId'];
    if (!box || focused === undefined) return;
    const opens = event.key === 'Enter' || event.key === ' ' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    const message = opens ? chat.messages.find((one) => one.messageId === focused) : undefined;
    const next = message ? undefined : neighbour(messageIds, focused, event.key);
    if (!message && next === undefined) return;
    event.preventDefault();
    if (message) return onMenu(message, event.target as HTMLElement);
    setStop(next);
    lineOf(box, next!)?.focus();
  };

  return (
    <div className="cs-chat-list-box">
      <div
        ref={list}
        className="cs-chat-list"
        data-testid="chat-list"
        data-at-end={isAtEnd}
        role="log"
        aria-live="off"
        aria-label={words.list}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        {...focusHome}
      >
        {chat.more && (
          <div className="cs-chat-older">
            <Button small tone="quiet" onPress={loadOlder} isDisabled={older.busy} data-testid="chat-older">
              {older.busy ? allWords.loading : words.older}
            </Button>
          </div>
        )}
        <Problem error={older.error} onRetry={loadOlder} />
        {lines.length === 0 && <p className="cs-hint cs-chat-none">{words.none}</p>}
        <ol className="cs-chat-lines">
          {lines.map((line) => (
            <Line key={line.key} line={line} state={state} people={people} me={user.userId} myName={user.name} mayReact={mayReact} current={current} acts={acts} />
          ))}
        </ol>
      </div>
      {!isAtEnd && (
        <Button small tone="primary" onPress={toEnd} data-testid="chat-new">
          {unread > 0 ? words.newMessages({ count: unread }) : words.newest}
        </Button>
      )}
      <Problem error={acting.error} onClose={acting.clear} />
    </div>
  );
}

interface LineProps {
  line: ChatLine;
  state: RoomState;
  people: readonly KnownPerson[];
  me: string;
  myName: string;
  mayReact: boolean;
  current: string | undefined;
  acts: LineActs;
}

const kNobody: readonly KnownPerson[] = [];

function Line({ line, state, people, me, myName, mayReact, current, acts }: LineProps): ReactElement {
  if (line.kind === 'day') return <DayLine at={line.at} />;
  if (line.kind === 'system') return <SystemLine message={line.message} />;
  const { message } = line;
  return (
    <MessageLine
      message={message}
      goesOn={line.goesOn}
      badge={badgeOf(message, state)}
      people={message.mentions.length > 0 ? people : kNobody}
      me={me}
      myName={myName}
      hasMenu={!message.pending && !message.failed && message.status !== 'deleted'}
      mayReact={mayReact}
      isStop={message.messageId === current}
      acts={acts}
    />
  );
}

/** `@host` names whoever hosts. */
function withHostWord(room: RoomHandle): KnownPerson[] {
  const hostId = room.getSnapshot().data?.room.hostId;
  const people = room.chat.people();
  return hostId === undefined ? people : [...people, { userId: hostId, name: 'host' }];
}

function neighbour(ids: readonly string[], from: string, key: string): string | undefined {
  const at = ids.indexOf(from);
  switch (key) {
    case 'ArrowUp':
      return ids[at - 1];
    case 'ArrowDown':
      return ids[at + 1];
    case 'Home':
      return ids[0];
    case 'End':
      return ids.at(-1);
    default:
      return undefined;
  }
}

/** The same object for as long as what it needs is the same, so that lines that do not change are not drawn again. */
function useActs(room: RoomHandle, list: { current: HTMLDivElement | null }, openMenu: Props['onMenu'], run: (work: () => Promise<unknown>) => void): LineActs {
  const [stable] = useState(() => ({ openMenu, run }));
  Object.assign(stable, { openMenu, run });
  return useMemo<LineActs>(
    () => ({
      openMenu: (message, element) => stable.openMenu(message, element),
      react: (message, emoji, on) => stable.run(() => room.chat.react(message.messageId, emoji, on)),
      retry: (clientId) => room.chat.retry(clientId),
      discard: (clientId) => room.chat.discard(clientId),
      showQuoted: (messageId) => showQuoted(list.current, messageId),
    }),
    [room, stable, list],
  );
}

function showQuoted(box: HTMLElement | null, messageId: string): void {
  const line = box && lineOf(box, messageId);
  if (!line) return notify(allWords.chat.quotedGone);
  line.scrollIntoView({ block: 'center' });
  line.focus({ preventScroll: true });
  line.dataset['shown'] = '';
  setTimeout(() => delete line.dataset['shown'], kShownMs);
}
