import { CostageError } from '../errors.js';
import type { LiveInvitation } from '../room/invitation.js';
import type { Live } from '../live.js';
import type { MediaState, StageOptions } from '../media/media_state.js';
import type { LiveRequest } from '../room/request.js';
import { LiveObject, Store, type Unsubscribe, type Watchable } from '../store.js';
import type { RoomEvent, RoomState, Seat } from '../types.js';
import { kStart, step, type Journey } from './journey.js';
import { factsOf } from './journey_facts.js';
import type { JourneyEffect, JourneyInput, JourneyNotice, JourneyState, MediaEffect } from './journey_words.js';

/** As much of a room as the journey moves in. */
export interface JourneyRoom extends Watchable<Live<RoomState | undefined>> {
  readonly media: JourneyMedia;
  /** Who the person is; undefined until the server has said so, and while a connection is made again. */
  readonly userId: string | undefined;
  onEvent(listener: (event: RoomEvent) => void): Unsubscribe;
  invitations: { list(): Watchable<Live<LiveInvitation[]>> };
  requests: { list(): Watchable<Live<LiveRequest[]>>; create(comment?: string): Promise<unknown> };
  stage: { leave(): Promise<unknown> };
}

export interface JourneyMedia extends Watchable<MediaState> {
  watch(): Promise<void>;
  goOnStage(options?: StageOptions): Promise<void>;
  resume(leaseId: string): Promise<void>;
  disconnect(): Promise<void>;
}

export interface JourneyOptions {
  /** Whether this tab had this seat before a reload: only then it goes back there by itself. Left out, it never does. */
  holdsSeat?: (seat: Pick<Seat, 'userId' | 'leaseId'>) => boolean;
}

/**
 * The way of this person onto the stage of a room and back, as a live object: it follows the room and the media, keeps a viewer
 * connected, and brings a co-host back into the seat that this tab had. Runs while somebody listens. One at a time for a room.
 *
 * Each verb resolves when what it started is done, and rejects with the reason when that was refused. Where a verb has no place in
 * the present state, nothing happens.
 */
export class StageJourney extends LiveObject<JourneyState> {
  private journey: Journey = kStart;
  private readonly store = new Store<JourneyState>(kStart.now, () => this.start(), () => this.stop());
  private readonly noticed = new Set<(notice: JourneyNotice) => void>();
  private following: Unsubscribe[] = [];
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private stageOptions: StageOptions | undefined;
  private me: string | undefined;

  constructor(
    private readonly room: JourneyRoom,
    private readonly options: JourneyOptions = {},
  ) {
    super();
  }

  getSnapshot = (): JourneyState => this.store.getSnapshot();
  subscribe = (listener: (state: JourneyState) => void): Unsubscribe => this.store.subscribe(listener);

  /** What is to be said in passing, each thing once. */
  onNotice(listener: (notice: JourneyNotice) => void): Unsubscribe {
    this.noticed.add(listener);
    return () => this.noticed.delete(listener);
  }

  ask = (comment?: string): Promise<void> => this.take({ type: 'ask', comment });
  withdraw = (): Promise<void> => this.take({ type: 'withdraw' });
  accept = (): Promise<void> => this.take({ type: 'accept' });
  decline = (): Promise<void> => this.take({ type: 'decline' });
  getReady = (): Promise<void> => this.take({ type: 'getReady' });
  notNow = (): Promise<void> => this.take({ type: 'notNow' });
  leave = (): Promise<void> => this.take({ type: 'leave' });
  takeHere = (): Promise<void> => this.take({ type: 'takeHere' });
  dismiss = (): Promise<void> => this.take({ type: 'dismiss' });

  join = (options?: StageOptions): Promise<void> => {
    this.stageOptions = options;
    return this.take({ type: 'join' });
  };

  private start(): void {
    // What was to be done with the media may not have been done when nobody listened any more.
    this.journey = { ...this.journey, media: kStart.media };
    this.following = [
      this.room.onEvent((event) => this.onEvent(event)),
      this.room.subscribe(() => this.look()),
      this.room.media.subscribe(() => this.look()),
    ];
  }

  private stop(): void {
    clearTimeout(this.waiting);
    for (const end of this.following) end();
    this.following = [];
  }

  private onEvent({ type, data }: RoomEvent): void {
    const { seat, reason } = data ?? {};
    if (!seat || seat.userId !== this.userId()) return;
    if (type === 'stage.joined') void this.take({ type: 'seatTaken' });
    if (type === 'stage.left' && reason) void this.take({ type: 'seatEnded', leaseId: seat.leaseId, reason });
  }

  /** While the connection is made again, it is the same person still. */
  private userId(): string | undefined {
    this.me = this.room.userId ?? this.me;
    return this.me;
  }

  private look(): void {
    const { data } = this.room.getSnapshot();
    const userId = this.userId();
    if (!data || !userId) return;
    const holdsSeat = this.options.holdsSeat ?? (() => false);
    void this.move({ type: 'facts', facts: factsOf(data, userId, this.room.media.getSnapshot(), holdsSeat) });
  }

  /** Something happened: what is known may have changed as well, without a word. */
  private take(input: JourneyInput): Promise<void> {
    this.look();
    return this.move(input);
  }

  private async move(input: JourneyInput): Promise<void> {
    const { journey, effects } = step(this.journey, input);
    this.journey = journey;
    // Effects change the media at once and so come back here: what is shown is always the last.
    const works = effects.map((effect) => this.run(effect));
    this.store.set(this.journey.now);
    await Promise.all(works);
  }

  private async run(effect: JourneyEffect): Promise<unknown> {
    switch (effect.type) {
      case 'say':
        for (const listener of [...this.noticed]) listener(effect.notice);
        return;
      case 'ask':
        return this.tell(() => this.room.requests.create(effect.comment), undefined, { type: 'askFailed' });
      case 'withdraw':
        return this.request(effect.requestId).withdraw();
      case 'accept':
        return this.tell(() => this.invitation(effect.invitationId).accept(), { type: 'accepted', invitationId: effect.invitationId });
      case 'decline':
        return this.invitation(effect.invitationId).reject();
      case 'goOnStage': {
        const { attempt } = effect;
        return this.tell(() => this.room.media.goOnStage(this.stageOptions), { type: 'joined', attempt }, { type: 'joinFailed', attempt });
      }
      case 'leaveStage':
        return this.tell(() => this.room.stage.leave(), { type: 'leaveDone' }, { type: 'leaveDone' });
      default:
        return this.runMedia(effect);
    }
  }

  private async runMedia(effect: MediaEffect): Promise<void> {
    clearTimeout(this.waiting);
    const media = this.room.media;
    if (effect.type === 'resume') await media.resume(effect.leaseId);
    if (effect.type === 'leaveMedia') await media.disconnect();
    // Never at once: what the media have just ended has to be over first.
    if (effect.type === 'watchMedia') this.waiting = setTimeout(() => void media.watch(), effect.afterMs);
  }

  /** Does something, and tells the journey what became of it. */
  private async tell(work: () => Promise<unknown>, done?: JourneyInput, failed?: JourneyInput): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (failed) void this.take(failed);
      throw cause;
    }
    if (done) void this.take(done);
  }

  private invitation(invitationId: string): LiveInvitation {
    const found = this.room.invitations.list().getSnapshot().data.find((one) => one.invitationId === invitationId);
    if (!found) throw new CostageError('invitation_not_found', 'There is no such invitation any more.');
    return found;
  }

  private request(requestId: string): LiveRequest {
    const found = this.room.requests.list().getSnapshot().data.find((one) => one.requestId === requestId);
    if (!found) throw new CostageError('request_not_found', 'There is no such request any more.');
    return found;
  }
}

/** The way of this person onto the stage and back, for a screen to draw. Runs while somebody listens; a room needs one at a time. */
export function createJourney(room: JourneyRoom, options: JourneyOptions = {}): StageJourney {
  return new StageJourney(room, options);
}
