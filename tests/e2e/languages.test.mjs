// Every language on every screen of the main story, at 320 px: it is there, it fits, it is read in its direction, and axe-core finds
// nothing. Names and titles are of both directions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { inBothSchemes } from './axe.mjs';
import { appears, openStudio, testId } from './studio.mjs';

const narrow = { width: 320, height: 640 };

let server, browser, hanna, vera, room;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, vera] = await Promise.all(['Hanna Łęcka', 'فيرا'].map((name) => User.create(server, name)));
  room = await hanna.createRoom('Töpfern und الفخار together');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (user, roomId, language) => openStudio(browser, user, roomId, { viewport: narrow, locale: language, reducedMotion: 'reduce' });

// What stands out of the page sideways, and text that is cut off in what can be pressed.
const misfits = (page) => page.evaluate(() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  const cut = [...document.querySelectorAll('button span, h1, h2, label')].filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && getComputedStyle(one).overflow === 'hidden' && getComputedStyle(one).textOverflow !== 'ellipsis');
  return [...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : []), ...cut.map((one) => `cut: ${one.textContent}`)];
});

async function look(page, language, what) {
  assert.deepEqual(await misfits(page), [], `${language}, ${what}`);
  return inBothSchemes(page, `${language}, ${what}`);
}

for (const language of ['de', 'fr', 'es', 'pt-BR', 'ja', 'zh-Hans', 'ar', 'en-XA']) {
  test(`${language}: the browser's language is spoken, fits and bears axe-core`, async () => {
    const found = [];
    const isForTests = language === 'en-XA';
    const viewer = await open(vera, room.roomId, isForTests ? 'en' : language);
    if (isForTests) await viewer.goto(`${server.http}/rooms/${room.roomId}?lang=en-XA`);
    await appears(viewer, 'account');
    assert.equal(await viewer.locator('html').getAttribute('lang'), language);
    assert.equal(await viewer.locator('html').getAttribute('dir'), language === 'ar' ? 'rtl' : 'ltr');
    await until(async () => (await viewer.getByRole('heading').allInnerTexts()).length > 0, 'the screen');
    assert.doesNotMatch(await viewer.locator('body').innerText(), /The show has not started|is getting ready/);
    found.push(...(await look(viewer, language, 'waiting')));
    await testId(viewer, 'account').click();
    await appears(viewer, 'account-box');
    found.push(...(await look(viewer, language, 'account')));
    const host = await openStudio(browser, hanna, room.roomId, { viewport: narrow, locale: isForTests ? 'en' : language, reducedMotion: 'reduce' });
    if (isForTests) await host.goto(`${server.http}/rooms/${room.roomId}?lang=en-XA`);
    await appears(host, 'go-live');
    found.push(...(await look(host, language, 'lobby')));
    assert.deepEqual(found, []);
    for (const page of [viewer, host]) assert.deepEqual(page.failures, []);
    await closeContexts(browser);
  });
}

test('the language is chosen behind the name, and kept for this device', async () => {
  const viewer = await open(vera, null, 'en');
  await testId(viewer, 'account').click();
  await testId(viewer, 'language').selectOption('de');
  await until(async () => (await viewer.locator('html').getAttribute('lang')) === 'de', 'German');
  await viewer.reload();
  await appears(viewer, 'account');
  assert.equal(await viewer.locator('html').getAttribute('lang'), 'de');
  await viewer.goto(`${server.http}/?lang=fr`);
  await appears(viewer, 'account');
  assert.equal(await viewer.locator('html').getAttribute('lang'), 'fr', 'the address says otherwise');
});
