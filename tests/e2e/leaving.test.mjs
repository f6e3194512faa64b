// Nobody goes off the air by a slip: a link, the browser's back or a reload is asked about, and there is a way back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, framesOf, goLive, goes, invite, openStudio, seesAndHears, startShow, testId } from './studio.mjs';

let server, browser, hanna, cosmo, vera, host, guest, viewer, roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'No slips');
  guest = await openStudio(browser, cosmo);
  await testId(guest, `room-card-${roomId}`).locator('a').click();
  viewer = await openStudio(browser, vera);
  await testId(viewer, `room-card-${roomId}`).locator('a').click();
  await goLive(host);
  await until(() => testId(host, `invite-${cosmo.userId}`).isEnabled().catch(() => false), 'the guest to be invitable');
  await invite(host, guest);
  await acceptAndJoin(guest);
  await seesAndHears(viewer, [hanna, cosmo], 'together');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const seatOf = async (user) => (await vera.get(`/v1/rooms/${roomId}/stage`)).seats.find(({ userId }) => userId === user.userId);

async function isOnAir(page) {
  const frames = await framesOf(viewer, page.user);
  await until(async () => (await framesOf(viewer, page.user)) > frames + 5, `${page.user.name}'s picture to go on`);
  assert.match(page.url(), /\/rooms\//);
}

// The question stands and has the focus; Escape answers no.
async function saysNo(page) {
  await appears(page, 'confirm-go');
  assert.equal(await page.evaluate(() => document.activeElement?.closest('[role=alertdialog]') !== null), true, 'the focus is in the question');
  await page.keyboard.press('Escape');
  await goes(page, 'confirm-go');
  await isOnAir(page);
}

const ways = {
  'the logo': (page) => page.locator('.cs-brand').click(),
  'the arrow': (page) => page.locator('.cs-room-header .cs-icon-button').first().click(),
  "the browser's back": (page) => page.evaluate(() => history.back()),
};

for (const [who, pageOf] of [['host', () => host], ['co-host', () => guest]]) {
  for (const [way, go] of Object.entries(ways)) {
    test(`${way} asks the ${who} first, each time`, async () => {
      for (let round = 0; round < 2; ++round) {
        await go(pageOf());
        await saysNo(pageOf());
      }
    });
  }

  test(`a reload asks the ${who} first`, async () => {
    const page = pageOf();
    let asked = '';
    page.once('dialog', (dialog) => { asked = dialog.type(); return dialog.dismiss(); });
    await page.evaluate(() => location.reload());
    await until(() => asked === 'beforeunload', 'the question of the browser');
    await isOnAir(page);
  });

  test(`the ${who} says yes, and finds the way back to the same place on stage`, async () => {
    const page = pageOf();
    const { leaseId } = await seatOf(page.user);
    await ways["the browser's back"](page);
    await appears(page, 'confirm-go');
    assert.deepEqual(await findings(page, 'leave?'), []);
    await testId(page, 'confirm-go').click();
    await appears(page, 'return-to-show');
    assert.deepEqual(await findings(page, 'the way back'), []);
    assert.equal(new URL(page.url()).pathname, '/');
    await attributeIs(viewer, `tile-${page.user.userId}`, 'data-state', 'reconnecting');
    await testId(page, 'return-to-show').click();
    await seesAndHears(viewer, [hanna, cosmo], 'back again');
    await isOnAir(page);
    assert.equal((await seatOf(page.user)).leaseId, leaseId);
  });
}

test('the link of another person, opened in the tab of the host, asks first', async () => {
  const lookIn = async (user) => { await host.evaluate((token) => { location.hash = `#token=${token}`; }, user.token); };
  await lookIn(vera);
  await saysNo(host);
  assert.equal(new URL(host.url()).hash, '');
  await lookIn(hanna);
  await isOnAir(host);
  assert.equal(await testId(host, 'confirm-go').count(), 0);
});

test('who watches is asked nothing, and is shown no way back', async () => {
  await ways['the logo'](viewer);
  await appears(viewer, 'start-title');
  await never(() => testId(viewer, 'return-card').count(), 'a way back for a viewer', 1000);
  await viewer.evaluate(() => history.back());
  await appears(viewer, 'room-title');
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
