import { LiveChat } from '../chat/chat.js';
import { Moderation } from '../chat/moderation.js';
import { Reactions } from '../chat/reactions.js';
import { derive, type Live } from '../live.js';
import { GreenRoom } from '../media/green_room.js';
import { StageMedia } from '../media/media.js';
import { LiveObject, type Observable, type Unsubscribe } from '../store.js';
import type { BroadcasterData, Diagnosis, ProbeData, Room, RoomChanges, RoomEvent, RoomState, ViewerData } from '../types.js';
import { moderates } from './reducer.js';
import { RoomInvitations } from './room_invitations.js';
import type { RoomLine } from './room_line.js';
import { RoomPresence } from './room_presence.js';
import { RoomRequests } from './room_requests.js';
import { RoomStage } from './room_stage.js';

/** One show: its live state, and its parts with their verbs. Listening to it counts as watching. */
export class RoomHandle extends LiveObject<Live<RoomState | undefined>> {
  readonly roomId: string;
  readonly invitations: RoomInvitations;
  readonly requests: RoomRequests;
  readonly stage: RoomStage;
  readonly presence: RoomPresence;
  readonly chat: LiveChat;
  /** Hearts and the like that float over the stage. */
  readonly reactions: Reactions;
  /** For host, co-hosts who moderate and moderators. */
  readonly moderation: Moderation;
  /** One connection for watching and for being on stage. Its engine is loaded at first use. */
  readonly media: StageMedia;
  /** Where those on stage and those who get ready talk unheard by the audience. Its engine is loaded at first use. */
  readonly greenRoom: GreenRoom;
  private readonly state: Observable<Live<RoomState | undefined>>;
  private known: Room | undefined;

  constructor(
    /** @internal For what comes with a function of its own, as `egresses` does. */
    readonly line: RoomLine,
    clientVersion?: string,
  ) {
    super();
    this.roomId = line.roomId;
    this.state = derive(line.feed, (view) => view?.state);
    line.feed.tap(() => this.learn(this.getSnapshot().data?.room));
    this.media = new StageMedia({
      feed: line.feed,
      viewer: () => this.getViewerData(),
      broadcaster: () => this.getBroadcasterData(),
      reclaim: (leaseId) => this.getBroadcasterData({ leaseId }),
    });
    this.greenRoom = new GreenRoom(() => line.post<ViewerData>('/green-room'), this.media);
    this.invitations = new RoomInvitations(line);
    this.requests = new RoomRequests(line);
    this.stage = new RoomStage(line, () => this.media.disconnect());
    this.presence = new RoomPresence(line, clientVersion);
    this.chat = this.createChat();
    this.reactions = new Reactions(this.chat.reactionsPort());
    this.moderation = this.createModeration();
  }

  getSnapshot = (): Live<RoomState | undefined> => this.state.getSnapshot();
  subscribe = (listener: (snapshot: Live<RoomState | undefined>) => void): Unsubscribe => this.state.subscribe(listener);

  /** Each event of the history once, in order, while the room is subscribed. */
  onEvent(listener: (event: RoomEvent) => void): Unsubscribe {
    return this.line.onEvent(listener);
  }

  /** Who I am, as far as the server has said. */
  get userId(): string | undefined {
    return this.line.userId;
  }

  /** The show as it was last heard of, by listening or by an answer; undefined as long as it was not. */
  get data(): Room | undefined {
    return this.known;
  }

  async get(): Promise<Room> {
    return this.learn(await this.line.get<Room>(''));
  }

  async update(changes: RoomChanges): Promise<Room> {
    return this.learn(await this.line.write<Room>('PATCH', '', changes));
  }

  /**
   * The picture that stands for the show in lists, JPEG, PNG or WebP of at most 512 KiB.
   * @example await room.chooseCover(input.files[0]);
   */
  async chooseCover(picture: Blob): Promise<Room> {
    return this.learn(await this.line.write<Room>('PUT', '/cover', picture));
  }

  async removeCover(): Promise<Room> {
    return this.learn(await this.line.write<Room>('DELETE', '/cover'));
  }

  /** What is seen of the show now, of at most 64 KiB: stands for it in lists while it is live and has no cover. `takePicture` takes one. */
  showLivePicture(picture: Blob): Promise<void> {
    return this.line.write<void>('PUT', '/picture', picture);
  }

  /** Ends the show for everybody. Media goes first: the other order leaves tracks behind (N-016). */
  async stop(): Promise<Room> {
    await this.media.disconnect();
    return this.learn(await this.line.post<Room>('/stop'));
  }

  /** Why somebody did not see an invitation, cannot join or keeps dropping: I, or for the host somebody else. */
  diagnose(userId?: string): Promise<Diagnosis> {
    return this.line.get<Diagnosis>('/diagnosis', { userId });
  }

  /** `stage.access` by the name that the published guides use. */
  getBroadcasterData(only?: { leaseId: string }): Promise<BroadcasterData> {
    return this.stage.access(only);
  }

  /** What a media client needs to watch. */
  getViewerData(): Promise<ViewerData> {
    return this.line.post<ViewerData>('/viewer');
  }

  /** Access to an empty media room of my own, to look at the connection. */
  getProbeData(): Promise<ProbeData> {
    return this.line.post<ProbeData>('/probe');
  }

  /** @internal An answer of the server about this room. */
  learn<T extends Room | undefined>(room: T): T {
    this.known = room ?? this.known;
    return room;
  }

  /** Ends what runs by itself. */
  async close(): Promise<void> {
    this.chat.close();
    await Promise.all([this.media.disconnect(), this.greenRoom.leave()]);
  }

  private createChat(): LiveChat {
    const { roomId, http, realtime, clock, path, feed } = this.line;
    return new LiveChat({
      roomId,
      http,
      realtime,
      clock,
      path,
      roomState: () => this.getSnapshot().data,
      onRoomMessage: (listener) => feed.tap(listener),
      askToJoin: (comment) => this.requests.create(comment),
    });
  }

  private createModeration(): Moderation {
    return new Moderation({
      http: this.line.http,
      path: this.line.path,
      onMessage: (listener) => {
        const stops = [this.line.listen(listener), this.chat.onServerMessage(listener), this.chat.subscribe(() => {})];
        return () => stops.forEach((stop) => stop());
      },
      onRight: (listener) => this.subscribe(({ data }) => listener(data !== undefined && moderates(data, this.userId ?? ''))),
    });
  }
}
