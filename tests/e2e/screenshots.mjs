// Pictures of each screen of the studio, at 360 and at 1440 pixels: node e2e/run.mjs --screenshot DIR
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { appears, goLive, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

const sizes = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];

export async function takeScreenshots(folder) {
  mkdirSync(folder, { recursive: true });
  const server = await startServer('costage');
  const browser = await launchBrowser();
  try {
    for (const size of sizes) await tellStory(server, browser, size, folder);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function tellStory(server, browser, viewport, folder) {
  let number = 0;
  const shoot = async (page, name) => {
    const file = `${viewport.width}-${String(++number).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(folder, file) });
    console.log(join(folder, file));
  };
  const [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  const nobody = { server, token: '' };
  const newcomer = await openStudio(browser, nobody, null, { viewport });
  await appears(newcomer, 'name-input');
  await shoot(newcomer, 'name');

  for (const [title, tags] of [['Autumn pottery', ['clay', 'autumn']], ['Evening sale', ['shoes', 'autumn', 'a word of thirty-two characters.']]])
    await vera.post('/v1/rooms', { title, tags });
  const host = await openStudio(browser, hanna, null, { viewport });
  await appears(host, 'start-title');
  await shoot(host, 'home');
  const roomId = await startShow(host, 'Two at the microphone');
  await appears(host, 'go-live');
  await shoot(host, 'host-lobby');
  const [guest, viewer] = await Promise.all([cosmo, vera].map((user) => openStudio(browser, user, roomId, { viewport })));
  await statusIs(viewer, 'idle');
  await shoot(viewer, 'viewer-waits');
  await goLive(host);
  await seesAndHears(viewer, [hanna], 'the viewer');
  await shoot(viewer, 'viewer-one');
  await appears(host, `viewer-row-${cosmo.userId}`);
  await shoot(host, 'host-alone');

  await invite(host, guest);
  await shoot(guest, 'invitation');
  await shoot(host, 'host-invitation-pending');
  await testId(guest, 'accept').click();
  await appears(guest, 'preparing');
  await shoot(guest, 'preparing');
  await testId(guest, 'join-stage').click();
  // On a phone the list of people stands below the stage, and a stage that nobody sees is paused.
  await host.evaluate(() => window.scrollTo(0, 0));
  await Promise.all([host, guest, viewer].map((page) => seesAndHears(page, [hanna, cosmo], 'everybody')));
  await shoot(host, 'host-together');
  await shoot(guest, 'co-host-together');
  await shoot(viewer, 'viewer-together');

  await testId(host, `remove-${cosmo.userId}`).click();
  await appears(host, 'confirm-remove');
  await shoot(host, 'host-remove');
  await testId(host, 'confirm-remove').click();
  await appears(guest, 'removed-notice');
  await shoot(guest, 'removed');
  await testId(host, 'stop-show').click();
  await appears(host, 'confirm-stop');
  await shoot(host, 'host-stop');
  await testId(host, 'confirm-stop').click();
  await Promise.all([host, viewer].map((page) => appears(page, 'ended-page')));
  await shoot(host, 'host-ended');
  await shoot(viewer, 'viewer-ended');
  await Promise.all([newcomer, host, guest, viewer].map((page) => page.context().close()));
}

