// LiveKit's Go SDK (pion) on both signalling paths: ada comes on the one under test, ben on the other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { goClientOrWhyNot } from '../support/go.mjs';
import { sharedServer, testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';
import { startGoClients } from './go_client.mjs';
import { roomService } from './livekit.mjs';

const skip = await goClientOrWhyNot();
let server, go, rooms;
before(async () => {
  if (skip) return;
  server = await sharedServer();
  rooms = roomService(server);
  go = startGoClients();
});
after(async () => {
  await go?.stop();
  await server?.stop();
});

async function join(roomName, identity, single, { grant, tokenOptions, ...args } = {}) {
  return go.join(identity, { url: server.ws, token: await joinToken(roomName, identity, grant, tokenOptions), single, ...args });
}

// The first comes on the path, all others on the other; each sees all others.
async function party(single, identities, options = {}) {
  const roomName = newRoomName();
  const people = await Promise.all(identities.map((identity, n) => join(roomName, identity, n === 0 ? single : !single, options[identity])));
  await until(async () => (await Promise.all(people.map((one) => one.state()))).every(
    ({ others }) => Object.keys(others).length === identities.length - 1), 'everybody to see everybody');
  const leave = () => Promise.all(people.map((one) => one.leave()));
  return { roomName, people, leave };
}

// What is received of `from`, oldest first.
const tracksOf = async (who, from) => (await who.received()).filter((track) => track.from === from);
const packets = (tracks) => Object.fromEntries(tracks.map(({ sid, packets: count }) => [sid, count]));

// Packets of these tracks keep arriving.
async function flows(who, sids, what) {
  const first = packets(await who.received());
  await until(async () => {
    const now = packets(await who.received());
    return sids.every((sid) => now[sid] > (first[sid] ?? 0) + 10);
  }, what);
}

async function falls(who, sid, what) {
  let last;
  await until(async () => {
    const now = packets(await who.received())[sid];
    const quiet = now === last;
    last = now;
    return quiet;
  }, what, 5000, 300);
}

// Until each has heard each: what is sent to a channel that is still being opened is lost, reliable or not.
async function openChannels(people) {
  for (const [n, who] of people.entries()) {
    await until(async () => {
      await who.act('send', { text: `open ${n}`, reliable: true });
      return people.every((other) => other === who || other.heard('data', ({ text }) => text === `open ${n}`).length > 0);
    }, 'open channels');
  }
}

const publish = async (who, ...kinds) => (await who.act('publish', { kinds })).sids;

for (const [path, single] of [['v0', false], ['v1', true]]) {
  const scenario = (what, run) => test(`${path}: ${what}`, { skip: skip ?? false }, run);

  scenario('who joins is told of itself and of who is there', async () => {
    const tokenOptions = { metadata: '{"role":"host"}', attributes: { hand: 'up' } };
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben'], { ada: { tokenOptions } });
    const [own, seen] = [await ada.state(), await ben.other('ada')];
    assert.deepEqual([own.connection, own.room.name, own.canPublish], ['connected', roomName, true]);
    for (const state of [own, seen])
      assert.deepEqual([state.name, state.metadata, state.attributes], ['Name of ada', '{"role":"host"}', { hand: 'up' }]);
    assert.equal(seen.sid, own.sid);
    assert.equal((await rooms.getParticipant(roomName, 'ada')).sid, own.sid);
    await leave();
  });

  scenario('sound and pictures are sent and received', async () => {
    const { people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const [ofAda, ofBen] = await Promise.all([publish(ada, 'audio', 'video'), publish(ben, 'audio', 'video')]);
    await Promise.all([flows(ada, ofBen, 'ben at ada'), flows(ben, ofAda, 'ada at ben')]);
    for (const [who, from, sids] of [[ada, 'ben', ofBen], [ben, 'ada', ofAda]]) {
      const tracks = await tracksOf(who, from);
      assert.deepEqual(tracks.map(({ kind, width, sid }) => [kind, width, sid]).sort(), [['audio', 0, sids[0]], ['video', 640, sids[1]]]);
    }
    await ada.event('localTrackSubscribed', ({ kind }) => kind === 'audio');
    await leave();
  });

  // LiveKit 1.13.5 cannot answer this SDK's offer of layers: its pion takes an SDP with three SSRCs in a section for "plan B".
  const noLayers = testedServer === 'livekit' && 'LiveKit 1.13.5 refuses the offer of this SDK and has it reconnect for ever';
  test(`${path}: of three layers each viewer gets the one that it asks for`, { skip: skip ?? noLayers }, async () => {
    const { people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const [sid] = await publish(ada, 'simulcast');
    const width = async (wanted) => until(async () => (await tracksOf(ben, 'ada'))[0]?.width === wanted, `a picture of ${wanted}`);
    await width(1280);
    await ben.act('setQuality', { sid, quality: 'LOW' });
    await width(320);
    await ben.act('setQuality', { sid, quality: 'MEDIUM' });
    await width(640);
    await leave();
  });

  scenario('more tracks than the first offer has room for', async () => {
    const { people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const all = ['audio', 'audio', 'audio', 'audio', 'video', 'video', 'video', 'video'];
    const [ofAda, ofBen] = await Promise.all([publish(ada, ...all), publish(ben, ...all)]);
    await Promise.all([flows(ada, ofBen, 'ben at ada'), flows(ben, ofAda, 'ada at ben')]);
    await leave();
  });

  scenario('data, reliable and lossy, to all and to one, and calls both ways', async () => {
    const { people: [ada, ben, cyd], leave } = await party(single, ['ada', 'ben', 'cyd']);
    await openChannels([ada, ben, cyd]);
    const heard = (who, text) => who.event('data', (data) => data.text === text);
    await ada.act('send', { text: 'to all', reliable: true, topic: 'chat' });
    await ben.act('send', { text: 'to one', reliable: true, to: ['ada'] });
    for (const who of [ben, cyd]) {
      const { identity, topic } = await heard(who, 'to all');
      assert.deepEqual([identity, topic], ['ada', 'chat']);
    }
    await heard(ada, 'to one');
    await until(async () => {  // one may be lost while ben's channel opens
      await ada.act('send', { text: 'loose', reliable: false });
      return ben.heard('data', ({ text }) => text === 'loose').length > 0;
    }, 'a lossy packet');
    assert.equal(await ada.act('call', { to: 'ben', payload: 'hello' }), 'ada:hello');
    assert.equal(await ben.act('call', { to: 'ada', payload: 'hello' }), 'ben:hello');
    assert.deepEqual(cyd.heard('data', ({ text }) => text === 'to one'), []);
    await leave();
  });

  scenario('500 reliable messages arrive in order and once', async () => {
    const { people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    await openChannels([ada, ben]);
    const texts = Array.from({ length: 500 }, (_, n) => `message ${n}`);
    for (const text of texts) await ada.act('send', { text, reliable: true });
    const heard = () => ben.heard('data', ({ text }) => text.startsWith('message')).map(({ text }) => text);
    await until(() => heard().length >= texts.length, 'the last message');
    assert.deepEqual(heard(), texts);
    await leave();
  });

  scenario('name, metadata and attributes change for everybody', async () => {
    const grant = { canUpdateOwnMetadata: true };
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben'], { ada: { grant } });
    await ada.act('setName', 'Ada L.');
    await ada.act('setMetadata', 'good mood');
    await ada.act('setAttributes', { hand: 'up', hat: 'on' });
    await rooms.updateParticipant(roomName, 'ben', { metadata: 'from the backend' });
    for (const who of [() => ada.state(), () => ben.other('ada')]) {
      await until(async () => {
        const { name, metadata, attributes } = await who();
        return name === 'Ada L.' && metadata === 'good mood' && attributes?.hat === 'on';
      }, 'what ada said of herself');
    }
    await until(async () => (await ada.other('ben')).metadata === 'from the backend', 'what the backend said of ben');
    await rooms.updateRoomMetadata(roomName, 'a show');
    await until(async () => (await ada.state()).room.metadata === 'a show', 'what the backend said of the room');
    await leave();
  });

  scenario('a viewer is promoted in place, and demoted', async () => {  // S-053
    const audience = { canPublish: false, canSubscribe: true, canPublishData: true };
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben'], { ada: { grant: audience } });
    const sidBefore = (await ada.state()).sid;
    const published = ada.act('publish', { kinds: ['audio', 'video'], whenAllowed: true });
    await rooms.updateParticipant(roomName, 'ada', { permission: { ...audience, canPublish: true } });
    const { sids } = await published;
    await flows(ben, sids, 'ada at ben');
    await rooms.updateParticipant(roomName, 'ada', { permission: audience });
    await until(async () => (await ben.other('ada')).tracks.length === 0, 'the tracks to be taken');
    await until(async () => {
      const { canPublish, tracks } = await ada.state();
      return !canPublish && tracks.length === 0;
    }, 'ada to be told');
    await falls(ben, sids[0], 'silence');
    const own = await ada.state();
    assert.deepEqual([own.connection, own.sid], ['connected', sidBefore]);
    await leave();
  });

  scenario('who mutes is shown as muted and sends nothing, and goes on', async () => {
    const { people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const [sid] = await publish(ada, 'audio');
    await flows(ben, [sid], 'ada at ben');
    await ada.act('mute', { sid, muted: true });
    await ben.event('trackMuted', (event) => event.sid === sid);
    await falls(ben, sid, 'silence');
    await ada.act('mute', { sid, muted: false });
    await ben.event('trackUnmuted', (event) => event.sid === sid);
    await flows(ben, [sid], 'ada, unmuted');
    await leave();
  });

  scenario('muted by the backend', async () => {
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const [sid] = await publish(ada, 'audio');
    await flows(ben, [sid], 'ada at ben');
    await rooms.mutePublishedTrack(roomName, 'ada', sid, true);
    await Promise.all([ada, ben].map((who) => who.event('trackMuted', (event) => event.sid === sid)));
    await falls(ben, sid, 'silence');
    await leave();
  });

  scenario('what is unpublished is gone, and can be published again', async () => {
    const { people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    for (let round = 0; round < 3; ++round) {
      const sids = await publish(ada, 'audio', 'video');
      await flows(ben, sids, `ada at ben, round ${round}`);
      for (const sid of sids) await ada.act('unpublish', sid);
      for (const sid of sids) await ben.event('trackUnpublished', (event) => event.sid === sid);
      for (const sid of sids) await falls(ben, sid, 'silence');
      assert.deepEqual((await ben.other('ada')).tracks, []);
    }
    await leave();
  });

  scenario('who is removed is told why, and its media ends', async () => {
    const { roomName, people: [ada, ben] } = await party(single, ['ada', 'ben']);
    const sids = await publish(ada, 'audio', 'video');
    await flows(ben, sids, 'ada at ben');
    await rooms.removeParticipant(roomName, 'ada');
    assert.equal((await ada.event('disconnected')).reason, 'PARTICIPANT_REMOVED');
    await ben.event('participantDisconnected', ({ identity }) => identity === 'ada');
    await falls(ben, sids[0], 'silence');
    await rooms.deleteRoom(roomName);
    assert.equal((await ben.event('disconnected')).reason, 'ROOM_DELETED');
  });

  scenario('who loses the signal comes back into the same session', async () => {
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const [ofAda, ofBen] = await Promise.all([publish(ada, 'audio', 'video'), publish(ben, 'audio', 'video')]);
    await Promise.all([flows(ada, ofBen, 'ben at ada'), flows(ben, ofAda, 'ada at ben')]);
    const { sid } = await ada.state();
    await ada.act('simulate', 'signalReconnect');
    await ada.event('reconnected', undefined, 20_000);
    await Promise.all([flows(ada, ofBen, 'ben at ada, back'), flows(ben, ofAda, 'ada, back, at ben')]);
    assert.equal((await rooms.getParticipant(roomName, 'ada')).sid, sid);
    await ada.act('send', { text: 'back', reliable: true });
    await ben.event('data', ({ text }) => text === 'back');
    await ben.act('send', { text: 'welcome', reliable: true });
    await ada.event('data', ({ text }) => text === 'welcome');
    for (const name of ['participantDisconnected', 'trackUnpublished', 'disconnected'])
      assert.deepEqual([ada, ben].flatMap((who) => who.heard(name)), [], name);
    await leave();
  });

  scenario('whose session the server has lost joins anew, with one publication of each', async () => {
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const [, ofBen] = await Promise.all([publish(ada, 'audio', 'video'), publish(ben, 'audio', 'video')]);
    await flows(ada, ofBen, 'ben at ada');
    await ada.act('simulate', 'nodeFailure');
    await ada.event('reconnected', undefined, 20_000);
    const published = await until(async () => {
      const { tracks } = await rooms.getParticipant(roomName, 'ada');
      return tracks.length === 2 && tracks.map(({ sid }) => sid);
    }, 'both tracks');
    await flows(ben, published, 'ada, back, at ben');
    await until(async () => (await ben.other('ada'))?.tracks.length === 2, 'two tracks at ben');
    const again = (await tracksOf(ada, 'ben')).map(({ sid }) => sid);
    assert.deepEqual(again.slice(-2).sort(), ofBen.sort());
    await flows(ada, ofBen, 'ben at ada, back');
    await leave();
  });

  scenario('another session of the same identity ends the first, which stays away', async () => {
    const { roomName, people: [ada, ben], leave } = await party(single, ['ada', 'ben']);
    const second = await join(roomName, 'ada', single);
    assert.equal((await ada.event('disconnected')).reason, 'DUPLICATE_IDENTITY');
    const sids = await publish(second, 'audio');
    await flows(ben, sids, 'the second at ben');
    await never(() => second.heard('disconnected').length > 0, 'the second to be ended by the first', 1000);
    assert.deepEqual(Object.keys((await ben.state()).others), ['ada']);
    await Promise.all([second.leave(), leave()]);
  });
}

test('v1: tracks that are published with the join request', { skip: skip ?? false }, async () => {
  const { roomName, people: [ben], leave } = await party(false, ['ben']);
  const ada = await join(roomName, 'ada', true, { publish: ['audio', 'video'] });
  const sids = (await ada.state()).tracks.map(({ sid }) => sid);
  assert.equal(sids.length, 2);
  await flows(ben, sids, 'ada at ben');
  await ada.leave();
  await leave();
});

test('a token of another secret is refused', { skip: skip ?? false }, async () => {
  const token = await joinToken(newRoomName(), 'ada', {}, { secret: 'x'.repeat(32) });
  for (const single of [false, true]) await assert.rejects(go.join('ada', { url: server.ws, token, single }), /unauthorized/);
});
