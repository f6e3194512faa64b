// Requirement D13 over restarts: whoever may publish in a room of ours holds a living lease in the database, or is put out.
// Random shows with every token that was ever seen kept and tried again after each step, as somebody with bad intent would.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { SignalResponse } from '@livekit/protocol';
import { dispose, Room } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { publishTone } from '../interop/sound.mjs';
import { User } from '../support/api.mjs';
import { apiKey, apiSecret, startServer, temporaryFolder } from '../support/server.mjs';
import { claimsOf, joinToken } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

// mulberry32: the same seed gives the same show.
function randomOf(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

class Show {
  tokens = new Set();
  refreshed = [];  // those of them that running sessions were sent
  sockets = new Map();

  static async start(random) {
    const show = new Show();
    Object.assign(show, { random, folder: temporaryFolder('leases') });
    show.server = await startServer('costage', { data: show.folder.path });
    [show.host, ...show.guests] = await Promise.all(['Hanna', 'Ann', 'Bob', 'Cleo'].map((name) => User.create(show.server, name)));
    ({ roomId: show.roomId } = await show.host.createRoom('Leases', { policies: { inviteWatchersOnly: false, reconnectGraceSeconds: 300 } }));
    await show.goLive();
    return show;
  }
  // With real media; then the host's connection ends, and the show waits for the host.
  async goLive() {
    const { coHostUrl, coHostToken } = await this.host.broadcaster(this.roomId);
    const room = new Room();
    await room.connect(coHostUrl, this.keep(coHostToken));
    const tone = await publishTone(room);
    const status = async () => (await this.host.get(`/v1/rooms/${this.roomId}`)).status;
    await until(async () => (await status()) === 'live', 'the show to be live');
    await tone.stop();
    await room.disconnect();
  }
  async stop() {
    for (const socket of this.sockets.values()) socket.terminate();
    await this.server.stop();
    this.folder.remove();
  }

  keep(token) { this.tokens.add(token); return token; }

  // A LiveKit session as far as signalling goes; the tokens that it is sent are kept.
  async connect(token) {
    const { sub } = claimsOf(token);
    const socket = new WebSocket(`${this.server.ws}/rtc?access_token=${token}&protocol=16`);
    socket.on('error', () => {});
    socket.on('message', (data, binary) => {
      if (!binary) return;
      const { message } = SignalResponse.fromBinary(data);
      if (message.case === 'refreshToken') this.refreshed.push(this.keep(message.value));
      if (message.case === 'join') socket.joined = true;
    });
    await until(() => socket.joined || socket.readyState === WebSocket.CLOSED, 'a join or a refusal');
    if (!socket.joined) return;
    this.sockets.get(sub)?.terminate();
    this.sockets.set(sub, socket);
  }
  // By a token of the application's own, with the user's id as identity: who goes on stage later is promoted in place.
  async watch(user) {
    this.keep((await user.viewer(this.roomId)).token);
    await this.connect(this.keep(await joinToken(this.roomId, user.userId, { canPublish: false })));
  }
  async takeSeat(user) {
    if (user !== this.host) {
      const { invitationId, status } = await this.host.invite(this.roomId, user.userId);
      if (status === 'pending') await user.answer(invitationId, 'accept');
    }
    this.keep((await user.broadcaster(this.roomId)).coHostToken);
  }
  async leave(user) { await user.post(`/v1/rooms/${this.roomId}/stage/leave`); }
  async remove(user) { await this.host.call('DELETE', `/v1/rooms/${this.roomId}/stage/${user.userId}`); }
  async tryOldToken() { await this.connect([...this.tokens][this.random(this.tokens.size)]); }
  async restart() {
    await this.server.kill();
    this.server = await startServer('costage', { data: this.folder.path });
    for (const user of [this.host, ...this.guests]) user.server = this.server;
  }

  async step() {
    const guest = this.guests[this.random(this.guests.length)];
    const acts = { watch: () => this.watch(guest), takeSeat: () => this.takeSeat(guest), leave: () => this.leave(guest),
      remove: () => this.remove(guest), old: () => this.tryOldToken(), restart: () => this.restart() };
    const name = Object.keys(acts)[this.random(Object.keys(acts).length)];
    await acts[name]().catch((error) => { if (!error.code || error.code === 'ERR_ASSERTION') throw error; });  // refusals are fine
    return `${name} ${guest.name}`;
  }

  async leases() {
    const { seats } = await this.host.get(`/v1/rooms/${this.roomId}/stage`);
    return new Map(seats.map((seat) => [seat.userId, seat.leaseId]));
  }
  async intruders() {
    const service = new RoomServiceClient(this.server.http, apiKey, apiSecret);
    const leases = await this.leases();
    const inside = await service.listParticipants(this.roomId);
    return inside.filter(({ identity, permission, metadata }) =>
      permission.canPublish && (!leases.has(identity) || JSON.parse(metadata).leaseId !== leases.get(identity)));
  }
  async check(after) {
    const leases = await this.leases();
    for (const token of this.tokens) {
      const { sub, leaseId, video } = claimsOf(token);
      const living = leaseId !== undefined && leases.get(sub) === leaseId;
      const { status } = await fetch(`${this.server.http}/rtc/validate?access_token=${token}`);
      if (video.canPublish) assert.equal(status === 200, living, `after ${after}: a token of ${sub} with lease ${leaseId} is ${status}`);
    }
    await until(async () => (await this.intruders()).length === 0, `nobody without a lease after ${after}`, 1000);
  }
}

after(() => dispose());

// Each of these found the removed co-host who came back.
for (const seed of [4, 6, 11]) {
  test(`whoever may publish holds a living lease, whatever happened before (seed ${seed})`, async () => {
    const show = await Show.start(randomOf(seed));
    const done = [];
    for (let i = 0; i < 16; ++i) {
      done.push(await show.step());
      await show.check(done.join(', '));
    }
    await show.stop();
  });
}

test('a co-host who was promoted in place and removed does not come back after a restart', async () => {
  const show = await Show.start(randomOf(7));
  const [ann] = show.guests;
  await show.watch(ann);
  await show.takeSeat(ann);
  const publishing = (token) => claimsOf(token).sub === ann.userId && claimsOf(token).video.canPublish;
  await until(() => show.refreshed.some(publishing), 'the refreshed token');
  for (const token of show.refreshed.filter(publishing)) assert.ok(claimsOf(token).leaseId, 'it carries the lease');
  await show.remove(ann);
  await show.restart();
  await show.check('remove, restart');
  await show.stop();
});

test('nobody publishes in a room of ours with a token made elsewhere, nor by UpdateParticipant', async () => {
  const show = await Show.start(randomOf(8));
  const [ann] = show.guests;
  const forged = await joinToken(show.roomId, ann.userId);
  assert.equal((await fetch(`${show.server.http}/rtc/validate?access_token=${forged}`)).status, 401);
  await show.watch(ann);
  const service = new RoomServiceClient(show.server.http, apiKey, apiSecret);
  await service.updateParticipant(show.roomId, ann.userId, { permission: { canPublish: true, canSubscribe: true, canPublishData: true } });
  await show.check('UpdateParticipant');
  await show.stop();
});

test('what RemoveParticipant revoked stays revoked after a restart', async () => {
  const show = await Show.start(randomOf(9));
  const token = await joinToken('a-plain-room', 'ann');
  const validate = async () => (await fetch(`${show.server.http}/rtc/validate?access_token=${token}`)).status;
  assert.equal(await validate(), 200);
  const body = JSON.stringify({ room: 'a-plain-room', identity: 'ann', revokeTokenTs: String(Math.floor(Date.now() / 1000) + 1) });
  const admin = await joinToken('a-plain-room', 'admin', { roomAdmin: true });
  await fetch(`${show.server.http}/twirp/livekit.RoomService/RemoveParticipant`,
    { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${admin}` }, body });
  assert.equal(await validate(), 401);
  await show.restart();
  assert.equal(await validate(), 401);
  await show.stop();
});
