// Shows on several nodes, for tests of those.
import { test } from 'node:test';
import { User } from '../support/api.mjs';
import { Show } from './show.mjs';

// `cluster()`: the nodes, once they have started (support/nodes).
export function showsOn(cluster) {
  // From now on this person's requests go there.
  const moveTo = (person, node) => { person.user = new User(cluster().nodes[node], person.user); };

  // A test about a show that begins on the first node.
  const show = (name, ...rest) => test(name, rest.length > 1 ? rest[0] : {}, async (t) => {
    const run = rest.at(-1);
    const it = await Show.start(cluster().nodes[0]);
    try {
      await run(it, t);
    } finally {
      await it.end();
    }
  });
  async function coHostOf(it, node) {
    const guest = await it.join('Gus');
    moveTo(guest, node);
    await it.invite(guest);
    guest.credentials = await guest.goOnAir(it.roomId);
    await it.seatIs(guest, { state: 'onAir', microphone: 'on' });
    return guest;
  }
  return { show, moveTo, coHostOf };
}
