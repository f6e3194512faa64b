// The studio as people use it: pages of a host, a co-host and viewers, and what they do there.
import { framesShown, mediaGrows, openPage, videoPlays } from '../support/browser.mjs';
import { User } from '../support/api.mjs';
import { until } from '../support/wait.mjs';

export const testId = (page, name) => page.getByTestId(name);

export async function openStudio(browser, user, roomId, options = {}) {
  const hash = `#token=${user.token}`;
  const path = roomId ? `/rooms/${roomId}` : '/';
  const page = await openPage(browser, { ...options, url: user.server.http + path + hash });
  page.user = user;
  // What the server hands out to this page: {coHostUrl, coHostToken} and the like, newest last.
  page.credentials = [];
  page.on('response', async (response) => {
    if (!/\/(broadcaster|viewer)$/.test(response.url()) || !response.ok()) return;
    const body = await response.json().catch(() => null);
    if (body) page.credentials.push(body);
  });
  return page;
}

export async function startShow(host, title) {
  await testId(host, 'start-title').fill(title);
  await testId(host, 'start-show').click();
  await host.waitForURL(/\/rooms\//);
  return decodeURIComponent(/\/rooms\/([^/]+)/.exec(new URL(host.url()).pathname)[1]);
}

export async function goLive(host) {
  await testId(host, 'go-live').click();
  await statusIs(host, 'live');
}

// A show that is live: Hanna hosts it, Cosmo and Vera watch.
export async function openShow(server, browser, title, policies, options = {}) {
  const [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna, null, options);
  const roomId = await startShow(host, title);
  if (policies) await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies });
  const [guest, viewer] = await Promise.all([cosmo, vera].map((user) => openStudio(browser, user, roomId, options)));
  await goLive(host);
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  return { hanna, cosmo, vera, host, guest, viewer, roomId };
}

export function attributeIs(page, name, attribute, value, timeout = 15_000) {
  const element = testId(page, name).first();
  let seen;
  return until(async () => {
    seen = await element.getAttribute(attribute, { timeout: 500 }).catch(() => null);
    return seen === value;
  }, () => `${name} to have ${attribute}=${value}, it is ${seen}`, timeout);
}

export const statusIs = (page, status) => attributeIs(page, 'room-status', 'data-status', status);

export const appears = (page, name, timeout = 15_000) => testId(page, name).first().waitFor({ state: 'visible', timeout });
export const goes = (page, name, timeout = 15_000) => testId(page, name).first().waitFor({ state: 'detached', timeout });

export async function invite(host, guest) {
  await testId(host, `invite-${guest.user.userId}`).click();
  await appears(guest, 'invitation-banner');
}

export async function acceptAndJoin(guest) {
  await testId(guest, 'accept').click();
  await joinStage(guest);
}

export async function joinStage(guest) {
  await appears(guest, 'preparing');
  await testId(guest, 'join-stage').click();
  await goes(guest, 'preparing');
}

// Out of the menu of a tile, which is a person's (their id) or of what they share (`screen-` and their id).
export async function choose(page, tile, action) {
  await testId(page, `menu-${tile}`).click();
  await testId(page, `menu-${action}-${tile}`).click();
}

export const pictureOf = (userId) => `[data-testid="tile-${userId}"] video`;

// The page shows moving pictures of all of these people, and hears all of them but itself.
export async function seesAndHears(page, people, what, timeout) {
  const others = people.filter((user) => user.userId !== page.user.userId);
  const waits = people.map((user) => videoPlays(page, pictureOf(user.userId), `${what} sees ${user.name}`, timeout));
  waits.push(mediaGrows(page, `${what} sees`, { direction: 'in', kind: 'video' }, others.length, timeout));
  waits.push(mediaGrows(page, `${what} hears`, { direction: 'in', kind: 'audio' }, others.length, timeout));
  if (others.length < people.length) {
    waits.push(mediaGrows(page, `${what} is heard`, { direction: 'out', kind: 'audio' }, 1, timeout));
    waits.push(mediaGrows(page, `${what} is seen`, { direction: 'out', kind: 'video' }, 1, timeout));
  }
  await Promise.all(waits);
}

// All of these pages; `when` says in a failure when it was.
export const everybodySees = (pages, people, when, timeout) =>
  Promise.all(pages.map((page) => seesAndHears(page, people, `${page.user.name} ${when}`, timeout)));

export const framesOf = (page, user) => framesShown(page, pictureOf(user.userId));
