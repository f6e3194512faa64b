// People whose own clock is wrong: what is left and what has passed is counted by the server's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { appears, goLive, openStudio, startShow, statusIs, testId } from './studio.mjs';

const kTtl = 60;
let server, browser, host, roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  host = await openStudio(browser, await User.create(server, 'Hanna'), null);
  roomId = await startShow(host, 'Wrong clocks');
  await goLive(host);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Runs in the page before its own scripts.
function setClock(wrong) {
  const Native = Date;
  globalThis.Date = class extends Native {
    constructor(...args) {
      super(...(args.length > 0 ? args : [Native.now() + wrong]));
    }
    static now() {
      return Native.now() + wrong;
    }
  };
}

async function openWithClock(user, wrong) {
  const page = await openPage(browser);
  await page.context().addInitScript(setClock, wrong);
  await page.goto(user.studioUrl(roomId));
  await statusIs(page, 'live');
  return page;
}

const secondsIn = (text) => Number(/\d+/.exec(text)?.[0]);

for (const wrong of [90_000, -90_000]) {
  test(`a clock that is ${wrong / 1000} s off counts the time to answer down from the whole of it`, async () => {
    const user = await User.create(server, `Clock ${wrong}`);
    const page = await openWithClock(user, wrong);
    await until(() => testId(host, `invite-${user.userId}`).isEnabled().catch(() => false), 'the viewer to be invitable');
    await testId(host, `invite-${user.userId}`).click();
    await appears(page, 'invitation-banner');
    const first = secondsIn(await page.locator('.cs-countdown').textContent());
    assert.ok(first > kTtl - 10 && first <= kTtl, `${first} s are left at the start`);
    await until(async () => secondsIn(await page.locator('.cs-countdown').textContent()) < first, 'the count to go down');
    const [hour, ...rest] = (await testId(page, 'room-timer').textContent()).split(':');
    assert.deepEqual([hour, rest.length], ['0', 1], 'the show runs for less than a minute');
    assert.deepEqual(page.failures, []);
    await page.context().close();
  });
}
