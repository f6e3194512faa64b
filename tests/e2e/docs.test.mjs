// The site that ./dev docs builds, as the server serves it: its guides, its reference, and every story against axe-core's rules.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { repository, startServer } from '../support/server.mjs';
import { inBothSchemes } from './axe.mjs';

const isBuilt = existsSync(join(repository, 'build/docs/components/index.json'));
const skip = isBuilt ? false : 'skipped aloud: ./dev docs was not run, so there is no site';

let server, browser;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('where nothing was built, it is said how to', { skip: isBuilt && 'the site is built here' }, async () => {
  const answer = await fetch(`${server.http}/docs/`);
  assert.equal(answer.status, 404);
  assert.match(await answer.text(), /\.\/dev docs/);
});

test('from the first page to a guide, and on to the reference', { skip }, async () => {
  const page = await openPage(browser, { url: `${server.http}/docs` });
  assert.equal(new URL(page.url()).pathname, '/docs/');
  await page.getByRole('link', { name: 'Inviting viewers onto the stage' }).first().click();
  await page.getByRole('heading', { name: 'The host' }).waitFor();
  await page.getByRole('link', { name: 'RoomInvitations' }).first().click();
  await page.getByRole('heading', { name: /RoomInvitations/ }).waitFor();
  await page.getByRole('link', { name: 'Components, to try out' }).click();
  await page.frameLocator('#storybook-preview-iframe').getByTestId('go-live').waitFor();
  assert.deepEqual(page.failures, []);
});

// Shown in the page that is there: to load Storybook for each of them would take most of the time. A story is ready when what it
// does first is done, and what it shows has come from its fake server.
async function openStory(page, storyId) {
  await page.evaluate((id) => globalThis.__STORYBOOK_PREVIEW__.channel.emit('setCurrentStory', { storyId: id, viewMode: 'story' }), storyId);
  await page.waitForFunction((id) => {
    const { currentRender: now } = globalThis.__STORYBOOK_PREVIEW__;
    return now?.id === id && now.phase === 'finished';
  }, storyId);
  await page.locator('.story > :not(h1)').first().waitFor({ timeout: 10_000 }).catch(() => assert.fail(`${storyId} shows nothing`));
}

test('every story bears axe-core, in light and dark', { skip }, async () => {
  const { entries } = await (await fetch(`${server.http}/docs/components/index.json`)).json();
  const stories = Object.values(entries).filter(({ type }) => type === 'story');
  assert.ok(stories.length > 10, `${stories.length} stories`);
  const found = [];
  // Two at a time: loading one page and judging another take different things.
  const inspectRest = async () => {
    const page = await openPage(browser, { url: `${server.http}/docs/components/iframe.html?id=stage--one&viewMode=story`, reducedMotion: 'reduce' });
    await page.locator('.story > :not(h1)').first().waitFor();
    for (let story = stories.shift(); story; story = stories.shift()) {
      await openStory(page, story.id);
      found.push(...(await inBothSchemes(page, story.id)));
    }
    found.push(...page.failures);
  };
  await Promise.all([inspectRest(), inspectRest()]);
  assert.deepEqual(found, []);
});
