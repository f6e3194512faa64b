import { toCostageError, type RoomHandle } from '@costage/sdk';
import { notify } from '../base/notices.js';
import { messages, wordsFor } from '../words/messages.js';
import type { PersonActionId } from '../chat/message_actions.js';

export interface Person {
  userId: string;
  name: string;
}

/** A ban is asked about first. */
export type PersonAct = Exclude<PersonActionId, 'ban'> | 'appoint' | 'dismiss';

/** Gives what is to be said when it is done. */
export async function actOnPerson(id: PersonAct, { moderation }: RoomHandle, { userId, name }: Person): Promise<string> {
  const { done } = messages.chat;
  switch (id) {
    case 'mute60':
    case 'mute600':
      await moderation.mute(userId, { seconds: id === 'mute60' ? 60 : 600 });
      return done.muted({ name });
    case 'muteEnd':
      await moderation.mute(userId);
      return done.muted({ name });
    case 'unmute':
      await moderation.unmute(userId);
      return done.unmuted({ name });
    case 'unban':
      await moderation.unban(userId);
      return done.unbanned({ name });
    case 'appoint':
      await moderation.appoint(userId);
      return done.appointed({ name });
    case 'dismiss':
      await moderation.dismiss(userId);
      return done.dismissed({ name });
  }
}

/** What went wrong is said in passing: the menu is gone, and the message may be, too. */
export async function attempt(work: () => Promise<string | undefined>): Promise<void> {
  try {
    const done = await work();
    if (done !== undefined) notify(done);
  } catch (cause) {
    notify(wordsFor(toCostageError(cause)), { tone: 'warning', testId: 'chat-refused' });
  }
}
