// Times that a person feels, measured in Chromium; bench/run.mjs puts them beside each other.
// node e2e/figures.mjs [rounds]: those of the studio's own pages, a line for each.
import { loadavg } from 'node:os';
import { pathToFileURL } from 'node:url';
import { launchBrowser, mediaGrows } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { User } from '../support/api.mjs';
import { until } from '../support/wait.mjs';
import { closePages, firstFrameOf, openPlainPage, publish, servePlainPage } from './plain_page.mjs';
import { appears, attributeIs, goLive, openStudio, seesAndHears, statusIs, testId } from './studio.mjs';

export async function withBrowser(work) {
  const [browser, site] = [await launchBrowser({ fps: 20 }), await servePlainPage()];
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

// These run in the pages of the studio and keep instants in window.at (ms since 1970, of one machine's clock).
const notePress = (id) => {
  window.at = {};
  const button = document.querySelector(`[data-testid="${id}"]`);
  button.addEventListener('pointerdown', () => { window.at.pressed = performance.timeOrigin + performance.now(); }, { capture: true, once: true });
};
// Painted, not only in the document.
const noteBanner = () => {
  window.at = {};
  const look = () => {
    const box = document.querySelector('[data-testid="invitation-banner"]')?.getBoundingClientRect();
    if (!box || box.height === 0) return requestAnimationFrame(look);
    requestAnimationFrame(() => { window.at.banner = performance.timeOrigin + performance.now(); });
  };
  requestAnimationFrame(look);
};
// The second picture: it moves.
const noteMoving = (id) => {
  window.at = {};
  const look = () => {
    const video = document.querySelector(`[data-testid="${id}"] video`);
    if (!video) return requestAnimationFrame(look);
    video.requestVideoFrameCallback(() => video.requestVideoFrameCallback((now) => { window.at.moving = performance.timeOrigin + now; }));
  };
  requestAnimationFrame(look);
};
const noted = (page, what) => until(() => page.evaluate((name) => window.at?.[name], what), `${page.user.name}: ${what}`, 20_000);

/**
 * With the studio's own pages: a host, a viewer, and in each round another guest who is invited, gets ready and joins.
 * invited: the host's press on "Invite" -> the banner is painted at the invitee. joined: the guest's press on "Join the stage" -> their
 * picture moves at the viewer.
 */
export async function studioTimes(server, rounds) {
  const browser = await launchBrowser({ fps: 20 });
  try {
    const [hanna, vera] = await Promise.all(['Hanna', 'Vera'].map((name) => User.create(server, name)));
    const { roomId } = await hanna.createRoom('Figures');
    const [host, viewer] = await Promise.all([hanna, vera].map((user) => openStudio(browser, user, roomId)));
    await goLive(host);
    await seesAndHears(viewer, [hanna], 'the viewer');
    const times = { invited: [], joined: [] };
    for (let i = 0; i < rounds; ++i) {
      const user = await User.create(server, `Guest ${i}`);
      const guest = await openStudio(browser, user, roomId);
      await statusIs(guest, 'live');
      await seesAndHears(guest, [hanna], 'the guest');
      // A host may invite so many a minute, and a fast machine comes to that.
      await attributeIs(host, `viewer-row-${user.userId}`, 'data-invitable', 'true', 70_000);
      await host.evaluate(notePress, `invite-${user.userId}`);
      await guest.evaluate(noteBanner);
      await testId(host, `invite-${user.userId}`).click();
      times.invited.push((await noted(guest, 'banner')) - (await noted(host, 'pressed')));
      await testId(guest, 'accept').click();
      await appears(guest, 'preparing');
      await until(() => testId(guest, 'join-stage').isEnabled(), 'the devices to be ready');
      await guest.evaluate(notePress, 'join-stage');
      await viewer.evaluate(noteMoving, `tile-${user.userId}`);
      await testId(guest, 'join-stage').click();
      times.joined.push((await noted(viewer, 'moving')) - (await noted(guest, 'pressed')));
      await user.post(`/v1/rooms/${roomId}/stage/leave`);
      await closePages(guest);
    }
    return times;
  } finally {
    await browser.close();
  }
}

function line(label, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.round(share * (sorted.length - 1))]);
  return `${label}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${sorted.length} rounds, ${Math.round(sorted[0])} to ${Math.round(sorted.at(-1))} ms)`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = await startServer('costage');
  const before = loadavg()[0];
  try {
    const { invited, joined } = await studioTimes(server, Number(process.argv[2] ?? 20));
    console.log(line('studio: press on invite -> banner painted at the invitee', invited));
    console.log(line('studio: press on join -> the picture moves at another viewer', joined));
    console.log(`load average ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`);
  } finally {
    await server.stop();
  }
}
