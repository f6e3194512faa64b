import { isRunning, type Room } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { useClient } from './provider.js';

/** What is seen of a live show is asked for anew after this, ms; sooner as long as there is nothing. */
const kRenewed = 20_000;
const kAwaited = 5_000;

/**
 * The picture of a show as an address for an `<img>`: its cover, else what was last seen of it. Undefined while there is neither.
 * @example const picture = usePicture(room);
 */
export function usePicture(room: Room): string | undefined {
  const { rooms } = useClient();
  const [address, setAddress] = useState<string>();
  const { roomId, coverAt, liveAt } = room;
  const changes = coverAt === undefined && isRunning(room.status);
  const mayBe = coverAt !== undefined || liveAt !== undefined;
  useEffect(() => {
    if (!mayBe) return;
    let made: string | undefined;
    let isOver = false;
    const show = (picture: Blob | undefined): void => {
      if (made !== undefined) URL.revokeObjectURL(made);
      made = picture && URL.createObjectURL(picture);
      setAddress(made);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = async (): Promise<void> => {
      const isSeen = !document.hidden || made === undefined;
      const picture = isSeen ? await rooms.picture(roomId).catch(() => undefined) : undefined;
      if (isOver) return;
      if (isSeen) show(picture);
      if (changes) timer = setTimeout(() => void take(), made === undefined ? kAwaited : kRenewed);
    };
    void take();
    return () => {
      isOver = true;
      clearTimeout(timer);
      show(undefined);
    };
  }, [rooms, roomId, coverAt, changes, mayBe]);
  return address;
}
