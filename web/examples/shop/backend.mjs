// A shop whose owner sells live: signs people in, gives them tokens for costage, makes the shows and hears of them.
import { randomUUID } from 'node:crypto';
import { createAdmin, verifyWebhook } from '@costage/sdk/server';

export const costage = process.env.COSTAGE_URL ?? 'http://127.0.0.1:7880';
const key = { apiKey: process.env.COSTAGE_API_KEY ?? 'devkey', apiSecret: process.env.COSTAGE_API_SECRET ?? 'secret' };

const admin = createAdmin({ url: costage, ...key, userId: 'shop', name: 'The shop' });

// A shop keeps these in its database.
const people = new Map(); // session -> { userId, name }
const shows = new Map(); // room id -> { roomId, title, hostName, isOn }
const heard = new Set(); // ids of webhooks that were taken

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 64 * 1024) throw new Error('This is too long.');
  }
  return text;
}

function personOf(request) {
  const session = /(?:^|; )shop=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  return people.get(session);
}

const json = (response, status, value, headers = {}) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));

const routes = {
  // As a shop signs people in; here a name is enough.
  'POST /sign-in': async (request, response) => {
    const { name } = JSON.parse(await bodyOf(request));
    const session = randomUUID();
    people.set(session, { userId: `customer-${people.size + 1}`, name: String(name).slice(0, 100) });
    json(response, 200, {}, { 'Set-Cookie': `shop=${session}; HttpOnly; SameSite=Strict; Path=/` });
  },

  // The token that the page gives to the show: of whoever is signed in, and nobody else.
  'POST /token': async (request, response) => {
    const person = personOf(request);
    if (!person) return json(response, 401, { message: 'Sign in first.' });
    return json(response, 200, { token: await admin.mintUserToken({ ...person, ttlSeconds: 600 }) });
  },

  // Who sells makes a show, of which they are the host.
  'POST /shows': async (request, response) => {
    const person = personOf(request);
    if (!person) return json(response, 401, { message: 'Sign in first.' });
    const { title } = JSON.parse(await bodyOf(request));
    const { roomId } = await admin.rooms.create({ title: String(title), hostId: person.userId, hostName: person.name });
    shows.set(roomId, { roomId, title, hostName: person.name, isOn: false });
    return json(response, 201, { roomId });
  },

  'GET /shows': (_request, response) => json(response, 200, [...shows.values()]),

  // What happens in the shows, signed by costage. The body is read as it came, before any parser.
  'POST /webhook': async (request, response) => {
    const event = await verifyWebhook({ ...key, body: await bodyOf(request), authorization: request.headers.authorization }).catch(() => undefined);
    if (!event) return response.writeHead(401).end();
    const show = shows.get(event.room?.name);
    if (show && !heard.has(event.id)) {
      if (event.event === 'track_published') show.isOn = true;
      if (event.event === 'room_finished') show.isOn = false;
    }
    heard.add(event.id);
    return response.writeHead(200).end();
  },
};

/** Answers what is the backend's; anything else is left to `next`. */
export async function backend(request, response, next) {
  const route = routes[`${request.method} ${new URL(request.url, 'http://shop').pathname}`];
  if (!route) return next();
  try {
    return await route(request, response);
  } catch (error) {
    return json(response, 400, { message: error.message });
  }
}
