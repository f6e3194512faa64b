// With the embedded media server there is one node on a database: a second waits for the first to be gone, and says why it cannot start.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { startPostgres } from '../support/postgres.mjs';
import { startServer } from '../support/server.mjs';

let postgres, env;
before(async () => {
  postgres = await startPostgres(['fsync=off']);
  env = { COSTAGE_DATABASE: postgres.newDatabase() };
});
after(() => postgres?.stop());

const start = () => startServer('costage', { engine: 'embedded', database: 'embedded', env });

test('a second one says why it does not start', async () => {
  const first = await start();
  try {
    await assert.rejects(start(), /Another node uses this database\. Several nodes need a LiveKit server/);
    const host = await User.create(first, 'Hanna');
    assert.equal((await host.createRoom('Undisturbed')).status, 'idle');
  } finally {
    await first.stop();
  }
});

test('the next one starts when the first has ended, or was killed, and has its rooms', async () => {
  const first = await start();
  const { roomId } = await (await User.create(first, 'Hanna', 'hanna')).createRoom('Carried on');
  await first.kill();
  const second = await start();
  try {
    assert.equal((await (await User.create(second, 'Hanna', 'hanna')).get(`/v1/rooms/${roomId}`)).title, 'Carried on');
  } finally {
    await second.stop();
  }
  const third = await start();
  await third.stop();
});
