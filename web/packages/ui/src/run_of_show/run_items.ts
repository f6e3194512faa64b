// Pure: what comes one after the other in a show, as it is changed by hand and as it is read.
import type { RoomState, RunOfShowItem, RunOfShow } from '@costage/sdk';
import { newestPerInvitee } from '../invite/people.js';

export const kMaxItems = 50;
export const kMaxItemTitle = 100;

function runWith(items: RunOfShowItem[], current: number | undefined): RunOfShow {
  return current === undefined ? { items } : { items, current };
}

export function added(run: RunOfShow, item: RunOfShowItem): RunOfShow {
  return runWith([...run.items, item], run.current);
}

/** Where what is on is removed, the one before it counts as on: nothing begins by itself, and what is next stays next. */
export function removed({ items, current }: RunOfShow, at: number): RunOfShow {
  const left = items.filter((_, index) => index !== at);
  if (current === undefined || at > current) return runWith(left, current);
  return runWith(left, current === 0 ? undefined : current - 1);
}

/** What is on stays on, wherever it stands then. */
export function moved(run: RunOfShow, from: number, to: number): RunOfShow {
  const { items, current } = run;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return run;
  const next = items.toSpliced(from, 1).toSpliced(to, 0, item);
  return runWith(next, current === undefined ? undefined : placeAfter(current, from, to));
}

function placeAfter(place: number, from: number, to: number): number {
  if (place === from) return to;
  if (from < place && place <= to) return place - 1;
  if (to <= place && place < from) return place + 1;
  return place;
}

/** After the last one nothing comes. */
export function advanced(run: RunOfShow): RunOfShow {
  return hasNext(run) ? runWith(run.items, nextIndex(run)) : run;
}

export function startedOver({ items }: RunOfShow): RunOfShow {
  return { items };
}

function nextIndex({ current }: RunOfShow): number {
  return current === undefined ? 0 : current + 1;
}

export function hasNext(run: RunOfShow): boolean {
  return nextIndex(run) < run.items.length;
}

/** What is on now and what comes then. */
export function nowAndNext(run: RunOfShow): { now: RunOfShowItem | undefined; next: RunOfShowItem | undefined } {
  return { now: run.current === undefined ? undefined : run.items[run.current], next: run.items[nextIndex(run)] };
}

export interface Person {
  id: string;
  name: string;
}

/** Whose turn something can be: those on stage, then those who are invited and have not said no. */
export function peopleOf({ stage, invitations }: Pick<RoomState, 'stage' | 'invitations'>): Person[] {
  const invited = newestPerInvitee(invitations).filter(({ status, revoked }) => !revoked && (status === 'pending' || status === 'accepted'));
  const all = [
    ...stage.seats.map(({ userId, name }) => ({ id: userId, name })),
    ...invited.map(({ inviteeId, inviteeName }) => ({ id: inviteeId, name: inviteeName })),
  ];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** As far as this page knows. */
export function nameOf({ room, stage, invitations }: Pick<RoomState, 'room' | 'stage' | 'invitations'>, userId: string): string | undefined {
  if (userId === room.hostId) return room.hostName;
  return stage.seats.find((one) => one.userId === userId)?.name ?? invitations.find((one) => one.inviteeId === userId)?.inviteeName;
}
