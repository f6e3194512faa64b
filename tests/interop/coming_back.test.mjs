// A browser loses its WebSocket, or its session, and comes back: with one connection (v1, where the resume is inside the
// join request) as with two (v0).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, logged, openPlainPage, plainPages, publish } from '../e2e/plain_page.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { startProxy } from '../support/proxy.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';
import { roomService } from './livekit.mjs';

const { server, browser, site } = await plainPages(() => proxy.close());
const proxy = await startProxy(server.ws);

const paths = { 'one connection': true, 'two connections': false };
const losses = {
  'a simulated loss of the signal': (page) => page.evaluate(() => window.room.simulateScenario('signal-reconnect')),
  'a cut WebSocket': () => proxy.cut(),
};

async function open(roomName, identity, singlePeerConnection, url = server.ws) {
  return openPlainPage(browser, site, { url, token: await joinToken(roomName, identity), options: { singlePeerConnection } });
}
const seesAndHears = (page, what) =>
  Promise.all(['video', 'audio'].map((kind) => mediaGrows(page, what, { direction: 'in', kind })));
const isBack = (page, times = 1) =>
  until(async () => (await logged(page, 'Reconnected')).length >= times, 'the client to be back', 20_000);
const texts = async (page) => (await logged(page, 'Data')).map(([, text]) => text);

// Ada comes by the proxy, Ben by the other path and directly.
async function pair(single) {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all([open(roomName, 'ada', single, proxy.ws), open(roomName, 'ben', !single)]);
  await Promise.all([publish(ada), publish(ben)]);
  await Promise.all([seesAndHears(ada, 'ada'), seesAndHears(ben, 'ben')]);
  return { roomName, ada, ben };
}

// Sends numbered reliable messages until told to stop; gives what was sent.
const startTalking = (page, name) => page.evaluate((prefix) => {
  window.said = [];
  window.talking = true;
  window.talk = (async () => {
    while (window.talking) {
      const text = `${prefix} ${window.said.length}`;
      window.said.push(text);
      await window.room.localParticipant.publishData(new TextEncoder().encode(text), { reliable: true });
      await new Promise((done) => setTimeout(done, 10));
    }
    return window.said;
  })();
}, name);
const stopTalking = (page) => page.evaluate(() => { window.talking = false; return window.talk; });

for (const [path, single] of Object.entries(paths)) {
  for (const [loss, lose] of Object.entries(losses)) {
    test(`${path}, ${loss}: the session goes on, and no message is missed or comes twice`, async () => {
      const { roomName, ada, ben } = await pair(single);
      const sidBefore = (await roomService(server).getParticipant(roomName, 'ada')).sid;
      await Promise.all([startTalking(ada, 'ada'), startTalking(ben, 'ben')]);
      await until(async () => (await texts(ada)).length > 5 && (await texts(ben)).length > 5, 'both to be heard');
      await lose(ada);
      await isBack(ada);
      await Promise.all([seesAndHears(ada, 'ada, back'), seesAndHears(ben, 'ben, with ada back')]);
      const [bySaid, benSaid] = await Promise.all([stopTalking(ada), stopTalking(ben)]);
      await until(async () => (await texts(ben)).length >= bySaid.length && (await texts(ada)).length >= benSaid.length, 'the last words');
      assert.deepEqual([await texts(ben), await texts(ada)], [bySaid, benSaid]);
      assert.equal((await roomService(server).getParticipant(roomName, 'ada')).sid, sidBefore);
      for (const page of [ada, ben]) {
        for (const name of ['ParticipantDisconnected', 'TrackUnpublished', 'Disconnected']) assert.deepEqual(await logged(page, name), [], name);
      }
      await closePages(ada, ben);
    });
  }

  test(`${path}: a full reconnect ends with one publication of each, and nobody sees a departure`, async () => {
    const { roomName, ada, ben } = await pair(single);
    await ada.evaluate(() => window.room.simulateScenario('full-reconnect'));
    await isBack(ada);
    await Promise.all([seesAndHears(ada, 'ada, back'), seesAndHears(ben, 'ben, with ada back')]);
    const { tracks } = await roomService(server).getParticipant(roomName, 'ada');
    assert.deepEqual(tracks.map(({ type }) => type).sort(), [0, 1]);
    assert.equal(await ben.evaluate(() => window.room.remoteParticipants.get('ada').trackPublications.size), 2);
    assert.equal(await ben.evaluate(() => document.querySelectorAll('video, audio').length), 2);
    assert.deepEqual(await logged(ben, 'ParticipantDisconnected'), []);
    await closePages(ada, ben);
  });

  test(`${path}: another session of the same identity ends the first, which stays away`, async () => {
    const { roomName, ada, ben } = await pair(single);
    const second = await open(roomName, 'ada', single);
    await until(async () => (await logged(ada, 'Disconnected')).length === 1, 'the first to be told');
    const duplicateIdentity = await ada.evaluate(() => window.LivekitClient.DisconnectReason.DUPLICATE_IDENTITY);
    assert.deepEqual(await logged(ada, 'Disconnected'), [['Disconnected', duplicateIdentity]]);
    await publish(second);
    await seesAndHears(ben, 'ben, with the second');
    await never(async () => (await logged(second, 'Disconnected')).length > 0, 'the second to be ended by the first', 1000);
    assert.equal(await ben.evaluate(() => window.room.remoteParticipants.size), 1);
    assert.deepEqual(await logged(ben, 'ParticipantDisconnected'), []);
    await closePages(ada, ben, second);
  });
}
