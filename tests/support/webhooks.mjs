// A receiver of webhooks that keeps what came, headers and raw body, in the order of arrival.
import { createServer } from 'node:http';
import { until } from './wait.mjs';

export async function receiveWebhooks(port = 0) {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ method: request.method, url: request.url, headers: request.headers, body, json: JSON.parse(body) });
    response.end();
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  const of = (room) => received.filter((one) => one.json.room?.name === room);
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    received,
    of,
    // Waits for an event of that room; `accept` looks at its JSON.
    event: async (room, name, accept = () => true) => {
      const wanted = (one) => one.json.event === name && accept(one.json);
      const found = () => of(room).find(wanted);
      return (await until(found, () => `${name} of ${room}, came: ${of(room).map((one) => one.json.event)}`, 20_000)).json;
    },
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}
