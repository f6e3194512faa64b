import { describe, expect, it } from 'vitest';
import { reduceRoom, upsertInvitation, type RoomMessage, type RoomView } from './reducer.js';
import { sampleEgress, sampleEvent, sampleInvitation, sampleRequest, sampleRoom, sampleSeat, sampleStanding, sampleState } from '../testing/samples.js';
import type { RoomEvent, RoomState } from '../types.js';

const kSnapshot: RoomMessage = { type: 'snapshot', epoch: 'e1', seq: 4, state: sampleState() };

function start(userId = 'carl'): RoomView {
  return reduceRoom(undefined, kSnapshot, userId).view!;
}

function event(seq: number, type: RoomEvent['type'], data?: Parameters<typeof sampleEvent>[2], epoch = 'e1'): RoomMessage {
  return { type: 'event', epoch, event: sampleEvent(seq, type, data) };
}

describe('reduceRoom', () => {
  it('starts from a snapshot', () => {
    expect(start().cursor).toEqual({ epoch: 'e1', seq: 4 });
    expect(start().state.room.title).toBe('Pottery live');
  });

  it('replaces the room, the stage and one invitation', () => {
    let view = start();
    for (const message of [
      event(5, 'room.live', { room: sampleRoom({ status: 'live' }) }),
      event(6, 'invitation.created', { invitation: sampleInvitation() }),
      event(7, 'stage.joined', { seat: sampleSeat(), stage: { roomId: 'room_1', seats: [sampleSeat()] } }),
    ]) {
      view = reduceRoom(view, message, 'carl').view!;
    }
    expect(view.state.room.status).toBe('live');
    expect(view.state.invitations.map((one) => one.status)).toEqual(['pending']);
    expect(view.state.me.role).toBe('coHost');
    expect(view.cursor.seq).toBe(7);
  });

  it('replaces the run of show as a whole, and has an empty one where the server sends none', () => {
    const run = { items: [{ title: 'Welcome' }, { title: 'The glazes', userId: 'carl' }], current: 0 };
    const after = reduceRoom(start(), event(5, 'runOfShow.changed', { runOfShow: run }), 'carl').view!;
    expect(after.state.runOfShow).toEqual(run);
    const { runOfShow: _, ...older } = sampleState();
    const from = reduceRoom(undefined, { ...kSnapshot, state: older as RoomState }, 'carl').view!;
    expect(from.state.runOfShow).toEqual({ items: [] });
  });

  it('takes what runs of recordings and restreams from their events, and has none where an older server says nothing', () => {
    const recording = sampleEgress();
    const begun = reduceRoom(start(), event(5, 'egress.started', { egress: recording, egresses: [recording] }), 'carl').view!;
    expect(begun.state.egresses).toEqual([recording]);
    const over = reduceRoom(begun, event(6, 'egress.ended', { egress: { ...recording, state: 'complete' }, egresses: [] }), 'carl').view!;
    expect(over.state.egresses).toEqual([]);
    const { egresses: _, egressAvailable: _e, ingressAvailable: _i, ...older } = sampleState();
    const from = reduceRoom(undefined, { ...kSnapshot, state: older as RoomState }, 'carl').view!;
    expect(from.state).toMatchObject({ egresses: [], egressAvailable: false, ingressAvailable: false });
  });

  it('moves the cursor over private events and leaves the state alone', () => {
    const view = start();
    const after = reduceRoom(view, event(5, 'private'), 'carl');
    expect(after.view!.state).toBe(view.state);
    expect(after.view!.cursor.seq).toBe(5);
  });

  it('keeps the newest request of each person, and my place until it changes', () => {
    const place = (value: number): RoomMessage => ({ type: 'ephemeral', kind: 'place', data: { place: value } });
    let view = start();
    const apply = (...messages: RoomMessage[]): void => messages.forEach((one) => (view = reduceRoom(view, one, 'carl').view!));
    apply(event(5, 'request.created', { request: sampleRequest() }), place(3));
    expect(view.state.requests).toEqual([sampleRequest({ place: 3 })]);
    apply(event(6, 'request.updated', { request: sampleRequest({ comment: 'hello' }) }), place(2));
    expect(view.state.requests).toEqual([sampleRequest({ comment: 'hello', place: 2 })]);
    apply(event(7, 'request.withdrawn', { request: sampleRequest({ status: 'withdrawn' }) }), place(1));
    expect(view.state.requests).toEqual([sampleRequest({ status: 'withdrawn' })]);
    apply(event(8, 'request.created', { request: sampleRequest({ requestId: 'req_2' }) }));
    expect(view.state.requests).toEqual([sampleRequest({ requestId: 'req_2' })]);
  });

  it('is stale when I am let invite, and when I no longer am', () => {
    const seat = (invite: boolean) => sampleSeat({ permissions: { invite, moderate: false, products: false } });
    const stage = (invite: boolean) => ({ roomId: 'room_1', seats: [seat(invite)] });
    const changed = (seq: number, invite: boolean) => event(seq, 'stage.permissionsChanged', { seat: seat(invite), stage: stage(invite) });
    const joined = reduceRoom(start(), event(5, 'stage.joined', { seat: seat(false), stage: stage(false) }), 'carl');
    expect(joined.stale).toBe(false);
    const given = reduceRoom(joined.view, changed(6, true), 'carl');
    expect(given.stale).toBe(true);
    expect(reduceRoom(given.view, changed(7, false), 'carl').stale).toBe(true);
    expect(reduceRoom(joined.view, changed(6, true), 'vera').stale).toBe(false);
  });

  it('has what is said of somebody once, and nothing of who may what everybody may', () => {
    const { standings: _, ...older } = sampleState();
    let view = reduceRoom(undefined, { ...kSnapshot, state: older as RoomState }, 'carl').view!;
    expect(view.state.standings).toEqual([]);
    const says = (seq: number, type: RoomEvent['type'], change: object): void =>
      void (view = reduceRoom(view, event(seq, type, { standing: sampleStanding({ userId: 'vera', ...change }) }), 'carl').view!);
    says(5, 'moderation.muted', { muted: true });
    says(6, 'moderation.banned', { muted: true, banned: true });
    expect(view.state.standings).toEqual([sampleStanding({ userId: 'vera', muted: true, banned: true })]);
    says(7, 'moderation.unbanned', {});
    expect(view.state.standings).toEqual([]);
  });

  it('makes me a moderator and a viewer again, each time with another view of the show; host, co-host and guest stay what they are', () => {
    const appointed = event(5, 'moderation.appointed', { standing: sampleStanding({ moderator: true }) });
    const made = reduceRoom(start(), appointed, 'carl');
    expect([made.view!.state.me.role, made.stale]).toEqual(['moderator', true]);
    const dismissed = reduceRoom(made.view, event(6, 'moderation.dismissed', { standing: sampleStanding() }), 'carl');
    expect([dismissed.view!.state.me.role, dismissed.stale]).toEqual(['viewer', true]);
    const other = reduceRoom(start(), appointed, 'vera');
    expect([other.view!.state.me.role, other.stale]).toEqual(['viewer', false]);
    const seat = sampleSeat();
    const joined = reduceRoom(made.view, event(6, 'stage.joined', { seat, stage: { roomId: 'room_1', seats: [seat] } }), 'carl');
    expect([joined.view!.state.me.role, joined.stale]).toEqual(['coHost', false]);
    const guest = reduceRoom(undefined, { ...kSnapshot, state: sampleState({ me: { role: 'guest' } }) } as RoomMessage, 'carl').view;
    expect(reduceRoom(guest, event(5, 'room.live', { room: sampleRoom() }), 'carl').view!.state.me.role).toBe('guest');
  });

  it('ignores an event it has already seen', () => {
    const view = start();
    const again = reduceRoom(view, event(4, 'room.ended', { room: sampleRoom({ status: 'ended' }) }), 'carl');
    expect(again).toEqual({ view, gap: false });
  });

  it.each([
    ['a hole in the numbers', event(6, 'private')],
    ['another epoch', event(5, 'private', undefined, 'e2')],
    ['being resumed in another epoch', { type: 'resumed', epoch: 'e2', seq: 9 } as RoomMessage],
  ])('reports %s and changes nothing', (_name, message) => {
    const view = start();
    expect(reduceRoom(view, message, 'carl')).toEqual({ view, gap: true });
  });

  it('takes presence without touching the cursor', () => {
    const view = reduceRoom(start(), { type: 'ephemeral', kind: 'presence', data: { watching: 12 } }, 'carl').view!;
    expect(view.state.watching).toBe(12);
    expect(view.cursor.seq).toBe(4);
  });

  it('hears that the media server is away, and that it is back; one that says nothing of it is there', () => {
    const { mediaAvailable: _, ...older } = sampleState();
    const begun = reduceRoom(undefined, { ...kSnapshot, state: older } as RoomMessage, 'carl').view!;
    expect(begun.state.mediaAvailable).toBe(true);
    const heard = (mediaAvailable: boolean): RoomMessage => ({ type: 'ephemeral', kind: 'media', data: { mediaAvailable } });
    const away = reduceRoom(begun, heard(false), 'carl').view!;
    expect(away.state.mediaAvailable).toBe(false);
    expect(reduceRoom(away, { ...heard(true), kind: 'later' } as RoomMessage, 'carl').view, 'what a newer server says').toBe(away);
    expect(reduceRoom(away, heard(true), 'carl').view!.state.mediaAvailable).toBe(true);
  });

  it('becomes a viewer again when the seat is gone, and stays host while hosting', () => {
    const seat = sampleSeat();
    const gone = event(5, 'stage.left', { seat, stage: { roomId: 'room_1', seats: [] }, reason: 'removed' });
    const onStage = reduceRoom(
      undefined,
      { ...kSnapshot, state: sampleState({ stage: { roomId: 'room_1', seats: [seat] }, me: { role: 'coHost' } }) } as RoomMessage,
      'carl',
    ).view!;
    expect(reduceRoom(onStage, gone, 'carl').view!.state.me.role).toBe('viewer');
    expect(reduceRoom(onStage, gone, 'hana').view!.state.me.role).toBe('host');
  });

  it('knows that who was taken off the stage needs a new invitation; who left by themselves does not', () => {
    const seat = sampleSeat();
    const accepted = sampleInvitation({ inviteeId: seat.userId, status: 'accepted' });
    const onStage = reduceRoom(undefined, { ...kSnapshot, state: sampleState({ invitations: [accepted] }) } as RoomMessage, 'hana').view!;
    const after = (reason: 'removed' | 'left') =>
      reduceRoom(onStage, event(5, 'stage.left', { seat, stage: { roomId: 'room_1', seats: [] }, reason }), 'hana').view!.state.invitations[0];
    expect(after('removed')?.revoked).toBe(true);
    expect(after('left')?.revoked).toBeUndefined();
  });
});

describe('upsertInvitation', () => {
  it('replaces by id and keeps the newest first', () => {
    const old = sampleInvitation();
    const young = sampleInvitation({ invitationId: 'inv_2', createdAt: '2026-11-21T10:05:00.000Z' });
    const list = upsertInvitation(upsertInvitation([], old), young);
    expect(upsertInvitation(list, { ...old, status: 'rejected' }).map((one) => [one.invitationId, one.status])).toEqual([
      ['inv_2', 'pending'],
      ['inv_1', 'rejected'],
    ]);
  });
});
