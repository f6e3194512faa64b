import { useLive, useUser } from '@costage/react';
import { takePicture, type RoomHandle, type RoomState } from '@costage/sdk';
import { useEffect } from 'react';

/** Milliseconds: the first when the camera has found its exposure, then anew. */
const kFirst = 3_000;
const kEach = 30_000;

/** While this page is on the air as the host, what it sends stands for a show without a cover in lists. */
export function useLivePicture(room: RoomHandle, { room: { status, coverAt }, stage }: RoomState): void {
  const { userId } = useUser();
  const { mode, phase } = useLive(room.media);
  const isOnAir = status === 'live' && coverAt === undefined && mode === 'stage' && phase === 'connected';
  const picture = stage.seats.find((one) => one.userId === userId)?.screen === 'on' ? 'screen' : 'camera';
  useEffect(() => {
    if (!isOnAir) return;
    // One that fails is made good by the next.
    const show = async (): Promise<void> => {
      const taken = await takePicture(room.media, { userId, picture });
      if (taken) await room.showLivePicture(taken);
    };
    const take = (): void => void show().catch(() => {});
    const first = setTimeout(take, kFirst);
    const timer = setInterval(take, kEach);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [room, isOnAir, userId, picture]);
}
