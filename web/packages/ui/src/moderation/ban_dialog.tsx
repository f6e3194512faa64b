import type { RoomHandle } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { notify } from '../base/notices.js';
import { messages } from '../words/messages.js';
import { Confirm } from '../base/confirm.js';
import { Text } from '../base/field.js';
import type { Person } from './person_acts.js';

const kMostReason = 200;

interface Props {
  room: RoomHandle;
  person: Person;
  onClose: () => void;
}

export function BanDialog({ room, person, onClose }: Props): ReactElement {
  const words = messages.chat.ban;
  const [reason, setReason] = useState('');
  const ban = async (): Promise<void> => {
    await room.moderation.ban(person.userId, reason.trim());
    notify(messages.chat.done.banned({ name: person.name }));
  };
  return (
    <Confirm isOpen onClose={onClose} title={words.title({ name: person.name })} lead={words.lead} confirm={words.confirm} onConfirm={ban} testId="confirm-ban">
      <Text label={words.reason} value={reason} onChange={setReason} maxLength={kMostReason} testId="ban-reason" />
    </Confirm>
  );
}
