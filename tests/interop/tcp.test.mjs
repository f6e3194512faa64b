// Viewers behind firewalls that block UDP: livekit-client in Chromium that never hears of a UDP candidate, on both
// signalling paths, sends and receives over TCP (RFC 6544).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, joinPlainRoom, plainPages, publish } from '../e2e/plain_page.mjs';
import { mediaGrows, openPage } from '../support/browser.mjs';
import { testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';

const { server, browser, site } = await plainPages();

// Runs in the page before it joins: what the server says of UDP is lost, as are its datagrams at a firewall.
function blockUdp() {
  const native = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
    return native.call(this, { type, sdp: sdp.replace(/^a=candidate:\S+ \d+ udp .*\r\n/gim, '') });
  };
  RTCPeerConnection.prototype.addIceCandidate = async () => {};
}

async function open(roomName, identity, { udp, singlePeerConnection }) {
  const page = await openPage(browser, { url: site.url });
  if (!udp) await page.evaluate(blockUdp);
  await joinPlainRoom(page, { url: server.ws, token: await joinToken(roomName, identity), options: { singlePeerConnection } });
  return page;
}

// The protocols of the pairs in use, one for each connection.
const protocols = (page) => page.evaluate(async () => {
  const { publisher, subscriber } = window.room.engine.pcManager;
  return Promise.all([publisher, subscriber].filter(Boolean).map(async (transport) => {
    const stats = await transport.getStats();
    const { selectedCandidatePairId } = [...stats.values()].find((report) => report.type === 'transport');
    return stats.get(stats.get(selectedCandidatePairId).remoteCandidateId).protocol;
  }));
});

const sees = (page, what) => Promise.all(['video', 'audio'].map((kind) => mediaGrows(page, what, { direction: 'in', kind })));

for (const singlePeerConnection of [true, false]) {
  const path = singlePeerConnection ? 'v1' : 'v0';
  test(`without UDP, on ${path}, pictures and sound go both ways over TCP`, async (t) => {
    if (testedServer !== 'costage') return t.skip('the other server is started without TCP');
    const roomName = newRoomName();
    const [one, two, usual] = await Promise.all([
      open(roomName, 'one', { udp: false, singlePeerConnection }),
      open(roomName, 'two', { udp: false, singlePeerConnection }),
      open(roomName, 'usual', { udp: true, singlePeerConnection }),
    ]);
    await Promise.all([one, two].map(publish));
    await Promise.all([sees(one, 'one sees two'), sees(two, 'two sees one')]);
    await mediaGrows(usual, 'who has UDP sees both', { direction: 'in', kind: 'video' }, 2);
    const connections = singlePeerConnection ? 1 : 2;
    for (const page of [one, two]) assert.deepEqual(await protocols(page), Array(connections).fill('tcp'));
    assert.equal((await protocols(usual)).at(-1), 'udp', 'preferred where both work');
    await closePages(one, two, usual);
  });
}
