import type { Live, LiveInvitation, MediaState, Room, RoomFilter, RoomHandle, RoomState, Scene, Seat } from '@costage/sdk';
import { useMemo } from 'react';
import { useClient, useUser } from './provider.js';
import { useLive } from './use_live.js';
import { useSame } from './use_same.js';

/** One show: its handle with all verbs, and its live state. Using it counts as watching. */
export function useRoom(roomId: string): Live<RoomState | undefined> & { room: RoomHandle } {
  const room = useClient().room(roomId);
  const live = useLive(room);
  return useMemo(() => ({ room, ...live }), [room, live]);
}

/** Live: shows that wait, run or reconnect. */
export function useRooms(filter: RoomFilter = {}): Live<Room[]> {
  const { rooms } = useClient();
  const wanted = useSame(filter);
  return useLive(useMemo(() => rooms.list(wanted), [rooms, wanted]));
}

/** Live: invitations to me that wait for an answer, newest first, whatever the show. */
export function useMyInvitations(filter: { limit?: number } = {}): Live<LiveInvitation[]> {
  const { invitations } = useClient();
  const wanted = useSame(filter);
  return useLive(useMemo(() => invitations.list(wanted), [invitations, wanted]));
}

export interface StageNow {
  /** Those on stage and those who come, in the order in which they are shown. */
  seats: readonly Seat[];
  /** How it is shown to everybody. Undefined until the room is known. */
  scene: Scene | undefined;
  /** My own place, if I have one. */
  seat: Seat | undefined;
  /** What this page sees and sends. */
  media: MediaState;
}

export function useStage(room: RoomHandle): StageNow {
  const { data } = useLive(room);
  const media = useMedia(room);
  const { userId } = useUser();
  return useMemo(() => {
    const seats = data?.stage.seats ?? [];
    return { seats, scene: data?.scene, seat: seats.find((one) => one.userId === userId), media };
  }, [data, media, userId]);
}

/** The media connection of this page: watching or on stage, own devices, who is heard. Loads nothing by itself. */
export function useMedia(room: RoomHandle): MediaState {
  return useLive(room.media);
}
