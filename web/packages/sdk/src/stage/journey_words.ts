// The words of the journey: where a person can be, what is known of the world, what can happen, and what is to be done about it.
import type { MediaState } from '../media/media_state.js';
import type { Invitation, LeaveReason, RoomStatus, Seat, StageRequest } from '../types.js';

/** As much of a request to join as the journey reads. */
export type JoinRequest = Pick<StageRequest, 'requestId' | 'status' | 'reason'>;

export type JourneyReason =
  | 'invitationCancelled'
  | 'invitationExpired'
  | 'invitationDeclined'
  /** The host has taken the place back before it was used. */
  | 'placeTakenBack'
  | 'requestDeclined'
  | 'requestExpired'
  | 'requestWithdrawn';

/** `seatGone`: it ended, and nobody has said why (yet). */
export type LeftReason = 'left' | 'timedOut' | 'seatGone' | 'roomEnded';

/** `place`: an accepted invitation that still opens the stage, so that one can get ready. */
export type JourneyState =
  | { name: 'watching'; reason?: JourneyReason | undefined; text?: string | undefined; place?: Invitation | undefined }
  /** Without `request` until the server has told of it. */
  | { name: 'asking'; request?: JoinRequest | undefined }
  /** `answer`: what the person has said here, whether or not the server has heard it. */
  | { name: 'invited'; invitation: Invitation; answer?: 'accept' | 'decline' | undefined }
  /** Nobody sees the person yet. `waitsForHost`: the show has not started. */
  | { name: 'gettingReady'; invitation: Invitation; waitsForHost: boolean }
  | { name: 'joining'; invitation: Invitation; attempt: number }
  | { name: 'onStage'; leaseId: string | undefined; leaving: boolean }
  /** The seat is kept; the connection is being made again. */
  | { name: 'reconnecting'; leaseId: string | undefined; leaving: boolean }
  /** On stage in another window, or (`isKept`) nowhere at the moment, with the seat kept for who takes it. */
  | { name: 'elsewhere'; isKept: boolean }
  | { name: 'left'; reason: LeftReason; place?: Invitation | undefined }
  /** By the host: the invitation is used up, only a new one leads back. */
  | { name: 'removed' };

export type JourneyName = JourneyState['name'];

/** What is known of the world, read anew with each change of it. */
export interface JourneyFacts {
  room: RoomStatus;
  /** The person's own, wherever it is used. */
  seat: Pick<Seat, 'leaseId' | 'state'> | undefined;
  /** Whether this tab had that seat, also before a reload. */
  holdsSeat: boolean;
  /** The person's newest. */
  invitation: Invitation | undefined;
  request?: JoinRequest | undefined;
  media: Pick<MediaState, 'mode' | 'phase' | 'ended'>;
}

/** What a person does. */
export type JourneyAct =
  | { type: 'ask'; comment?: string | undefined }
  | { type: 'withdraw' }
  | { type: 'accept' }
  | { type: 'decline' }
  | { type: 'getReady' }
  | { type: 'notNow' }
  | { type: 'join' }
  | { type: 'leave' }
  /** Be here instead of in the other window; also: try the picture again. */
  | { type: 'takeHere' }
  /** The reason has been read. */
  | { type: 'dismiss' };

export type JourneyInput =
  | JourneyAct
  | { type: 'facts'; facts: JourneyFacts }
  /** Out of the room's history, about the person's own seat. */
  | { type: 'seatTaken' }
  | { type: 'seatEnded'; leaseId: string; reason: LeaveReason }
  /** What became of an effect. */
  | { type: 'accepted'; invitationId: string }
  | { type: 'joined'; attempt: number }
  | { type: 'joinFailed'; attempt: number }
  /** Also when the server could not be told: the person is off the air, and the server gives the seat back by itself. */
  | { type: 'leaveDone' }
  | { type: 'askFailed' };

export type JourneyNotice =
  | { says: 'joined' | 'left' | 'timedOut' | 'removed' | 'invitationCancelled' | 'invitationExpired' | 'placeTakenBack' | 'requestExpired' }
  | { says: 'requestDeclined'; text: string | undefined };

export type JourneyEffect =
  | { type: 'ask'; comment: string | undefined }
  | { type: 'withdraw'; requestId: string }
  | { type: 'accept' | 'decline'; invitationId: string }
  | { type: 'goOnStage'; attempt: number }
  | { type: 'leaveStage' }
  | { type: 'say'; notice: JourneyNotice }
  | MediaEffect;

/** Each takes the place of the one before, which may still wait for its time. */
export type MediaEffect =
  | { type: 'resume'; leaseId: string }
  | { type: 'watchMedia'; afterMs: number }
  | { type: 'leaveMedia' }
  | { type: 'keepMedia' };
