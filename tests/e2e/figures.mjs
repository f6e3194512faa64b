// Times that a person feels, measured in Chromium; bench/run.mjs puts them beside each other.
import { launchBrowser, mediaGrows } from '../support/browser.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { User } from '../support/api.mjs';
import { until } from '../support/wait.mjs';
import { closePages, firstFrameOf, openPlainPage, publish, servePlainPage } from './plain_page.mjs';

export async function withBrowser(work) {
  const [browser, site] = [await launchBrowser(), await servePlainPage()];
  try {
    return await work((who) => openPlainPage(browser, site, who));
  } finally {
    await browser.close();
    await site.close();
  }
}

// From Room.connect() to the first frame shown, of a publisher who is on already.
export function joinToFirstFrame(server, rounds) {
  return withBrowser(async (open) => {
    const roomName = newRoomName();
    const join = async (identity, grant) => open({ url: server.ws, token: await joinToken(roomName, identity, grant) });
    const host = await join('host');
    await publish(host);
    const times = [];
    for (let i = 0; i < rounds; ++i) {
      const viewer = await join(`viewer-${i}`, { canPublish: false });
      const shown = await until(() => firstFrameOf(viewer, 'host'), 'the first frame', 20_000);
      times.push(shown - (await viewer.evaluate(() => window.joinedAt)));
      await closePages(viewer);
    }
    return times;
  });
}

// Runs in the guest's page: what an application does after its user has accepted.
async function goOnStage({ http, token, roomId, invitationId }) {
  const post = async (path) => {
    const response = await fetch(http + path, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    return response.json();
  };
  const accepted = performance.timeOrigin + performance.now();
  await post(`/v1/invitations/${invitationId}/accept`);
  const { coHostUrl, coHostToken } = await post(`/v1/rooms/${roomId}/broadcaster`);
  await window.room.disconnect();
  const stage = new window.LivekitClient.Room();
  await stage.connect(coHostUrl, coHostToken);
  await stage.localParticipant.setCameraEnabled(true);
  window.room = stage;
  return accepted;
}

// From the guest's accept to the guest's first frame at another viewer; camera start included.
export function acceptToFirstFrame(server, rounds) {
  return withBrowser(async (open) => {
    const [host, viewer] = await Promise.all(['Host', 'Viewer'].map((name) => User.create(server, name)));
    const { roomId } = await host.createRoom('Figures');
    const { coHostUrl, coHostToken } = await host.broadcaster(roomId);
    const hostPage = await open({ url: coHostUrl, token: coHostToken });
    await publish(hostPage);
    const viewerPage = await open(await viewer.viewer(roomId));
    await mediaGrows(viewerPage, 'the viewer', { direction: 'in', kind: 'video' });
    const times = [];
    for (let i = 0; i < rounds; ++i) {
      const guest = await User.create(server, `Guest ${i}`);
      const watching = await guest.watch(roomId);
      const page = await open(await guest.viewer(roomId));
      const { invitationId } = await host.invite(roomId, guest.userId);
      const accepted = await page.evaluate(goOnStage, { http: server.http, token: guest.token, roomId, invitationId });
      times.push((await until(() => firstFrameOf(viewerPage, guest.userId), 'the first frame', 20_000)) - accepted);
      await guest.post(`/v1/rooms/${roomId}/stage/leave`);
      await watching.close();
      await closePages(page);
    }
    return times;
  });
}
