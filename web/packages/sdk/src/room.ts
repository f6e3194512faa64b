import { LiveChat } from './chat/chat.js';
import { Moderation } from './chat/moderation.js';
import { Reactions } from './chat/reactions.js';
import type { Clock } from './clock.js';
import { CostageError } from './errors.js';
import type { Http } from './http.js';
import { batchAnswers, selectInvitations, withVerbs, type BatchAnswer, type InvitationFilter, type LiveInvitation } from './invitation.js';
import { InvitationPages, type InvitationHistory } from './invitation_history.js';
import { derive, TopicFeed, type Live } from './live.js';
import { GreenRoom } from './media/green_room.js';
import type { Preview } from './media/preview.js';
import { createReadiness, type Readiness } from './media/readiness.js';
import { StageMedia } from './media/stage_media.js';
import type { Realtime, ServerMessage } from './realtime.js';
import { selectRequests, withRequestVerbs, type LiveRequest, type RequestFilter } from './request.js';
import { moderates, reduceRoom, type RoomMessage, type RoomView } from './reducer.js';
import { StageJourney, type JourneyOptions } from './stage/stage_journey.js';
import { UnsteadySeats } from './stage/unsteady_seats.js';
import { LiveObject, type Observable, type Unsubscribe } from './store.js';
import type {
  BroadcasterData,
  Diagnosis,
  Invitation,
  InvitationBatch,
  PersonReadiness,
  ProbeData,
  Room,
  RoomChanges,
  RoomEvent,
  RoomState,
  RunOfShow,
  Scene,
  Stage,
  StagePermissions,
  StageRequest,
  TrackSources,
  ViewerData,
} from './types.js';
import { watcherCollection, type WatcherFilter, type Watchers } from './watchers.js';

/** One show: its live state and the verbs. Listening to it counts as watching. */
export class RoomHandle extends LiveObject<Live<RoomState | undefined>> {
  readonly chat: LiveChat;
  /** Hearts and the like that float over the stage. */
  readonly reactions: Reactions;
  /** For host, co-hosts who moderate and moderators. */
  readonly moderation: Moderation;
  private readonly feed: TopicFeed<RoomView>;
  private readonly state: Observable<Live<RoomState | undefined>>;
  private stageMedia: StageMedia | undefined;
  private backstage: GreenRoom | undefined;
  private readonly unsteady = new UnsteadySeats((listener) => this.onEvent(listener));

  constructor(
    readonly roomId: string,
    private readonly http: Http,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
    private readonly clientVersion?: string,
  ) {
    super();
    this.feed = new TopicFeed<RoomView>(realtime, {
      topic: `room/${roomId}`,
      reduce: (view, message) => {
        const userId = realtime.connection.getSnapshot().userId ?? '';
        const { view: value, gap, stale } = reduceRoom(view, message as unknown as RoomMessage, userId);
        return { value, gap, stale };
      },
      cursor: (view) => view.cursor,
    });
    if (clientVersion !== undefined) this.feed.report({ clientVersion });
    this.state = derive(this.feed, (view) => view?.state);
    this.chat = this.createChat();
    this.reactions = new Reactions(this.chat.reactionsPort());
    this.moderation = this.createModeration();
  }

  getSnapshot = (): Live<RoomState | undefined> => this.state.getSnapshot();
  subscribe = (listener: (snapshot: Live<RoomState | undefined>) => void): Unsubscribe =>
    this.state.subscribe(listener);

  /** Each event of the history once, in order, while the room is subscribed. */
  onEvent(listener: (event: RoomEvent) => void): Unsubscribe {
    return this.feed.tap((message) => {
      if (message.type === 'event') listener(message['event'] as RoomEvent);
    });
  }

  /** Who I am, as far as the server has said. */
  get userId(): string | undefined {
    return this.realtime.connection.getSnapshot().userId;
  }

  /** Media of this room, one connection for watching and for being on stage. */
  media(): StageMedia {
    this.stageMedia ??= new StageMedia({
      viewer: () => this.getViewerData(),
      broadcaster: () => this.getBroadcasterData(),
      reclaim: (leaseId) => this.getBroadcasterData({ leaseId }),
    });
    return this.stageMedia;
  }

  /** Where those on stage and those who get ready talk unheard by the audience. One for a room. */
  greenRoom(): GreenRoom {
    this.backstage ??= new GreenRoom(() => this.http.write<ViewerData>('POST', this.path('/green-room')), this.media());
    return this.backstage;
  }

  /** Live: the user ids of those on stage whose connection drops again and again. */
  unsteadySeats(): Observable<readonly string[]> {
    return this.unsteady;
  }

  /** Whether camera, microphone and connection are good enough to go on stage. */
  readiness(preview: Preview): Readiness {
    return createReadiness(this, preview);
  }

  /** The way of this person onto the stage and back, for a screen to draw. */
  journey(options: JourneyOptions = {}): StageJourney {
    return new StageJourney(this, () => this.realtime.connection.getSnapshot().userId, options);
  }

  async createInvitation(userId: string, options: { ttlSeconds?: number } = {}): Promise<LiveInvitation> {
    const invitation = await this.http.write<Invitation>('POST', this.path('/invitations'), { userId, ...options });
    return withVerbs(this.http, invitation);
  }

  /** Asks up to 10 people at once. What is refused to one touches no other. */
  async createInvitations(userIds: readonly string[], options: { ttlSeconds?: number } = {}): Promise<BatchAnswer[]> {
    return batchAnswers(this.http, await this.http.write<InvitationBatch>('POST', this.path('/invitations/batch'), { userIds, ...options }));
  }

  /** Live: what was sent from this room, newest first (host). */
  getInvitations(filter: InvitationFilter = {}): Observable<Live<LiveInvitation[]>> {
    return derive(this.feed, (view) =>
      selectInvitations(view?.state.invitations ?? [], filter).map((one) => withVerbs(this.http, one)),
    );
  }

  /** Live: all that were ever sent from this room, page by page (host). */
  invitationHistory(filter: InvitationFilter = {}): InvitationHistory {
    const { http, roomId } = this;
    return new InvitationPages({ http, roomId, onMessage: (listener) => this.listen(listener) }, filter);
  }

  /** My newest invitation in this room; refused with `invitation_not_found` when there is none. */
  async getInvitation(): Promise<LiveInvitation> {
    return withVerbs(this.http, await this.http.get<Invitation>(this.path('/invitation')));
  }

  /** Tells who invites whether I could go on stage now. Counts while I watch; the last word replaces the one before. */
  report(readiness: Partial<Omit<PersonReadiness, 'userId' | 'clientVersion'>>): void {
    const { clientVersion } = this;
    this.feed.report({ ...readiness, ...(clientVersion === undefined ? {} : { clientVersion }) });
  }

  /** Asks to come on stage. Asking again while waiting renews it: the comment is the newest, the place stays. */
  async askToJoin(comment?: string): Promise<LiveRequest> {
    return withRequestVerbs(this.http, await this.http.write<StageRequest>('POST', this.path('/requests'), comment ? { comment } : undefined));
  }

  /** Live: who asked to come on stage, in the order of the queue. The host sees all, everybody else their own. */
  getRequests(filter: RequestFilter = {}): Observable<Live<LiveRequest[]>> {
    return derive(this.feed, (view) =>
      selectRequests(view?.state.requests ?? [], view?.state.room.policies.requestOrder, filter).map((one) => withRequestVerbs(this.http, one)),
    );
  }

  /** My newest request in this room; refused with `request_not_found` when there is none. */
  async getRequest(): Promise<LiveRequest> {
    return withRequestVerbs(this.http, await this.http.get<StageRequest>(this.path('/request')));
  }

  /** Live: who watches now and who of them can be invited (host). */
  watchers(filter: WatcherFilter = {}): Observable<Live<Watchers>> {
    const { http, clock, roomId } = this;
    return watcherCollection({ http, clock, roomId, onHint: (hint) => this.feed.tap(hint) }, filter);
  }

  get(): Promise<Room> {
    return this.http.get<Room>(this.path(''));
  }

  update(changes: RoomChanges): Promise<Room> {
    return this.http.write<Room>('PATCH', this.path(''), changes);
  }

  /** Why somebody did not see an invitation, cannot join or keeps dropping: I, or for the host somebody else. */
  diagnose(userId?: string): Promise<Diagnosis> {
    return this.http.get<Diagnosis>(this.path(`/diagnosis${userId === undefined ? '' : `?userId=${encodeURIComponent(userId)}`}`));
  }

  getStage(): Promise<Stage> {
    return this.http.get<Stage>(this.path('/stage'));
  }

  /** Opens or renews my lease of a seat. With `leaseId` only this one, refused with `seat_lost` when it has ended. */
  getBroadcasterData(only?: { leaseId: string }): Promise<BroadcasterData> {
    return this.http.write<BroadcasterData>('POST', this.path('/broadcaster'), only);
  }

  getViewerData(): Promise<ViewerData> {
    return this.http.write<ViewerData>('POST', this.path('/viewer'));
  }

  /** Access to an empty media room of my own, to look at the connection. */
  getProbeData(): Promise<ProbeData> {
    return this.http.write<ProbeData>('POST', this.path('/probe'));
  }

  /** Ends the show for everybody. Media goes first: the other order leaves tracks behind (N-016). */
  async stop(): Promise<Room> {
    await this.stageMedia?.leave();
    return this.http.write<Room>('POST', this.path('/stop'));
  }

  /** Ends my own seat; the show goes on. */
  async leaveStage(): Promise<Stage> {
    await this.stageMedia?.leave();
    return this.http.write<Stage>('POST', this.path('/stage/leave'));
  }

  /** Switches somebody else's devices off. On they can only be asked to switch them. */
  switchOff(userId: string, sources: TrackSources): Promise<Stage> {
    return this.http.write<Stage>('POST', this.path(`/stage/${encodeURIComponent(userId)}/switch-off`), sources);
  }

  /** They hear of it by `onSwitchOnAsked`. */
  askToSwitchOn(userId: string, sources: TrackSources): Promise<Stage> {
    return this.http.write<Stage>('POST', this.path(`/stage/${encodeURIComponent(userId)}/ask-to-switch-on`), sources);
  }

  /** Somebody asks me to switch devices on. */
  onSwitchOnAsked(listener: (sources: TrackSources) => void): Unsubscribe {
    return this.onMySources('stage.switchOnAsked', listener);
  }

  /** Somebody switched devices of mine off. */
  onSwitchedOff(listener: (sources: TrackSources, byUserId: string | undefined) => void): Unsubscribe {
    return this.onMySources('stage.switchedOff', listener);
  }

  private onMySources(wanted: RoomEvent['type'], listener: (sources: TrackSources, byUserId: string | undefined) => void): Unsubscribe {
    return this.onEvent(({ type, data, actorId }) => {
      if (type === wanted && data?.seat?.userId === this.userId && data?.sources) listener(data.sources, actorId);
    });
  }

  /** What a co-host may do beyond being on stage; it ends with the seat. */
  setPermissions(userId: string, permissions: StagePermissions): Promise<Stage> {
    return this.http.write<Stage>('PUT', this.path(`/stage/${encodeURIComponent(userId)}/permissions`), permissions);
  }

  /** How the stage is shown to everybody; all of it. */
  setScene(scene: Scene): Promise<Scene> {
    return this.http.write<Scene>('PUT', this.path('/scene'), scene);
  }

  getRunOfShow(): Promise<RunOfShow> {
    return this.http.get<RunOfShow>(this.path('/run-of-show'));
  }

  /** What comes one after the other and what is on now; all of it. */
  setRunOfShow(run: RunOfShow): Promise<RunOfShow> {
    return this.http.write<RunOfShow>('PUT', this.path('/run-of-show'), run);
  }

  /** Who stands in when the host is gone; nobody: the show waits for the host, and ends. */
  nameSuccessor(userId: string | undefined): Promise<Room> {
    return userId === undefined ? this.http.write<Room>('DELETE', this.path('/successor')) : this.http.write<Room>('PUT', this.path('/successor'), { userId });
  }

  /** Also takes back the place of somebody who accepted and is not on stage yet. */
  removeFromStage(userId: string): Promise<Stage> {
    if (userId === '') throw new CostageError('invalid_request', 'Whom to remove is missing.', { field: 'userId' });
    return this.http.write<Stage>('DELETE', this.path(`/stage/${encodeURIComponent(userId)}`));
  }

  private createChat(): LiveChat {
    const { roomId, http, realtime, clock } = this;
    return new LiveChat({
      roomId,
      http,
      realtime,
      clock,
      path: (rest) => this.path(rest),
      roomState: () => this.getSnapshot().data,
      onRoomMessage: (listener) => this.feed.tap(listener),
      askToJoin: (comment) => this.askToJoin(comment),
    });
  }

  private createModeration(): Moderation {
    return new Moderation({
      http: this.http,
      path: (rest) => this.path(rest),
      onMessage: (listener) => {
        const stops = [this.listen(listener), this.chat.onServerMessage(listener), this.chat.subscribe(() => {})];
        return () => stops.forEach((stop) => stop());
      },
      onRight: (listener) => this.subscribe(({ data }) => listener(data !== undefined && moderates(data, this.userId ?? ''))),
    });
  }

  /** Messages of the room, which stays subscribed for them. */
  private listen(listener: (message: ServerMessage) => void): Unsubscribe {
    const stops = [this.feed.tap(listener), this.feed.subscribe(() => {})];
    return () => stops.forEach((stop) => stop());
  }

  private path(rest: string): string {
    return `/v1/rooms/${encodeURIComponent(this.roomId)}${rest}`;
  }
}
