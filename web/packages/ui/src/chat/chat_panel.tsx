import { useChat } from '@costage/react';
import type { ChatSnapshot, LiveMessage, RoomHandle, RoomState } from '@costage/sdk';
import { useCallback, useState, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { messages as allWords } from '../words/messages.js';
import { IconButton } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { ChatSettings } from './chat_settings.js';
import { ComposeBar, type Composing } from './compose_bar.js';
import { ReactionBar } from '../reactions/floating_reactions.js';
import { MessageList } from './message_list.js';
import { MessageMenu, type MenuTarget } from './message_menu.js';
import { OrderPanel } from '../moderation/order_panel.js';
import { Pinned } from './pinned.js';
import { useFolding } from './use_folding.js';
import { useAnnouncements, useMayModerate, useRoleNotice, useWhyNotWrite } from './use_chat.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Beside the stage where there is room for it, else a sheet over its lower part. */
export function ChatPanel({ room, state }: Props): ReactElement {
  const live = useChat(room);
  const { data: chat, error, loading } = live;
  const { isOpen, fold } = useFolding(state);
  const [composing, setComposing] = useState<Composing>({});
  const [target, setTarget] = useState<MenuTarget>();
  const mayModerate = useMayModerate(state);
  const { why, now } = useWhyNotWrite(state, chat);
  useRoleNotice(state);
  const said = useAnnouncements(chat, isOpen);
  // The same while nothing is pressed: what does not show the messages is not drawn with each of them.
  const openMenu = useCallback((message: LiveMessage, element: HTMLElement) => setTarget({ message, element }), []);
  const closeMenu = useCallback(() => setTarget(undefined), []);
  const reply = useCallback((replyTo: LiveMessage) => setComposing({ replyTo }), []);
  const edit = useCallback((edits: LiveMessage) => setComposing({ edits }), []);
  const mayWrite = why === undefined || why.why === 'slowMode';
  return (
    <section className="cs-chat" data-testid="chat" data-open={isOpen} aria-label={allWords.chat.label}>
      <p className="cs-sr-only" role="status" data-testid="chat-announcer">{said}</p>
      <Header room={room} state={state} chat={chat} mayModerate={mayModerate} isOpen={isOpen} onFold={fold} />
      {isOpen && (
        <>
          {chat.pin && <Pinned room={room} pin={chat.pin} mayModerate={mayModerate} />}
          <Problem error={error} />
          {loading ? <p className="cs-hint cs-chat-none" role="status">{allWords.loading}</p> : <MessageList room={room} state={state} chat={chat} mayReact={mayWrite} onMenu={openMenu} />}
        </>
      )}
      {state.me.role !== 'guest' && <ReactionBar room={room} />}
      <ComposeBar room={room} state={state} composing={composing} onComposing={setComposing} why={why} now={why && now} />
      <MessageMenu
        room={room}
        state={state}
        target={target}
        mayWrite={mayWrite}
        onClose={closeMenu}
        onReply={reply}
        onEdit={edit}
      />
    </section>
  );
}

interface HeaderProps extends Props {
  chat: ChatSnapshot;
  mayModerate: boolean;
  isOpen: boolean;
  onFold: (open: boolean) => void;
}

function Header({ room, state, chat, mayModerate, isOpen, onFold }: HeaderProps): ReactElement {
  const words = allWords.chat;
  const unfold = chat.unread > 0 ? words.unfoldUnread({ count: chat.unread }) : words.unfold;
  return (
    <header className="cs-chat-header">
      <h2 {...focusHome}>{words.title}</h2>
      {!isOpen && chat.unread > 0 && <span className="cs-chat-unread" data-testid="chat-unread" aria-hidden="true">{chat.unread}</span>}
      {/* Who moderates finds their tools here. */}
      <div className="cs-chat-tools">
        {mayModerate && <OrderPanel room={room} state={state} />}
        {mayModerate && isOpen && <ChatSettings room={room} settings={chat.settings} />}
      </div>
      <IconButton icon={isOpen ? 'chevron' : 'up'} label={isOpen ? words.fold : unfold} aria-expanded={isOpen} onPress={() => onFold(!isOpen)} data-testid="chat-fold" />
    </header>
  );
}
