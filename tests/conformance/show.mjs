// A show by costage's API and LiveKit's Node SDK, the same whichever engine carries the media.
import { test } from 'node:test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { publishTone } from '../interop/sound.mjs';
import { AudioStream, Room, RoomEvent, TrackKind, VideoBufferType, VideoFrame, VideoSource, LocalVideoTrack, TrackPublishOptions, TrackSource } from '../interop/rtc_node.mjs';
import { User } from '../support/api.mjs';
import { apiKey, apiSecret } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

// How much sooner or later than the embedded server an engine may tell of something, ms: LiveKit says nothing of what is muted or
// interrupted until it is asked.
export const patience = 20_000;

const kWidth = 320, kHeight = 180;

// Somebody with an account and, when connected, a participant.
export class Person {
  received = [];  // data packets
  #stops = [];

  constructor(user) {
    this.user = user;
  }
  static async create(server, name) {
    return new Person(await User.create(server, name));
  }
  get id() { return this.user.userId; }

  async connect(url, token) {
    this.room = new Room();
    this.room.on(RoomEvent.DataReceived, (payload, from, _kind, topic) => this.received.push({ text: Buffer.from(payload).toString(), from: from?.identity, topic }));
    this.room.on(RoomEvent.Disconnected, (reason) => { this.reason = reason; });
    await this.room.connect(url, token, { autoSubscribe: true, dynacast: false });
  }
  get isConnected() { return this.room?.isConnected === true; }

  async watch(roomId) {
    const { url, token } = await this.user.viewer(roomId);
    await this.connect(url, token);
  }
  // A seat, and the connection that it is for; gives the token.
  async prepare(roomId) {
    const { coHostUrl, coHostToken } = await this.user.broadcaster(roomId);
    await this.connect(coHostUrl, coHostToken);
    return { url: coHostUrl, token: coHostToken };
  }
  async goOnAir(roomId) {
    const credentials = await this.prepare(roomId);
    await this.speak();
    return credentials;
  }
  async speak() {
    const tone = await publishTone(this.room);
    this.microphone = tone;
    this.#stops.push(tone.stop);
  }
  async film() {
    const source = new VideoSource(kWidth, kHeight);
    const track = LocalVideoTrack.createVideoTrack('camera', source);
    this.camera = { track, publication: await this.room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA })) };
    let shade = 0;
    const picture = () => source.captureFrame(new VideoFrame(new Uint8Array(kWidth * kHeight * 4).fill(++shade % 256), kWidth, kHeight, VideoBufferType.RGBA));
    const timer = setInterval(picture, 100);
    this.#stops.push(async () => { clearInterval(timer); await track.close(); });
  }
  async hangUp() {
    for (const stop of this.#stops.splice(0)) await stop().catch(() => {});
    await this.room?.disconnect();
  }

  publications(of, kind = TrackKind.KIND_AUDIO) {
    const participant = this.room.remoteParticipants.get(of.id);
    return [...(participant?.trackPublications.values() ?? [])].filter((one) => one.kind === kind);
  }
  // Frames of sound that arrive of somebody, counted from now on.
  async listen(to) {
    const [publication] = await until(() => { const all = this.publications(to).filter((one) => one.track); return all.length > 0 && all; }, `a track of ${to.id}`);
    const heard = { frames: 0, lastAt: 0 };
    const reader = new AudioStream(publication.track, { sampleRate: 48000, numChannels: 1 }).getReader();
    (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (!value.data.some((sample) => Math.abs(sample) > 300)) continue;
        heard.frames++;
        heard.lastAt = performance.now();
      }
    })().catch(() => {});
    this.#stops.push(() => reader.cancel());
    return heard;
  }
}

export class Show {
  people = [];

  // `host`: a Person where the server is none of development, which makes no users.
  static async start(server, policies = {}, { host, ...room } = {}) {
    const show = new Show();
    show.server = server;
    show.host = host ?? (await show.join('Hanna'));
    if (host) show.people.push(host);
    ({ roomId: show.roomId } = await show.host.user.createRoom('Conformance', { ...room, policies: { inviteWatchersOnly: false, ...policies } }));
    return show;
  }
  async join(name) {
    const person = await Person.create(this.server, name);
    this.people.push(person);
    await person.user.get('/v1/me');
    return person;
  }
  async end() { await Promise.all(this.people.map((one) => one.hangUp().catch(() => {}))); }

  async goLive() {
    await this.host.goOnAir(this.roomId);
    await this.statusIs('live');
    return this;
  }
  async invite(person) {
    const { invitationId } = await this.host.user.invite(this.roomId, person.id);
    await person.user.answer(invitationId, 'accept');
  }
  // Invited, on stage and on air.
  async coHost(name) {
    const person = await this.join(name);
    await this.invite(person);
    person.credentials = await person.goOnAir(this.roomId);
    await this.seatIs(person, { state: 'onAir' });
    return person;
  }

  status() { return this.host.user.get(`/v1/rooms/${this.roomId}`); }
  statusIs(wanted) { return until(async () => (await this.status()).status === wanted, `the show to be ${wanted}`, patience); }
  async seat(person) {
    const { seats } = await this.host.user.get(`/v1/rooms/${this.roomId}/stage`);
    return seats.find(({ userId }) => userId === person.id);
  }
  async seatIs(person, wanted) {
    let seat;
    const matches = async () => {
      seat = await this.seat(person);
      return seat !== undefined && Object.entries(wanted).every(([key, value]) => seat[key] === value);
    };
    return until(matches, () => `the seat of ${person.id} to be ${JSON.stringify(wanted)}, it is ${JSON.stringify(seat)}`, patience);
  }
  async hasNoSeat(person) { return until(async () => (await this.seat(person)) === undefined, `${person.id} to have no seat`, patience); }
  remove(person) { return this.host.user.call('DELETE', `/v1/rooms/${this.roomId}/stage/${person.id}`); }
}

// test() with a show of its own, which ends with it. `server()` is asked when the test begins; `restore` undoes what a test did to others.
export const showsOn = (server, { skip = false, restore = () => {} } = {}) => (name, run, policies) =>
  test(name, { skip }, async (t) => {
    const one = await Show.start(server(), policies);
    try {
      await run(one, t);
    } finally {
      restore();
      await one.end();
    }
  });

// The server API of what clients of this costage are sent to.
export const serviceOf = (server) => new RoomServiceClient((server.livekit ?? server).http, apiKey, apiSecret);

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const percentile95 = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
