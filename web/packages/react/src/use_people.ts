import type { InvitationFilter, InvitationList, Live, LiveInvitation, LiveRequest, RequestFilter, RoomHandle, WatcherFilter, Watchers } from '@costage/sdk';
import { useCallback, useMemo } from 'react';
import { useLive } from './use_live.js';
import { useSame } from './use_same.js';

/** Live: the newest invitation of each person. Whoever does not invite sees their own only. */
export function useInvitations(room: RoomHandle, filter: InvitationFilter = {}): Live<LiveInvitation[]> {
  const wanted = useSame(filter);
  return useLive(useMemo(() => room.invitations.list(wanted), [room, wanted]));
}

/** Live: all invitations that were ever sent from this room, page by page. `limit` is the length of a page. */
export function useInvitationHistory(room: RoomHandle, filter: InvitationFilter = {}): Live<InvitationList> & { loadMore: () => Promise<void> } {
  const wanted = useSame(filter);
  const history = useMemo(() => room.invitations.history(wanted), [room, wanted]);
  const live = useLive(history);
  const loadMore = useCallback(() => history.loadMore(), [history]);
  return useMemo(() => ({ ...live, loadMore }), [live, loadMore]);
}

/** Live: who asked to come on stage, in the order of the queue. The host sees all, everybody else their own. */
export function useRequests(room: RoomHandle, filter: RequestFilter = {}): Live<LiveRequest[]> {
  const wanted = useSame(filter);
  return useLive(useMemo(() => room.requests.list(wanted), [room, wanted]));
}

/** Live: who watches now, and who of them can be invited or why not (who invites). */
export function useWatchers(room: RoomHandle, filter: WatcherFilter = {}): Live<Watchers> {
  const wanted = useSame(filter);
  return useLive(useMemo(() => room.presence.watchers(wanted), [room, wanted]));
}
