// An empty React project with Vite gets the packages as a registry would give them, and shows a whole show.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { User } from '../support/api.mjs';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { freePort, repository, startProcess, startServer, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, goLive, invite, seesAndHears } from './studio.mjs';

const web = join(repository, 'web');
const title = 'Bowls from a tarball';

let server, hanna, roomId, site, browser, address;
const project = temporaryFolder('vite-project');
const inProject = (...path) => join(project.path, ...path);
const run = async (command, args, cwd) => (await promisify(execFile)(command, args, { cwd })).stdout;

// The version that the repository is built with.
const pinned = (name) => `${name}@${JSON.parse(readFileSync(join(web, 'node_modules', name, 'package.json'), 'utf8')).version}`;

const files = () => ({
  'package.json': JSON.stringify({ private: true, type: 'module' }),
  'index.html': '<!doctype html><html lang="en"><meta charset="utf-8" /><title>Empty</title><div id="root"></div><script type="module" src="/main.jsx"></script></html>',
  // Writes down of what the bundle is made.
  'vite.config.js': `export default {
    build: { rollupOptions: { input: ['index.html', 'parts.html'] } },
    plugins: [{
      name: 'modules',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'modules.json', source: JSON.stringify([...this.getModuleIds()]) });
      },
    }],
  };`,
  'parts.html': '<!doctype html><html lang="en"><meta charset="utf-8" /><title>Parts</title><style>.card, .row, h2 { color: rgb(1, 2, 3); text-transform: uppercase }</style><h2 id="own">Own heading</h2><div id="root"></div><script type="module" src="/parts.jsx"></script></html>',
  'main.jsx': `
    import { CostageProvider } from '@costage/react';
    import { createClient } from '@costage/sdk';
    import { CoHostedShow } from '@costage/ui';
    import '@costage/ui/styles.css';
    import { createRoot } from 'react-dom/client';

    const client = createClient(${JSON.stringify({ url: server.http, token: hanna.token })});
    createRoot(document.getElementById('root')).render(
      <CostageProvider client={client}><CoHostedShow roomId=${JSON.stringify(roomId)} slots={{ header: <b>From the shop</b>, belowStage: <p>Three bowls left</p> }} /></CostageProvider>,
    );`,
  // Each part on its own, in a page that has a layout of its own; who it is stands in the address.
  'parts.jsx': `
    import { CostageProvider, useRoom } from '@costage/react';
    import { createClient } from '@costage/sdk';
    import { AskToJoin, Chat, CoHostStage, CostageRoot, GreenRoom, HostBar, InvitationBanner, InviteCoHostPage, ModerationPanel, Reactions, StageTile, colourProblems } from '@costage/ui';
    import { AmityLivestreamCoHostStage, AmityLivestreamInviteCoHostPage } from '@costage/ui/compat';
    import '@costage/ui/styles.css';
    import { createRoot } from 'react-dom/client';

    window.colourProblems = colourProblems;
    window.sameAsTheirs = AmityLivestreamCoHostStage === CoHostStage && AmityLivestreamInviteCoHostPage === InviteCoHostPage;
    const client = createClient({ url: ${JSON.stringify(server.http)}, token: location.hash.slice(1) });
    function Page() {
      const { room } = useRoom(${JSON.stringify(roomId)});
      return (
        <>
          <HostBar room={room} />
          <CoHostStage room={room} />
          <InvitationBanner room={room} />
          <GreenRoom room={room} />
          <AskToJoin room={room} />
          <InviteCoHostPage room={room} />
          <CostageRoot language="en-XA" theme="dark"><Chat room={room} /></CostageRoot>
          <Reactions room={room} />
          <ModerationPanel room={room} />
          <aside id="aside"><StageTile room={room} userId=${JSON.stringify(hanna.userId)} /></aside>
        </>
      );
    }
    createRoot(document.getElementById('root')).render(<CostageProvider client={client}><Page /></CostageProvider>);`,
});

async function pack(name) {
  const [{ filename }] = JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project.path], join(web, 'packages', name)));
  return `./${filename}`;
}

before(async () => {
  server = await startServer('costage');
  hanna = await User.create(server, 'Hanna');
  ({ roomId } = await hanna.createRoom(title));
  for (const [name, text] of Object.entries(files())) writeFileSync(inProject(name), text);
  const packages = await Promise.all(['sdk', 'react', 'ui'].map(pack));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages, ...['react', 'react-dom', 'vite', 'livekit-client'].map(pinned)], project.path);
  await run(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], project.path);
  const port = await freePort('tcp');
  address = `http://127.0.0.1:${port}`;
  site = startProcess(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], { cwd: project.path });
  await until(() => site.output.includes(String(port)) || site.exit, () => `the site to open: ${site.output}`, 20_000);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.terminate();
  await server?.stop();
  project.remove();
});

test('the bundle holds one React and one livekit-client', () => {
  const modules = JSON.parse(readFileSync(inProject('dist/modules.json'), 'utf8'));
  for (const name of ['react', 'react-dom', 'livekit-client', '@costage/sdk', '@costage/react', '@costage/ui']) {
    const copies = new Set(modules.map((id) => id.match(new RegExp(`^(.*/node_modules/${name})/`))?.[1]).filter(Boolean));
    assert.equal(copies.size, 1, `${name}: ${[...copies]}`);
  }
});

test('its page shows the show', async () => {
  const page = await openPage(browser, { url: address });
  await page.getByRole('heading', { name: title }).waitFor();
  await page.getByTestId('go-live').waitFor();
  await page.getByText('From the shop').waitFor();
  await page.getByText('Three bowls left').waitFor();
  assert.deepEqual(page.failures, []);
});

test('each part stands on its own and takes the room alone: from the lobby to two on stage', async () => {
  const cosmo = await User.create(server, 'Cosmo');
  const open = async (user) => Object.assign(await openPage(browser, { url: `${address}/parts.html#${user.token}`, viewport: { width: 1280, height: 1600 } }), { user });
  const host = await open(hanna);
  await goLive(host);
  const guest = await open(cosmo);
  await invite(host, guest);
  await acceptAndJoin(guest);
  await Promise.all([host, guest].map((page) => seesAndHears(page, [hanna, cosmo], 'two on stage')));
  await until(() => guest.locator('#aside video').evaluate((video) => video.videoWidth > 0), 'the tile in the layout of the page');
  assert.equal(await host.evaluate(() => window.sameAsTheirs), true);
  // The audience sees nothing of what the host has, and the other way round.
  assert.equal(await guest.getByTestId('stop-show').count(), 0);
  assert.equal(await host.getByTestId('leave-stage').count(), 0);
  for (const page of [host, guest]) assert.deepEqual(page.failures, []);
  await guest.getByTestId('leave-stage').click();
  await guest.getByTestId('confirm-leave').click();
  await until(async () => (await cosmo.get(`/v1/rooms/${roomId}`)).stage?.seats?.length !== 2, 'the co-host to be off the stage');
  await host.close();
});

test('the styles of page and kit leave each other alone', async () => {
  const page = await openPage(browser, { url: `${address}/parts.html#${hanna.token}` });
  const heading = page.locator('.cs-root h2').first();
  await heading.waitFor();
  assert.equal(await page.locator('#own').evaluate((one) => getComputedStyle(one).marginTop !== '0px'), true, 'its own heading keeps its margin');
  assert.equal(await page.locator('.cs-card, .cs-row').first().evaluate((one) => getComputedStyle(one).color === 'rgb(1, 2, 3)'), false);
  const problems = () => page.evaluate(() => window.colourProblems(document.querySelector('.cs-root')).map(({ upon, below }) => `${upon} on ${below}`));
  assert.deepEqual(await problems(), []);
  await page.addStyleTag({ content: '.cs-root { --cs-on-accent: color-mix(in oklab, var(--cs-accent), white 5%) }' });
  assert.deepEqual(await problems(), ['on-accent on accent', 'on-accent on accent-strong']);
  assert.match(await page.getByTestId('chat').getAttribute('aria-label'), /^\[/, 'the kit speaks the language that it was told');
});
