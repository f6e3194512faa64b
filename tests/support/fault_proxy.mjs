// An HTTP server between two others that can be told to lose, double, delay or refuse what passes.
import { createServer, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

// What is done with a request; each gets a function that passes it on once and gives {status, headers, body}.
export const faults = {
  pass: (forward) => forward(),
  lose: async () => ({ status: 200, headers: {}, body: '' }),  // taken, and never seen again
  double: async (forward) => { await forward(); return forward(); },
  late: (least, most) => async (forward) => { await pause(least + Math.random() * (most - least)); return forward(); },
  // Answered at once; passed on later, so that later ones come before earlier ones.
  reorder: (most) => async (forward) => { pause(Math.random() * most).then(forward).catch(() => {}); return { status: 200, headers: {}, body: '' }; },
  refuse: (status) => async () => ({ status, headers: { 'content-type': 'text/html' }, body: '<h1>no</h1>' }),
  hang: () => new Promise(() => {}),
};

function forwardTo(target, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url, target), { method, headers, agent: false }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

// `target`: "http://127.0.0.1:7880", may be set later. `fault` is one of the above, and may change at any time.
export async function startFaultProxy(target) {
  const proxy = { target, fault: faults.pass, passed: 0 };
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const forward = () => { proxy.passed++; return forwardTo(proxy.target, incoming, Buffer.concat(chunks)); };
    try {
      const { status, headers, body } = await proxy.fault(forward);
      outgoing.writeHead(status, headers).end(body);
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  proxy.http = `http://127.0.0.1:${server.address().port}`;
  proxy.stop = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return proxy;
}
