import { kStart, step, type Journey } from '../stage/journey.js';
import type { JoinRequest, JourneyAct, JourneyEffect, JourneyFacts, JourneyInput, JourneyState } from '../stage/journey_words.js';
import type { Invitation, RoomStatus } from '../types.js';
import { sampleInvitation } from './samples.js';

type Media = JourneyFacts['media'];

export const kNoMedia: Media = { mode: 'none', phase: 'idle', ended: undefined };
export const kWatching: Media = { mode: 'viewer', phase: 'connected', ended: undefined };
export const kOnStage: Media = { mode: 'stage', phase: 'connected', ended: undefined };
export const kLost: Media = { mode: 'stage', phase: 'reconnecting', ended: undefined };
export const kFailed: Media = { mode: 'stage', phase: 'failed', ended: undefined };
export const ended = (why: Media['ended']): Media => ({ ...kNoMedia, ended: why });

/** A journey that a test tells what happens, one thing after the other, and what came of it. */
export class Script {
  journey: Journey = kStart;
  facts: JourneyFacts = { room: 'live', seat: undefined, holdsSeat: false, invitation: undefined, media: kWatching };
  /** Effects since the last look, in short. */
  private effects: string[] = [];

  constructor(facts: Partial<JourneyFacts> = {}) {
    this.know(facts);
    this.did();
  }

  get now(): JourneyState {
    return this.journey.now;
  }

  did(): string[] {
    const { effects } = this;
    this.effects = [];
    return effects;
  }

  hear(input: JourneyInput): this {
    const { journey, effects } = step(this.journey, input);
    this.journey = journey;
    this.effects.push(...effects.map(inShort).filter((one) => one !== 'keepMedia'));
    return this;
  }

  know(change: Partial<JourneyFacts>): this {
    this.facts = { ...this.facts, ...change };
    return this.hear({ type: 'facts', facts: this.facts });
  }

  act(...types: JourneyAct['type'][]): this {
    for (const type of types) this.hear({ type });
    return this;
  }

  media = (media: Media): this => this.know({ media });
  room = (room: RoomStatus): this => this.know({ room });
  request = (request: JoinRequest | undefined): this => this.know({ request });

  invitation(status: Invitation['status'], invitationId = 'inv_1'): this {
    return this.know({ invitation: sampleInvitation({ invitationId, status }) });
  }

  /** Somebody's own seat is listed with this lease. */
  seat(leaseId: string | undefined, state: 'preparing' | 'onAir' | 'reconnecting' = 'onAir'): this {
    return this.know({ seat: leaseId === undefined ? undefined : { leaseId, state } });
  }

  /** As the server does it: the seat goes, then the history says why. */
  seatEnds(leaseId: string, reason: 'left' | 'removed' | 'timeout' | 'ended'): this {
    return this.seat(undefined).hear({ type: 'seatEnded', leaseId, reason });
  }

  toInvited = (): this => this.invitation('pending');
  toReady = (): this => this.toInvited().act('accept').invitation('accepted');
  toJoining = (): this => this.toReady().act('join').media(kOnStage);
  toStage = (leaseId = 'lease_1'): this => this.toJoining().seat(leaseId).hear({ type: 'joined', attempt: this.journey.attempts });
}

function inShort(effect: JourneyEffect): string {
  switch (effect.type) {
    case 'say':
      return `say ${effect.notice.says}`;
    case 'accept':
    case 'decline':
      return `${effect.type} ${effect.invitationId}`;
    case 'resume':
      return `resume ${effect.leaseId}`;
    case 'watchMedia':
      return effect.afterMs === 0 ? 'watch' : `watch in ${effect.afterMs} ms`;
    case 'withdraw':
      return `withdraw ${effect.requestId}`;
    default:
      return effect.type;
  }
}
