import type { RoomState } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { useSession } from '../lib/context.js';
import { deviceStorage } from '../lib/storage.js';

const kKey = 'costage.chat';
/** Where the chat is a sheet over the page; as in chat.css. */
const kIsSheet = '(max-width: 59.99rem)';

/**
 * Open, until somebody folds it on this device. The sheet of a phone would hide their own picture and devices from those who are on
 * stage or get ready for it, so for them it is folded at first.
 */
export function useFolding({ room, stage }: RoomState): { isOpen: boolean; fold: (open: boolean) => void } {
  const { user } = useSession();
  const isSeen = room.hostId === user.userId || stage.seats.some((one) => one.userId === user.userId);
  const isHiding = (): boolean => isSeen && matchMedia(kIsSheet).matches;
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
