// Several LiveKit servers, one for each region: each room has its own, for good.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dispose } from '../interop/rtc_node.mjs';
import { apiKey, apiSecret, freePort, startServer, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { Person, serviceOf, Show } from './show.mjs';

const folder = temporaryFolder('regions');
let near, far, server;

before(async () => {
  const port = await freePort('tcp');
  const webhooks = [`http://127.0.0.1:${port}/v1/media/webhook`];
  near = await startServer('livekit', { webhooks });
  far = await startServer('livekit', { webhooks });
  const media = { engine: 'livekit', url: near.ws, apiKey, apiSecret, regions: { far: { url: far.ws } } };
  const file = join(folder.path, 'costage.yaml');
  writeFileSync(file, JSON.stringify({ media }));
  server = await startServer('costage', { engine: 'embedded', port, args: ['--config', file] });
});
after(async () => {
  await server?.stop();
  await Promise.all([near?.stop(), far?.stop()]);
  await dispose();
  folder.remove();
});

const roomsOf = async (livekit) => (await serviceOf(livekit).listRooms()).map(({ name }) => name);

const showIn = (mediaRegion) => Show.start(server, {}, { mediaRegion });

test('an application is told which there are, and another is refused', async () => {
  const info = await (await fetch(`${server.http}/v1/server`)).json();
  assert.deepEqual(info.mediaRegions, ['far']);
  const { user } = await Person.create(server, 'Ada');
  await assert.rejects(user.createRoom('Nowhere', { mediaRegion: 'moon' }), { status: 400, code: 'invalid_request' });
});

for (const [region, own, other] of [['', () => near, () => far], ['far', () => far, () => near]]) {
  test(`a show in the region "${region}" is carried there, its co-host too, and ends there`, async (t) => {
    const it = await showIn(region);
    t.after(() => it.end());
    assert.equal((await it.status()).mediaRegion, region || undefined);
    await it.goLive();
    const cosmo = await it.coHost('Cosmo');
    assert.ok((await roomsOf(own())).includes(it.roomId));
    assert.ok(!(await roomsOf(other())).includes(it.roomId));
    await it.remove(cosmo);
    await until(() => !cosmo.isConnected, 'the co-host to be put out');
    await it.host.user.post(`/v1/rooms/${it.roomId}/stop`);
    await until(async () => !(await roomsOf(own())).includes(it.roomId), 'the room to be gone');
  });
}

test('one that is away concerns its own rooms alone', async (t) => {
  const [here, there] = [await showIn(''), await showIn('far')];
  t.after(() => Promise.all([here.end(), there.end()]));
  const [watchingHere, watchingThere] = [await here.host.user.watch(here.roomId), await there.host.user.watch(there.roomId)];
  await far.kill();
  await watchingThere.message(({ kind, data }) => kind === 'media' && !data.mediaAvailable, 'the far region to be away', 20_000);
  assert.equal(watchingHere.messages.some(({ kind }) => kind === 'media'), false);
  await here.goLive();
  await Promise.all([watchingHere.close(), watchingThere.close()]);
});
