// LiveKit's Go SDK as the client of all parts, with two connections (v0) or one (v1); the same definitions as loadgen's
// scenarios `joins` and `stage`. Times of the machine's monotonic clock, taken in the client where a packet is read.
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicNow, startGoClients } from '../tests/interop/go_client.mjs';
import { roomService } from '../tests/interop/livekit.mjs';
import { joinToken, newRoomName } from '../tests/support/tokens.mjs';
import { until } from '../tests/support/wait.mjs';

const betweenRounds = 1200;  // servers ask a publisher for at most one key frame a second
const silence = 400;  // after which a removed stream counts as ended
const kinds = ['audio', 'video'];

async function firstPackets(who, from) {
  const tracks = await until(async () => {
    const all = (await who.received()).filter((track) => track.from === from);
    return all.length >= kinds.length && all.every(({ packets }) => packets > 0) && all;
  }, `packets of ${from} at ${who.name}`, 15_000, 5);
  return tracks.map(({ firstAt }) => firstAt);
}

async function lastPacket(who, from) {
  const lastAt = async () => Math.max(...(await who.received()).filter((track) => track.from === from).map((track) => track.lastAt));
  await until(async () => monotonicNow() - (await lastAt()) > silence, `the end of ${from}`, 15_000);
  return lastAt();
}

// Gives {joins, bothTracks, promotions, removals} in ms.
export async function measureGoSdk(server, single, rounds) {
  const go = startGoClients();
  const rooms = roomService(server);
  const roomName = newRoomName();
  const audience = { canPublish: false, canSubscribe: true, canPublishData: true };
  const join = async (identity, grant) => go.join(identity, { url: server.ws, token: await joinToken(roomName, identity, grant), single });
  const out = { joins: [], bothTracks: [], promotions: [], removals: [] };
  try {
    const publisher = await join('publisher');
    await publisher.act('publish', { kinds });
    await pause(betweenRounds);
    for (let n = 0; n < rounds; ++n) {
      const joiner = await join(`joiner-${n}`, audience);
      const first = await firstPackets(joiner, 'publisher');
      out.joins.push(Math.min(...first) - joiner.times.began);
      out.bothTracks.push(Math.max(...first) - joiner.times.began);
      await joiner.leave();
      await pause(betweenRounds);
    }
    const viewer = await join('viewer', audience);
    await firstPackets(viewer, 'publisher');
    for (let n = 0; n < rounds; ++n) {
      const identity = `guest-${n}`;
      const guest = await join(identity, audience);
      await firstPackets(guest, 'publisher');
      const published = guest.act('publish', { kinds, whenAllowed: true });
      const promoted = monotonicNow();
      await rooms.updateParticipant(roomName, identity, { permission: { ...audience, canPublish: true } });
      out.promotions.push(Math.min(...await firstPackets(viewer, identity)) - promoted);
      await published;
      await pause(500);
      const removed = monotonicNow();
      await rooms.removeParticipant(roomName, identity);
      out.removals.push(Math.max(0, (await lastPacket(viewer, identity)) - removed));
    }
  } finally {
    await go.stop();
  }
  return out;
}
