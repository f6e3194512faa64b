import { EventEmitter } from 'node:events';

type LiveKit = typeof import('livekit-client');

const RoomEvent = new Proxy({}, { get: (_target, name) => name }) as Record<string, string>;

export const Reason = { CLIENT_INITIATED: 1, DUPLICATE_IDENTITY: 2, PARTICIPANT_REMOVED: 4, ROOM_DELETED: 5, ROOM_CLOSED: 10 };

/** As much of a LiveKit room as StageMedia uses. Tests drive it through `permit`, `drop` and `emit`. */
export class FakeRoom extends EventEmitter {
  state = 'disconnected';
  canPlaybackAudio = true;
  remoteParticipants = new Map<string, object>();
  /** How loud each is heard. */
  volumes = new Map<string, number>();
  connectedWith: string[] = [];
  disconnects = 0;
  slowToEnd = false;
  devices: Record<string, boolean> = {};
  failDevice: Error | undefined;
  /** What was published as a track, with these options, and what the browser would tell of it. */
  published: object[] = [];
  stats = (): Map<string, object> => new Map();
  active: Record<string, string> = { videoinput: 'default', audioinput: 'default' };
  localParticipant = {
    identity: 'carl',
    sid: `PA_${Math.random()}`,
    name: 'Carl',
    metadata: '{"role":"viewer"}',
    isLocal: true,
    isSpeaking: false,
    isMicrophoneEnabled: false,
    isCameraEnabled: false,
    connectionQuality: 'good',
    permissions: { canPublish: false },
    trackPublications: new Map<string, object>(),
    getTrackPublication: (source: string) => this.publication(source),
    setCameraEnabled: (on: boolean) => this.setDevice('camera', on),
    setMicrophoneEnabled: (on: boolean) => this.setDevice('microphone', on),
    setScreenShareEnabled: (on: boolean) => this.setScreen(on),
    createScreenTracks: async () => this.screenTracks(),
    publishTrack: async (track: { source?: string }, options: object) => {
      if (track.source === 'screen') return this.setScreen(true);
      this.published.push(options);
      return { track: { getRTCStatsReport: async () => this.stats() } };
    },
  };

  constructor(readonly options: { videoCaptureDefaults?: { deviceId?: string } } = {}) {
    super();
  }

  async connect(url: string, token: string): Promise<void> {
    if (token === 'refused') throw new Error('refused');
    if (token === 'taken') {
      this.drop(Reason.DUPLICATE_IDENTITY);
      throw new Error('taken');
    }
    this.connectedWith = [url, token];
    this.state = 'connected';
    this.localParticipant.permissions = { canPublish: token.startsWith('stage') };
  }

  async disconnect(): Promise<void> {
    this.disconnects++;
    if (this.slowToEnd) await new Promise((resolve) => setTimeout(resolve, 100));
    this.drop(Reason.CLIENT_INITIATED);
  }

  getParticipantByIdentity(identity: string): object | undefined {
    return this.remoteParticipants.get(identity);
  }

  getActiveDevice(kind: string): string | undefined {
    return this.active[kind];
  }

  async switchActiveDevice(kind: string, deviceId: string, exact = true): Promise<boolean> {
    if (this.failDevice && exact) throw this.failDevice;
    this.active[kind] = deviceId;
    this.emit('ActiveDeviceChanged', kind, deviceId);
    return true;
  }

  /** Somebody's camera is there to be seen. */
  addCamera(identity: string, track: object = { kind: 'video', mediaStreamTrack: { id: identity } }): void {
    const publication = {
      kind: 'video',
      isMuted: false,
      track: track as object | undefined,
      isDesired: true,
      videoQuality: 2,
      setSubscribed: (on: boolean) => Object.assign(publication, { isDesired: on, track: on ? track : undefined }),
      setVideoQuality: (quality: number) => Object.assign(publication, { videoQuality: quality }),
    };
    const setVolume = (volume: number): void => void this.volumes.set(identity, volume);
    const trackPublications = new Map([['camera', publication]]);
    const getTrackPublication = (source: string): object | undefined => trackPublications.get(source);
    this.remoteParticipants.set(identity, { identity, name: identity, isLocal: false, isSpeaking: false, connectionQuality: 'good', trackPublications, getTrackPublication, setVolume });
    this.emit('TrackSubscribed', publication.track);
  }

  /** The server switches off what somebody has on. */
  mute(source: string): void {
    this.devices[source] = false;
    this.emit('TrackMuted', { source }, this.localParticipant);
  }

  permit(canPublish: boolean): void {
    this.localParticipant.permissions = { canPublish };
    this.emit('ParticipantPermissionsChanged');
  }

  drop(reason?: number): void {
    // As livekit-client does it: every own track is taken back, then it says why.
    if (this.devices['screen'] !== undefined) this.unpublishScreen();
    this.state = 'disconnected';
    this.emit('Disconnected', reason);
  }

  private publication(source: string): object | undefined {
    const on = this.devices[source];
    return on === undefined ? undefined : { isMuted: !on, track: undefined };
  }

  private screenTracks(): object[] {
    if (this.failDevice) throw this.failDevice;
    return [{ source: 'screen', mediaStreamTrack: { kind: 'video', readyState: 'live' }, stop: () => undefined }];
  }

  /** A screen is taken back, not muted. */
  private async setScreen(on: boolean): Promise<void> {
    if (this.failDevice) throw this.failDevice;
    if (!on) return this.unpublishScreen();
    this.devices['screen'] = true;
    this.emit('LocalTrackPublished', { source: 'screen' });
  }

  private unpublishScreen(): void {
    delete this.devices['screen'];
    this.emit('LocalTrackUnpublished', { source: 'screen' });
  }

  private async setDevice(source: string, on: boolean): Promise<void> {
    if (this.failDevice) throw this.failDevice;
    this.devices[source] = on;
    this.localParticipant.isMicrophoneEnabled = this.devices['microphone'] === true;
    this.localParticipant.isCameraEnabled = this.devices['camera'] === true;
    this.localParticipant.trackPublications.set(source, {});
    this.emit('LocalTrackPublished', { source });
  }
}

export function fakeLiveKit(): { rooms: FakeRoom[]; load: () => Promise<LiveKit> } {
  const rooms: FakeRoom[] = [];
  class Room extends FakeRoom {
    constructor(options: { videoCaptureDefaults?: { deviceId?: string } }) {
      super(options);
      this.active['videoinput'] = options.videoCaptureDefaults?.deviceId ?? 'default';
      rooms.push(this);
    }
  }
  const livekit = {
    Room,
    RoomEvent,
    DisconnectReason: Reason,
    VideoPresets: { h720: { resolution: {} }, h360: { resolution: {} } },
    VideoQuality: { LOW: 0, MEDIUM: 1, HIGH: 2 },
    Track: { Kind: { Video: 'video' }, Source: { Camera: 'camera', Microphone: 'microphone', ScreenShare: 'screen', ScreenShareAudio: 'screenSound' } },
    AudioPresets: { musicStereo: {} },
  };
  return { rooms, load: async () => livekit as unknown as LiveKit };
}
