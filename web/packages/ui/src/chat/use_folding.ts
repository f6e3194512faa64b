import { useSession } from '@costage/react';
import type { RoomState } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { deviceStorage } from '../base/storage.js';
import { isOnStage } from './message_actions.js';

const kKey = 'costage.chat';
/** Where there is no column for it beside the stage, and it lies over the page as a sheet; as in chat.css. */
const kIsNarrow = '(max-width: 59.99rem)';

/**
 * Open, until somebody folds it on this device. On a narrow page it would push pictures and devices out of sight of those who are on
 * stage or get ready for it, so for them it is folded at first.
 */
export function useFolding({ room, stage }: RoomState): { isOpen: boolean; fold: (open: boolean) => void } {
  const { user } = useSession();
  const isSeen = room.hostId === user.userId || isOnStage(user.userId, { stage });
  const isHiding = (): boolean => isSeen && matchMedia(kIsNarrow).matches;
  const [isOpen, setOpen] = useState(() => deviceStorage.getItem(kKey) !== 'folded' && !isHiding());
  useEffect(() => {
    if (isHiding()) setOpen(false);
  }, [isSeen]);
  const fold = (open: boolean): void => {
    setOpen(open);
    deviceStorage.setItem(kKey, open ? 'open' : 'folded');
  };
  return { isOpen, fold };
}
