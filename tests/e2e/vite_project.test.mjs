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
    plugins: [{
      name: 'modules',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'modules.json', source: JSON.stringify([...this.getModuleIds()]) });
      },
    }],
  };`,
  'main.jsx': `
    import { CostageProvider } from '@costage/react';
    import { createClient } from '@costage/sdk';
    import { CoHostedShow } from '@costage/ui';
    import '@costage/ui/styles.css';
    import { createRoot } from 'react-dom/client';

    const client = createClient(${JSON.stringify({ url: server.http, token: hanna.token })});
    createRoot(document.getElementById('root')).render(
      <CostageProvider client={client}><CoHostedShow roomId=${JSON.stringify(roomId)} /></CostageProvider>,
    );`,
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
  assert.deepEqual(page.failures, []);
});
