// In the place of `livekit-client`: a media room whose people are those that the fake server has on stage.
import { kMedia } from './media_server.js';
import { cameraOf } from './pictures.js';
import { changeSeat } from './routes.js';
import type { FakeServer } from './server.js';
import { nameOf } from './show.js';

export const RoomEvent = new Proxy({} as Record<string, string>, { get: (_target, name) => String(name) });
export const DisconnectReason = { CLIENT_INITIATED: 1, DUPLICATE_IDENTITY: 2, PARTICIPANT_REMOVED: 4, ROOM_DELETED: 5, ROOM_CLOSED: 10 };
export const VideoPresets = { h720: { resolution: {} }, h360: { resolution: {} } };
export const AudioPresets = { musicStereo: {} };
export const VideoQuality = { LOW: 0, MEDIUM: 1, HIGH: 2 };
export const Track = { Kind: { Video: 'video' }, Source: { Camera: 'camera', Microphone: 'microphone', ScreenShare: 'screen_share', ScreenShareAudio: 'screen_share_audio' } };

type State = 'on' | 'muted' | 'off';

class FakeTrack {
  readonly kind = 'video';

  constructor(readonly mediaStreamTrack: MediaStreamTrack) {}

  attach(element: HTMLVideoElement): void {
    element.srcObject = new MediaStream([this.mediaStreamTrack]);
    void element.play().catch(() => {});
  }

  detach(element?: HTMLVideoElement): void {
    if (element) element.srcObject = null;
  }
}

export class LocalVideoTrack extends FakeTrack {}
export class LocalAudioTrack extends FakeTrack {}

class FakeParticipant {
  readonly sid = 'PA_fake';
  readonly metadata = '';
  readonly isSpeaking = false;
  readonly connectionQuality = 'excellent';
  readonly trackPublications = new Map<string, { isMuted: boolean; source: string; track: FakeTrack | undefined }>();
  permissions = { canPublish: false };

  constructor(
    readonly identity: string,
    readonly isLocal: boolean,
    private readonly room: Room,
  ) {}

  get name(): string {
    return nameOf(this.identity);
  }
  get isCameraEnabled(): boolean {
    return this.getTrackPublication('camera')?.isMuted === false;
  }
  get isMicrophoneEnabled(): boolean {
    return this.getTrackPublication('microphone')?.isMuted === false;
  }

  getTrackPublication(source: string): ReturnType<FakeParticipant['trackPublications']['get']> {
    return this.trackPublications.get(source);
  }

  set(source: string, state: State, track?: FakeTrack): void {
    if (state === 'off') this.trackPublications.delete(source);
    else this.trackPublications.set(source, { isMuted: state === 'muted', source, track });
  }

  show(source: string, state: State): void {
    this.set(source, state, source === 'microphone' ? undefined : new FakeTrack(cameraOf(source === 'camera' ? this.name : 'screen')));
  }

  setCameraEnabled = (on: boolean): Promise<void> => this.switch('camera', on ? 'on' : 'muted');
  setMicrophoneEnabled = (on: boolean): Promise<void> => this.switch('microphone', on ? 'on' : 'muted');
  setScreenShareEnabled = (on: boolean): Promise<void> => this.switch('screen_share', on ? 'on' : 'off');

  async createScreenTracks(): Promise<object[]> {
    return [Object.assign(new FakeTrack(cameraOf('screen')), { source: 'screen_share' })];
  }

  async publishTrack(track: FakeTrack & { source?: string }, options: { source?: string }): Promise<object> {
    const source = options.source ?? track.source ?? 'camera';
    this.set(source, 'on', source === 'microphone' ? undefined : track);
    this.room.said(source, 'on');
    return { track: { getRTCStatsReport: async () => this.room.stats() } };
  }

  private async switch(source: string, state: State): Promise<void> {
    this.show(source, state);
    this.room.said(source, state);
  }
}

type Listener = (...args: unknown[]) => void;

export class Room {
  state = 'disconnected';
  readonly canPlaybackAudio = true;
  readonly remoteParticipants = new Map<string, FakeParticipant>();
  localParticipant = new FakeParticipant('', true, this);
  private readonly listeners = new Map<string, Set<Listener>>();
  private server: FakeServer | undefined;
  private token = '';
  private unfollow = (): void => {};
  private readonly begun = Date.now();

  on(event: string, listener: Listener): this {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
    return this;
  }

  removeAllListeners(): void {
    this.listeners.clear();
  }

  async connect(url: string, token: string): Promise<void> {
    this.server = kMedia.at(url);
    this.token = token;
    this.state = 'connected';
    this.localParticipant = new FakeParticipant(this.server.me, true, this);
    this.localParticipant.permissions = { canPublish: token !== 'viewer' };
    this.unfollow = kMedia.listen(this.server, () => this.look());
    this.look();
  }

  async disconnect(): Promise<void> {
    this.unfollow();
    this.state = 'disconnected';
    this.emit('Disconnected', DisconnectReason.CLIENT_INITIATED);
  }

  async startAudio(): Promise<void> {}
  getActiveDevice = (kind: string): string => (kind === 'videoinput' ? 'camera' : 'microphone');
  switchActiveDevice = async (): Promise<boolean> => true;

  getParticipantByIdentity(identity: string): FakeParticipant | undefined {
    return identity === this.localParticipant.identity ? this.localParticipant : this.remoteParticipants.get(identity);
  }

  /** The own devices: what the page sends is what the stage shows. */
  said(source: string, state: State): void {
    const device = source === 'screen_share' ? 'screen' : source;
    if (this.token === 'stage') changeSeat(this.server!, this.localParticipant.identity, { [device]: state });
    this.emit('LocalTrackPublished', { source });
  }

  /** Enough for a good connection. */
  stats(): Map<string, object> {
    const ms = Date.now() - this.begun + 1;
    return new Map<string, object>([
      ['out', { id: 'out', type: 'outbound-rtp', timestamp: ms, bytesSent: ms * 250, packetsSent: ms, retransmittedPacketsSent: 0 }],
      ['pair', { id: 'pair', type: 'candidate-pair', nominated: true, availableOutgoingBitrate: 2_500_000, currentRoundTripTime: 0.03 }],
    ]);
  }

  /** Those on stage, and in the green room who is to come. */
  private look(): void {
    const { me, show } = this.server!;
    const { seats } = show.state.stage;
    const coming = show.state.invitations.filter((one) => one.status === 'accepted').map((one) => one.inviteeId);
    const people = this.token === 'probe' ? [] : this.token === 'green-room' ? ['hanna', ...coming] : seats.map((seat) => seat.userId);
    for (const userId of this.remoteParticipants.keys()) if (!people.includes(userId)) this.remoteParticipants.delete(userId);
    for (const userId of people) if (userId !== me) this.remoteParticipants.set(userId, this.person(userId));
    const own = seats.find((seat) => seat.userId === me);
    if (this.token === 'stage' && !own) return void this.end();
    for (const device of ['camera', 'microphone'] as const) if (own?.[device] === 'muted' && this.localParticipant.getTrackPublication(device)) this.localParticipant.show(device, 'muted');
    this.emit('TrackSubscribed', { kind: 'video' });
  }

  private end(): void {
    this.unfollow();
    this.state = 'disconnected';
    this.emit('Disconnected', DisconnectReason.PARTICIPANT_REMOVED);
  }

  private person(userId: string): FakeParticipant {
    const person = this.remoteParticipants.get(userId) ?? new FakeParticipant(userId, false, this);
    const seat = this.server!.show.state.stage.seats.find((one) => one.userId === userId);
    person.show('camera', seat?.camera ?? 'on');
    person.show('microphone', seat?.microphone ?? 'on');
    person.show('screen_share', seat?.screen ?? 'off');
    return person;
  }

  private emit(event: string, ...args: unknown[]): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(...args);
  }
}
