// A client that goes is noticed: at once with a word, within 6 s where its socket ends without one, after 20 s where only
// silence tells. On either path.
import { test } from 'node:test';
import { closePages, logged, openPlainPage, plainPages, publish } from '../e2e/plain_page.mjs';
import { launchBrowser, mediaGrows } from '../support/browser.mjs';
import { children, withDescendants } from '../support/processes.mjs';
import { startProxy } from '../support/proxy.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';

const { server, browser, site } = await plainPages(() => proxy.close());
const proxy = await startProxy(server.ws);

// Somebody in a browser of their own who publishes, and who sees it in another.
async function party(single) {
  const roomName = newRoomName();
  const others = children();
  const own = await launchBrowser();
  const processes = withDescendants(children().filter((pid) => !others.includes(pid)));
  const open = async (in_, identity, url) =>
    openPlainPage(in_, site, { url, token: await joinToken(roomName, identity), options: { singlePeerConnection: single } });
  const [leaver, witness] = await Promise.all([open(own, 'leaver', proxy.ws), open(browser, 'witness', server.ws)]);
  await publish(leaver);
  await mediaGrows(witness, 'the witness', { direction: 'in', kind: 'video' });
  return { own, leaver, witness, processes };
}
const left = async (witness) => (await logged(witness, 'ParticipantDisconnected')).length === 1;
async function secondsUntilGone(witness, timeout) {
  const begin = performance.now();
  await until(() => left(witness), 'the departure', timeout);
  return (performance.now() - begin) / 1000;
}

for (const [path, single] of Object.entries({ 'one connection': true, 'two connections': false })) {
  test(`${path}: a closed tab`, async (t) => {
    const { own, leaver, witness } = await party(single);
    await leaver.close();
    t.diagnostic(`noticed after ${await secondsUntilGone(witness, 6000)} s`);
    await own.close();
    await closePages(witness);
  });

  test(`${path}: a killed browser`, async (t) => {
    if (server.kind !== 'costage') return t.skip('LiveKit 1.13.5 takes longer');
    const { witness, processes } = await party(single);
    for (const pid of withDescendants(processes)) process.kill(pid, 'SIGKILL');
    t.diagnostic(`noticed after ${await secondsUntilGone(witness, 6000)} s`);
    await closePages(witness);
  });

  // Its processes stand still: nothing answers, and no socket ends.
  test(`${path}: silence, with the WebSocket half-open`, async (t) => {
    const { own, witness, processes } = await party(single);
    const stopped = withDescendants(processes);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    try {
      t.diagnostic(`noticed after ${await secondsUntilGone(witness, 22_000)} s`);
    } finally {
      for (const pid of stopped) process.kill(pid, 'SIGCONT');
    }
    await own.close();
    await closePages(witness);
  });

  test(`${path}: who only lost the socket, and cannot resume for a while, stays`, async () => {
    const { own, leaver, witness } = await party(single);
    await leaver.evaluate(() => { window.WebSocket = class { constructor() { throw new Error('no network'); } }; });
    proxy.cut();
    await never(() => left(witness), 'a departure', 8000);
    await mediaGrows(witness, 'the witness', { direction: 'in', kind: 'video' });
    await own.close();
    await closePages(witness);
  });
}
