import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import type { LiveInvitation } from '../room/invitation.js';
import type { Live } from '../live.js';
import { kStart, type MediaState } from '../media/media_state.js';
import type { LiveRequest } from '../room/request.js';
import { Store } from '../store.js';
import { sampleEvent, sampleInvitation, sampleRequest, sampleRoom, sampleSeat, sampleState } from '../testing/samples.js';
import type { Invitation, RoomEvent, RoomState, StageRequest } from '../types.js';
import type { JourneyNotice, JourneyState } from './journey_words.js';
import { createJourney, type JourneyMedia, type JourneyOptions, type JourneyRoom } from './stage_journey.js';

const kRefused = new CostageError('stage_full', 'The stage is full.', { status: 409 });

class FakeMedia extends Store<MediaState> implements JourneyMedia {
  calls: string[] = [];
  refuse: CostageError | undefined;
  constructor() {
    super(kStart);
  }
  watch = async (): Promise<void> => this.be('watch', { mode: 'viewer', phase: 'connected', ended: undefined });
  disconnect = async (): Promise<void> => this.be('disconnect', kStart);
  resume = async (leaseId: string): Promise<void> => this.be(`resume ${leaseId}`, { mode: 'stage', phase: 'connected', ended: undefined });
  goOnStage = async (): Promise<void> => {
    if (this.refuse) throw this.refuse;
    this.be('goOnStage', { mode: 'stage', phase: 'connected' });
  };
  private be(call: string, change: Partial<MediaState>): void {
    this.calls.push(call);
    this.update(change);
  }
}

class FakeRoom extends Store<Live<RoomState | undefined>> implements JourneyRoom {
  readonly fakeMedia = new FakeMedia();
  readonly answers: string[] = [];
  refuse: CostageError | undefined;
  private readonly taps = new Set<(event: RoomEvent) => void>();
  constructor(private state: RoomState | undefined = sampleState({ room: sampleRoom({ status: 'live' }) })) {
    super({ data: state, loading: false, error: undefined });
  }
  readonly media = this.fakeMedia;
  userId: string | undefined = 'carl';
  onEvent(listener: (event: RoomEvent) => void): () => void {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }
  readonly invitations = { list: (): Store<Live<LiveInvitation[]>> =>
    new Store<Live<LiveInvitation[]>>({ data: (this.state?.invitations ?? []).map((one) => this.live(one)), loading: false, error: undefined }) };
  private readonly listRequests = (): Store<Live<LiveRequest[]>> =>
    new Store<Live<LiveRequest[]>>({ data: (this.state?.requests ?? []).map((one) => this.liveRequest(one)), loading: false, error: undefined });
  readonly requests = {
    list: this.listRequests,
    create: async (comment?: string): Promise<void> => {
      if (this.refuse) throw this.refuse;
      this.answers.push(`ask ${comment}`);
    },
  };
  readonly stage = {
    leave: async (): Promise<void> => {
      await this.fakeMedia.disconnect();
      this.answers.push('leaveStage');
    },
  };
  know(change: Partial<RoomState>): void {
    this.state = { ...sampleState({ room: sampleRoom({ status: 'live' }) }), ...this.state, ...change };
    this.update({ data: this.state });
  }
  tell(type: RoomEvent['type'], data: RoomEvent['data']): void {
    for (const tap of this.taps) tap(sampleEvent(1, type, data));
  }
  private liveRequest(request: StageRequest): LiveRequest {
    const answer = (verb: string) => async (): Promise<LiveRequest> => {
      this.answers.push(`${verb} ${request.requestId}`);
      return this.liveRequest(request);
    };
    return { ...request, withdraw: answer('withdraw'), decline: answer('decline'), invite: () => Promise.reject(kRefused) };
  }
  private live(invitation: Invitation): LiveInvitation {
    const answer = (verb: string) => async (): Promise<LiveInvitation> => {
      if (this.refuse) throw this.refuse;
      this.answers.push(`${verb} ${invitation.invitationId}`);
      return this.live(invitation);
    };
    return { ...invitation, accept: answer('accept'), reject: answer('reject'), cancel: answer('cancel'), resend: answer('resend'), call: answer('call') };
  }
}

let room: FakeRoom;
const end: (() => void)[] = [];

function follow(options?: JourneyOptions) {
  const journey = createJourney(room, options);
  const said: JourneyNotice[] = [];
  const shown: JourneyState[] = [];
  end.push(journey.onNotice((notice) => said.push(notice)), journey.subscribe((state) => shown.push(state)));
  return { journey, said, shown };
}

beforeEach(() => {
  vi.useFakeTimers();
  room = new FakeRoom();
});
afterEach(() => {
  for (const one of end.splice(0)) one();
  vi.useRealTimers();
});

const seats = (leaseId = 'lease_1') => ({ stage: { roomId: 'room_1', seats: [sampleSeat({ leaseId })] } });

describe('the journey of a person', () => {
  it('goes from watching to the stage and back', async () => {
    const { journey, said, shown } = follow();
    await vi.runAllTimersAsync();
    expect(room.fakeMedia.calls).toEqual(['watch']);
    room.know({ invitations: [sampleInvitation()] });
    await journey.accept();
    room.know({ invitations: [sampleInvitation({ status: 'accepted' })] });
    await journey.join();
    room.know(seats());
    room.tell('stage.joined', { seat: sampleSeat() });
    expect(journey.getSnapshot()).toEqual({ name: 'onStage', leaseId: 'lease_1', leaving: false });
    await journey.leave();
    room.know({ stage: { roomId: 'room_1', seats: [] } });
    room.tell('stage.left', { seat: sampleSeat(), reason: 'left' });
    await vi.runAllTimersAsync();
    expect(journey.getSnapshot()).toMatchObject({ name: 'left', reason: 'left', place: { invitationId: 'inv_1' } });
    expect(room.answers).toEqual(['accept inv_1', 'leaveStage']);
    expect(room.fakeMedia.calls).toEqual(['watch', 'goOnStage', 'disconnect', 'watch']);
    expect(said).toEqual([{ says: 'joined' }, { says: 'left' }]);
    const names = shown.map(({ name }) => name).filter((name, at, all) => name !== all[at - 1]);
    expect(names).toEqual(['watching', 'invited', 'gettingReady', 'joining', 'onStage', 'left']);
  });

  it('rejects with the reason, and is ready to try again', async () => {
    const { journey } = follow();
    room.know({ invitations: [sampleInvitation()] });
    room.refuse = kRefused;
    await expect(journey.accept()).rejects.toBe(kRefused);
    expect(journey.getSnapshot().name).toBe('invited');
    room.refuse = undefined;
    await journey.accept();
    room.fakeMedia.refuse = kRefused;
    await expect(journey.join()).rejects.toBe(kRefused);
    expect(journey.getSnapshot().name).toBe('gettingReady');
  });

  it('resumes the seat that this tab had, and follows the media while the server is away', async () => {
    room.know(seats());
    const { journey } = follow({ holdsSeat: ({ leaseId }) => leaseId === 'lease_1' });
    expect(room.fakeMedia.calls).toEqual(['resume lease_1']);
    room.userId = undefined;
    room.fakeMedia.update({ phase: 'reconnecting' });
    expect(journey.getSnapshot().name).toBe('reconnecting');
  });

  it('does nothing for who has not asked: without a word about the seat, it is that of another window', async () => {
    room.know(seats());
    const { journey } = follow();
    await vi.runAllTimersAsync();
    expect(journey.getSnapshot().name).toBe('elsewhere');
    expect(room.fakeMedia.calls).toEqual([]);
    await journey.takeHere();
    expect(room.fakeMedia.calls).toEqual(['resume lease_1']);
    expect(journey.getSnapshot().name).toBe('onStage');
  });

  it('does nothing once nobody listens, and goes on when somebody does again', async () => {
    const { journey } = follow();
    for (const one of end.splice(0)) one();
    await vi.runAllTimersAsync();
    room.know({ invitations: [sampleInvitation()] });
    expect(room.fakeMedia.calls).toEqual([]);
    end.push(journey.subscribe(() => {}));
    await vi.runAllTimersAsync();
    expect(room.fakeMedia.calls).toEqual(['watch']);
    expect(journey.getSnapshot().name).toBe('invited');
  });

  it('hears nothing of the seats of others', () => {
    const { said } = follow();
    room.tell('stage.joined', { seat: sampleSeat({ userId: 'vera' }) });
    room.tell('stage.left', { seat: sampleSeat({ userId: 'vera' }), reason: 'removed' });
    expect(said).toEqual([]);
  });

  it('asks to join, and takes it back', async () => {
    const { journey } = follow();
    room.refuse = kRefused;
    await expect(journey.ask('Me!')).rejects.toBe(kRefused);
    expect(journey.getSnapshot().name).toBe('watching');
    room.refuse = undefined;
    await journey.ask('Me!');
    room.know({ requests: [sampleRequest()] });
    expect(journey.getSnapshot()).toMatchObject({ name: 'asking', request: { requestId: 'req_1' } });
    await journey.withdraw();
    expect(room.answers).toEqual(['ask Me!', 'withdraw req_1']);
  });
});
