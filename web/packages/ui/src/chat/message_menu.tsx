import { useAction, useSession } from '@costage/react';
import type { LiveMessage, ReportReason, RoomHandle, RoomState } from '@costage/sdk';
import { memo, useState, type ReactElement, type RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { notify } from '../base/notices.js';
import { stageRights } from '../stage/tile_actions.js';
import { messages as allWords } from '../words/messages.js';
import { Choice, Text } from '../base/field.js';
import { BanDialog } from '../moderation/ban_dialog.js';
import { FormDialog } from '../base/form_dialog.js';
import { EmojiRow } from './emoji_row.js';
import { messageActions, type MessageActionId } from './message_actions.js';
import { actOnPerson, attempt } from '../moderation/person_acts.js';
import { PinDialog } from './pinned.js';
import { useMayModerate } from './use_chat.js';

/** What the menu is about, and what it stands beside. */
export interface MenuTarget {
  message: LiveMessage;
  element: HTMLElement;
}

interface Props {
  room: RoomHandle;
  state: RoomState;
  target: MenuTarget | undefined;
  mayWrite: boolean;
  onClose: () => void;
  onReply: (message: LiveMessage) => void;
  onEdit: (message: LiveMessage) => void;
}

type Asking = 'react' | 'report' | 'ban' | 'pin';

/** One menu for all messages: a menu for each would be a hundred. */
export const MessageMenu = memo(function MessageMenu({ room, state, target, mayWrite, onClose, onReply, onEdit }: Props): ReactElement {
  const { user, client } = useSession();
  const mayModerate = useMayModerate(state);
  const [asking, setAsking] = useState<{ what: Asking; target: MenuTarget }>();
  const rights = stageRights(state, user.userId);
  const words = allWords.chat;
  const actions = target ? messageActions({ message: target.message, state, me: user.userId, rights, mayModerate, mayWrite, now: client.clock.now() }) : [];
  const choose = (id: MessageActionId): void => {
    if (!target) return;
    onClose();
    const { message } = target;
    if (id === 'reply') onReply(message);
    else if (id === 'edit') onEdit(message);
    else if (id === 'react' || id === 'report' || id === 'ban' || id === 'pin') setAsking({ what: id, target });
    else void attempt(() => act(id, room, message));
  };
  const anchor = { current: target?.element ?? null } as RefObject<HTMLElement | null>;
  const label = words.menu({ name: target?.message.name ?? '' });
  return (
    <>
      <Popover className="cs-menu-box cs-chat-menu" aria-label={label} triggerRef={anchor} isOpen={target !== undefined && actions.length > 0} onOpenChange={(open) => open || onClose()} placement="bottom end">
        <Menu className="cs-menu" aria-label={label} onAction={(id) => choose(id as MessageActionId)} autoFocus="first">
          {actions.map((id) => (
            <MenuItem key={id} id={id} className="cs-menu-item" data-testid={`chat-act-${id}`} data-danger={id === 'ban' || id === 'delete' || undefined}>
              {words.actions[id]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
      {asking && <Asked key={asking.target.message.messageId} room={room} what={asking.what} target={asking.target} onClose={() => setAsking(undefined)} />}
    </>
  );
});

type AtOnce = Exclude<MessageActionId, 'reply' | 'edit' | Asking>;

/** Gives what is to be said when it is done. */
async function act(id: AtOnce, room: RoomHandle, { messageId, userId, name, text }: LiveMessage): Promise<string | undefined> {
  const { done } = allWords.chat;
  const { chat } = room;
  switch (id) {
    case 'copy':
      return (await isCopied(text)) ? done.copied : text;
    case 'delete':
    case 'deleteOwn':
      await chat.delete(messageId);
      return undefined;
    case 'invite':
      await room.invitations.create(userId);
      return done.invited({ name });
    default:
      return actOnPerson(id, room, { userId, name });
  }
}

/** There is no clipboard on insecure pages: the text is shown, to be copied by hand. */
async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

interface AskedProps {
  room: RoomHandle;
  what: Asking;
  target: MenuTarget;
  onClose: () => void;
}

function Asked({ room, what, target, onClose }: AskedProps): ReactElement {
  const { message } = target;
  switch (what) {
    case 'react':
      return <EmojiRow room={room} message={message} element={target.element} onClose={onClose} />;
    case 'report':
      return <Report room={room} message={message} onClose={onClose} />;
    case 'ban':
      return <BanDialog room={room} person={message} onClose={onClose} />;
    case 'pin':
      return <PinDialog room={room} messageId={message.messageId} text={message.text} onClose={onClose} />;
  }
}

const kReasons: readonly ReportReason[] = ['spam', 'harassment', 'hate', 'sexual', 'violence', 'other'];
const kMostDetail = 500;

function Report({ room, message, onClose }: { room: RoomHandle; message: LiveMessage; onClose: () => void }): ReactElement {
  const words = allWords.chat.report;
  const [reason, setReason] = useState<ReportReason>('spam');
  const [detail, setDetail] = useState('');
  const action = useAction();
  const send = async (): Promise<void> => {
    if (!(await action.run(() => room.chat.report(message.messageId, reason, detail.trim())))) return;
    notify(allWords.chat.done.reported);
    onClose();
  };
  return (
    <FormDialog title={words.title({ name: message.name })} go={words.send} testId="chat-report" action={action} onGo={() => void send()} onClose={onClose}>
      <Choice label={words.reason} options={kReasons.map((id) => ({ id, name: words.reasons[id] }))} value={reason} onChange={(id) => setReason(id as ReportReason)} testId="chat-report-reason" />
      <Text label={words.detail} value={detail} onChange={setDetail} maxLength={kMostDetail} testId="chat-report-detail" />
    </FormDialog>
  );
}
