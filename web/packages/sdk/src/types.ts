// The words of the /v1 contract, taken from api/openapi.yaml at build time, so that the two cannot differ. Times are ISO 8601
// in UTC. What only goes over the realtime connection (api/realtime.yaml) is written here, out of the same words.
import type { components } from './generated/openapi.js';

type Schemas = components['schemas'];

export type RoomStatus = Schemas['RoomStatus'];
export type InvitationStatus = Schemas['InvitationStatus'];
export type RequestStatus = Schemas['RequestStatus'];
export type SeatState = Seat['state'];
export type DeviceState = Seat['camera'];
export type Role = Seat['role'] | 'moderator' | 'viewer' | 'guest';

export type Policies = Schemas['Policies'];
export type Room = Schemas['Room'];
export type Invitation = Schemas['Invitation'];
export type InvitationBatch = Schemas['InvitationBatch'];
/** Somebody who watches asks to come on stage. */
export type StageRequest = Schemas['StageRequest'];
/** What somebody's own page says about whether they could go on stage now. */
export type PersonReadiness = Schemas['Readiness'];
/** What somebody may, or may not, do in a show beyond their role. */
export type Standing = Schemas['Standing'];
export type ChatMessage = Schemas['ChatMessage'];
export type QuotedMessage = Schemas['QuotedMessage'];
export type MessageReaction = Schemas['MessageReaction'];
export type ChatSettings = Schemas['ChatSettings'];
export type ChatSettingsChanges = Schemas['ChatSettingsChanges'];
export type ChatPin = Schemas['ChatPin'];
export type ChatReport = Schemas['ChatReport'];
export type ReportReason = ChatReport['reason'];
export type ReviewVerdict = Schemas['MessageReview']['verdict'];
/** Words that hold or refuse a message. */
export type WordList = Schemas['WordList'];
export type ListedWord = Schemas['ListedWord'];
/** What a subscriber of chat/{id} is given. */
export type ChatState = Schemas['ChatState'];
/** What floats over the stage. */
export type ReactionKind = 'heart' | 'applause' | 'laugh' | 'wow' | 'fire' | 'celebrate';
/** What host and moderators see. */
export type ModerationState = Schemas['Moderation'];
export type Block = Schemas['Block'];
export type Diagnosis = Schemas['Diagnosis'];
export type Finding = Schemas['Finding'];
/** How the stage is shown to everybody. */
export type Scene = Schemas['Scene'];
/** What comes one after the other in a show, and what of it is on now. */
export type RunOfShow = Schemas['RunOfShow'];
export type RunOfShowItem = Schemas['RunOfShowItem'];
/** A recording or a restream, as everybody in the room knows of it. */
export type Egress = Schemas['Egress'];
export type EgressKind = Schemas['EgressKind'];
/** With where it goes and why it failed, for who may start one. */
export type EgressDetails = Schemas['EgressDetails'];
export type EgressDestination = Schemas['EgressDestination'];
export type RecordedFile = Schemas['RecordedFile'];
export type NewEgress = Schemas['NewEgress'];
/** Where streaming software sends to, to be on stage as its owner. */
export type Ingress = Schemas['Ingress'];
export type IngressInput = Schemas['IngressInput'];
export type TrackSources = Schemas['TrackSources'];
export type StagePermissions = Schemas['StagePermissions'];
export type Seat = Schemas['Seat'];
/** Host first, then in the order of joining. */
export type Stage = Schemas['Stage'];
export type Watcher = Schemas['Watcher'];
export type User = Schemas['Me'];
export type ServerInfo = Schemas['ServerInfo'];
export type BroadcasterData = Schemas['BroadcasterData'];
export type ViewerData = Schemas['ViewerData'];
export type ProbeData = Schemas['ViewerData'];
export type DevToken = Schemas['DevToken'];
export type GuestToken = Schemas['DevToken'];
/** Refusals of the server. */
export type RefusalCode = Schemas['Code'];

export type Page<T> = Omit<Schemas['RoomPage'], 'items'> & Partial<Pick<Schemas['WatcherPage'], 'total'>> & { items: T[] };

/** What has a default may be left out. */
export type NewRoom = Pick<Schemas['NewRoom'], 'title'> &
  Partial<Omit<Schemas['NewRoom'], 'policies'>> & { policies?: Partial<Policies> };
export type RoomChanges = Omit<Schemas['RoomChanges'], 'policies'> & { policies?: Partial<Policies> };

/** An entry of a room's history. Private ones keep the numbering gapless for those who may not see them. */
export type RoomEvent = Schemas['Event'];
export type LeaveReason = NonNullable<NonNullable<RoomEvent['data']>['reason']>;

/** What a subscriber of room/{id} holds. */
export interface RoomState {
  room: Room;
  stage: Stage;
  scene: Scene;
  runOfShow: RunOfShow;
  /** The host sees all, everybody else their own. */
  invitations: Invitation[];
  /** The host sees the queue, everybody else their own. */
  requests: StageRequest[];
  /** For the host: of who waits or is invited, as far as they said. */
  readiness: PersonReadiness[];
  watching: number;
  /** Whether the media server answers. While it does not, everything but sound and video goes on. */
  mediaAvailable: boolean;
  /** Whether this show can be recorded and restreamed. */
  egressAvailable: boolean;
  /** Whether people can be on stage by streaming software. */
  ingressAvailable: boolean;
  /** Recordings and restreams that have not ended. */
  egresses: Egress[];
  /** Moderators, and my own. Who moderates sees also who is muted or banned. */
  standings: Standing[];
  me: { role: Role };
}

export interface MeState {
  user: User;
  invitations: Invitation[];
}

export interface RoomsState {
  rooms: Room[];
}

/** Where in a room's history a subscriber stands. */
export interface Cursor {
  epoch: string;
  seq: number;
}
