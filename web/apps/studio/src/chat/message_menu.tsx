import { toCostageError, type LiveMessage, type ReportReason, type RoomHandle, type RoomState } from '@costage/sdk';
import { memo, useState, type ReactElement, type RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { useSession } from '../lib/context.js';
import { useAction } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { stageRights } from '../lib/tile_actions.js';
import { messages as allWords, wordsFor } from '../messages.js';
import { Confirm } from '../parts/confirm.js';
import { Choice, Text } from '../parts/field.js';
import { FormDialog } from './form_dialog.js';
import { EmojiRow } from './emoji_row.js';
import { messageActions, type MessageActionId } from './message_actions.js';
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
  const label = words.menu(target?.message.name ?? '');
  return (
    <>
      <Popover className="menu-box chat-menu" aria-label={label} triggerRef={anchor} isOpen={target !== undefined && actions.length > 0} onOpenChange={(open) => open || onClose()} placement="bottom end">
        <Menu className="menu" aria-label={label} onAction={(id) => choose(id as MessageActionId)} autoFocus="first">
          {actions.map((id) => (
            <MenuItem key={id} id={id} className="menu-item" data-testid={`chat-act-${id}`} data-danger={id === 'ban' || id === 'delete' || undefined}>
              {words.actions[id]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
      {asking && <Asked key={asking.target.message.messageId} room={room} what={asking.what} target={asking.target} onClose={() => setAsking(undefined)} />}
    </>
  );
});

/** What went wrong is said in passing: the menu is gone, and the message may be, too. */
async function attempt(work: () => Promise<string | undefined>): Promise<void> {
  try {
    const done = await work();
    if (done !== undefined) notify(done);
  } catch (cause) {
    notify(wordsFor(toCostageError(cause)), { tone: 'warning', testId: 'chat-refused' });
  }
}

type AtOnce = Exclude<MessageActionId, 'reply' | 'edit' | Asking>;

/** Gives what is to be said when it is done. */
async function act(id: AtOnce, room: RoomHandle, { messageId, userId, name, text }: LiveMessage): Promise<string | undefined> {
  const { done } = allWords.chat;
  const { chat, moderation } = room;
  switch (id) {
    case 'copy':
      return (await isCopied(text)) ? done.copied : text;
    case 'delete':
    case 'deleteOwn':
      await chat.delete(messageId);
      return undefined;
    case 'mute60':
    case 'mute600':
      await moderation.mute(userId, { seconds: id === 'mute60' ? 60 : 600 });
      return done.muted(name);
    case 'muteEnd':
      await moderation.mute(userId);
      return done.muted(name);
    case 'unmute':
      await moderation.unmute(userId);
      return done.unmuted(name);
    case 'invite':
      await room.createInvitation(userId);
      return done.invited(name);
    case 'appoint':
      await moderation.appoint(userId);
      return done.appointed(name);
    case 'dismiss':
      await moderation.dismiss(userId);
      return done.dismissed(name);
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
      return <Ban room={room} message={message} onClose={onClose} />;
    case 'pin':
      return <PinDialog room={room} messageId={message.messageId} text={message.text} onClose={onClose} />;
  }
}

const kReasons = Object.keys(allWords.chat.report.reasons) as ReportReason[];
const kMostDetail = 500;
const kMostReason = 200;

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
    <FormDialog title={words.title(message.name)} go={words.send} testId="chat-report" action={action} onGo={() => void send()} onClose={onClose}>
      <Choice label={words.reason} options={kReasons.map((id) => ({ id, name: words.reasons[id] }))} value={reason} onChange={(id) => setReason(id as ReportReason)} testId="chat-report-reason" />
      <Text label={words.detail} value={detail} onChange={setDetail} maxLength={kMostDetail} testId="chat-report-detail" />
    </FormDialog>
  );
}

function Ban({ room, message, onClose }: { room: RoomHandle; message: LiveMessage; onClose: () => void }): ReactElement {
  const words = allWords.chat.ban;
  const [reason, setReason] = useState('');
  const ban = async (): Promise<void> => {
    await room.moderation.ban(message.userId, reason.trim());
    notify(allWords.chat.done.banned(message.name));
  };
  return (
    <Confirm isOpen onClose={onClose} title={words.title(message.name)} lead={words.lead} confirm={words.confirm} onConfirm={ban} testId="confirm-ban">
      <Text label={words.reason} value={reason} onChange={setReason} maxLength={kMostReason} testId="ban-reason" />
    </Confirm>
  );
}
