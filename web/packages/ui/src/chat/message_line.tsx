import { useNow } from '@costage/react';
import type { KnownPerson, LiveMessage, MessageReaction } from '@costage/sdk';
import { mentionsMe } from '@costage/sdk';
import { memo, type CSSProperties, type ReactElement } from 'react';
import { useIsBefore } from '../invite/inviting.js';
import { plain } from '../base/names.js';
import { Button } from '../base/button.js';
import { Icon } from '../base/icon.js';
import { messages as allWords, wordsFor, wordsForCode } from '../words/messages.js';
import type { Badge } from './chat_lines.js';
import { splitText } from './message_text.js';
import { nameColours } from './name_colour.js';
import { dayOfYear, timeLeft, timeOfDay } from './times.js';
import { Name } from '../base/name.js';

export interface LineActs {
  openMenu: (message: LiveMessage, element: HTMLElement) => void;
  react: (message: LiveMessage, emoji: string, on: boolean) => void;
  showQuoted: (messageId: string) => void;
  retry: (clientId: string) => void;
  discard: (clientId: string) => void;
}

interface Props {
  message: LiveMessage;
  goesOn: boolean;
  badge: Badge;
  /** Who is mentioned, by the name that is known of them. */
  people: readonly KnownPerson[];
  me: string;
  myName: string;
  hasMenu: boolean;
  mayReact: boolean;
  /** The one that the keyboard comes to. */
  isStop: boolean;
  acts: LineActs;
}

/** One message. Its text is text and nothing else; only addresses in it become links. */
export const MessageLine = memo(function MessageLine(props: Props): ReactElement {
  const { message, goesOn, badge, me, myName, hasMenu, isStop, acts } = props;
  const words = allWords.chat;
  const { messageId, userId, status, pending, failed } = message;
  const name = message.name || (userId === me ? myName : userId);
  const mark = pending ? words.sending : status === 'held' ? words.held : status === 'refused' ? words.refused : undefined;
  return (
    <li
      className="cs-chat-message"
      dir="auto"
      tabIndex={isStop ? 0 : -1}
      data-message-id={messageId}
      data-testid={`chat-message-${messageId}`}
      data-goes-on={goesOn || undefined}
      data-mine={userId === me || undefined}
      data-mentions-me={mentionsMe(message, me) || undefined}
      data-state={failed ? 'failed' : pending ? 'pending' : status}
    >
      <div className="cs-chat-message-head" data-hidden={goesOn || undefined}>
        <span className="cs-chat-name" style={nameColours(userId) as CSSProperties}><Name>{name}</Name></span>
        {badge && <span className="cs-chat-badge" data-badge={badge}>{words.badge[badge]}</span>}
        {message.asksToJoin && <span className="cs-chat-badge" data-badge="asks">{words.asksToJoin}</span>}
        <time dateTime={message.sentAt}>{timeOfDay(message.sentAt)}</time>
      </div>
      {message.replyTo && <Quoted message={message} onShow={acts.showQuoted} />}
      <MessageText {...props} />
      {message.editedAt && status !== 'deleted' && <span className="cs-chat-mark">{words.edited}</span>}
      {mark && <span className="cs-chat-mark" data-testid={`chat-mark-${messageId}`}>{mark}</span>}
      <Chips {...props} />
      {failed && <NotSent message={message} acts={acts} />}
      {hasMenu && (
        <button
          type="button"
          className="cs-chat-more"
          tabIndex={-1}
          aria-label={words.menu({ name })}
          aria-haspopup="menu"
          data-testid={`chat-menu-${messageId}`}
          onClick={(event) => acts.openMenu(message, event.currentTarget)}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  );
});

function MessageText({ message, people, me }: Props): ReactElement {
  if (message.status === 'deleted') return <p className="cs-chat-text" data-gone>{allWords.chat.removed}</p>;
  const mentioned = people.filter(({ userId }) => message.mentions.includes(userId));
  return (
    <p className="cs-chat-text" dir="auto">
      {splitText(message.text, mentioned).map((part, at) => {
        if (part.kind === 'link') return <a key={at} href={part.href} rel="noopener noreferrer nofollow ugc" target="_blank">{part.text}</a>;
        if (part.kind === 'mention') return <bdi key={at} className="cs-chat-mention" data-me={part.userId === me || undefined}>{plain(part.text)}</bdi>;
        return part.text;
      })}
    </p>
  );
}

function Quoted({ message, onShow }: { message: LiveMessage; onShow: (messageId: string) => void }): ReactElement {
  const { messageId, name, excerpt } = message.replyTo!;
  return (
    <button type="button" className="cs-chat-quoted" tabIndex={-1} onClick={() => onShow(messageId)} data-testid={`chat-quoted-${message.messageId}`}>
      <span className="cs-sr-only">{allWords.chat.toQuoted({ name })}: </span>
      <bdi className="cs-chat-quoted-name" aria-hidden="true">{plain(name)}</bdi> <bdi>{excerpt}</bdi>
    </button>
  );
}

function Chips({ message, mayReact, acts }: Props): ReactElement | null {
  if (message.reactions.length === 0 || message.status === 'deleted') return null;
  return (
    <span className="cs-chat-chips">
      {message.reactions.map(({ emoji, count, mine = false }: MessageReaction) => (
        <button
          key={emoji}
          type="button"
          className="cs-chat-chip"
          tabIndex={-1}
          aria-pressed={mine}
          aria-label={(mine ? allWords.chat.react.chipMine : allWords.chat.react.chip)({ emoji, count })}
          disabled={!mayReact}
          onClick={() => acts.react(message, emoji, !mine)}
        >
          {emoji} <span>{count}</span>
        </button>
      ))}
    </span>
  );
}

function NotSent({ message, acts }: { message: LiveMessage; acts: LineActs }): ReactElement {
  const words = allWords.chat;
  const { failed, retryAt, clientId = '' } = message;
  const waits = useIsBefore(retryAt);
  // The time counts down beside it.
  const why = retryAt === undefined ? wordsFor(failed!) : wordsForCode(failed!);
  return (
    <div className="cs-chat-not-sent" data-testid={`chat-failed-${clientId}`} data-code={failed!.code}>
      <span role="alert">{words.notSent} {why}</span>
      {waits && retryAt !== undefined && <Wait until={retryAt} />}
      <Button small onPress={() => acts.retry(clientId)} isDisabled={waits} data-testid={`chat-retry-${clientId}`}>{allWords.tryAgain}</Button>
      <Button small tone="quiet" onPress={() => acts.discard(clientId)} data-testid={`chat-discard-${clientId}`}>{words.discard}</Button>
    </div>
  );
}

function Wait({ until }: { until: number }): ReactElement {
  const now = useNow(true);
  return <span>{allWords.chat.waitToRetry({ time: timeLeft(until, now) })}</span>;
}

/** What the show itself says. */
export const SystemLine = memo(function SystemLine({ message }: { message: LiveMessage }): ReactElement {
  const words = allWords.chat.system;
  const say = message.kind === 'text' ? () => message.text : words[message.kind];
  return <li className="cs-chat-system" dir="auto" data-message-id={message.messageId} data-testid={`chat-message-${message.messageId}`}>{say({ name: message.name })}</li>;
});

export const DayLine = memo(function DayLine({ at }: { at: string }): ReactElement {
  return <li className="cs-chat-day">{dayOfYear(at)}</li>;
});
