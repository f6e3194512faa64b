// What people met with in the studio and what must not come back: where the focus goes, what is said, what fits on a small screen.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { phone } from './chat.mjs';
import { acceptAndJoin, appears, attributeIs, goes, invite, openShow, openStudio, startShow, testId } from './studio.mjs';

let server, browser;
before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
afterEach(() => closeContexts(browser));
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Something else than the page itself has the focus, and keeps it.
async function keepsFocus(page, what) {
  let calm = 0;
  await until(async () => {
    calm = (await page.evaluate(() => document.activeElement !== document.body)) ? calm + 1 : 0;
    return calm === 10;
  }, `${page.user.name} to have the focus somewhere after ${what}`, 10_000, 30);
}

test('who presses with a mouse or a finger keeps the focus too, through the questions that are asked', async () => {
  const { cosmo, host, guest } = await openShow(server, browser, 'By mouse');
  await keepsFocus(host, 'going live');
  await invite(host, guest);
  await keepsFocus(host, 'inviting');
  await acceptAndJoin(guest);
  await keepsFocus(guest, 'joining');
  await testId(guest, 'leave-stage').click();
  await testId(guest, 'confirm-leave').click();
  await goes(guest, 'leave-stage');
  await keepsFocus(guest, 'leaving');
  await testId(guest, 'rejoin-stage').click();
  await testId(guest, 'join-stage').click();
  await testId(host, `remove-${cosmo.userId}`).click();
  await testId(host, 'confirm-remove').click();
  await goes(host, `tile-${cosmo.userId}`);
  await keepsFocus(host, 'removing');
  await testId(host, 'stop-show').click();
  await testId(host, 'confirm-stop').click();
  await appears(host, 'ended-page');
  await keepsFocus(host, 'ending');
});

test('a button that is pressed or not keeps its name', async () => {
  const { host } = await openShow(server, browser, 'Names of buttons');
  for (const device of ['microphone', 'camera']) {
    const name = await testId(host, `toggle-${device}`).getAttribute('aria-label');
    await testId(host, `toggle-${device}`).click();
    await attributeIs(host, `toggle-${device}`, 'aria-pressed', 'false');
    assert.equal(await testId(host, `toggle-${device}`).getAttribute('aria-label'), name);
  }
});

test('ending a show says nothing of a host who reconnects, and of nobody who watches what is over', async () => {
  const { host, viewer } = await openShow(server, browser, 'A clean end');
  for (const page of [host, viewer]) await page.evaluate(() => {
    window.statuses = new Set();
    const look = () => {
      const status = document.querySelector('[data-testid=room-status]')?.dataset.status;
      if (status !== undefined) window.statuses.add(status);
      if (/host is reconnecting/i.test(document.body.innerText)) window.statuses.add('said');
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
  await testId(host, 'stop-show').click();
  await testId(host, 'confirm-stop').click();
  for (const page of [host, viewer]) {
    await appears(page, 'ended-page');
    assert.deepEqual(await page.evaluate(() => [...window.statuses]), ['live', 'ended']);
    assert.equal(await testId(page, 'watching-count').count(), 0);
  }
});
