// The backend of the meetings: tokens, what a moderator may do, who is in a room by webhook, and the page itself.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { AccessToken, RoomServiceClient, TokenVerifier, TrackSource, WebhookReceiver } from 'livekit-server-sdk';

const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, PORT, PAGES } = process.env;
const rooms = new RoomServiceClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const tokens = new TokenVerifier(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const hooks = new WebhookReceiver(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const present = new Map();  // room -> identity -> name
const moderated = new Set();

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// Whoever comes first moderates.
async function connectionDetails({ searchParams }) {
  const [roomName, participantName] = ['roomName', 'participantName'].map((name) => searchParams.get(name));
  if (!roomName || !participantName) throw new Refusal(400, 'roomName and participantName are needed');
  const metadata = JSON.stringify({ moderator: !moderated.has(roomName) });
  moderated.add(roomName);
  const identity = `${participantName}__${randomBytes(2).toString('hex')}`;
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, { identity, name: participantName, metadata, ttl: '5m' });
  token.addGrant({ room: roomName, roomJoin: true, canPublish: true, canPublishData: true, canSubscribe: true });
  return { serverUrl: LIVEKIT_URL, roomName, participantName, participantToken: await token.toJwt() };
}

async function roomOfModerator({ headers }) {
  const refused = new Refusal(403, 'only the moderator may do that');
  const claims = await tokens.verify((headers.authorization ?? '').replace('Bearer ', '')).catch(() => { throw refused; });
  if (!JSON.parse(claims.metadata).moderator) throw refused;
  return claims.video.room;
}

async function mute(_url, request) {
  const room = await roomOfModerator(request);
  const { identity } = JSON.parse(await bodyOf(request));
  const { tracks } = await rooms.getParticipant(room, identity);
  const microphone = tracks.find(({ source }) => source === TrackSource.MICROPHONE);
  if (microphone) await rooms.mutePublishedTrack(room, identity, microphone.sid, true);
  return {};
}

async function remove(_url, request) {
  const room = await roomOfModerator(request);
  await rooms.removeParticipant(room, JSON.parse(await bodyOf(request)).identity);
  return {};
}

async function heard(_url, request) {
  const told = await hooks.receive(await bodyOf(request), request.headers.authorization).catch(() => { throw new Refusal(401, 'not signed with our key'); });
  const people = present.get(told.room?.name) ?? new Map();
  if (told.event === 'participant_joined') present.set(told.room.name, people.set(told.participant.identity, told.participant.name));
  if (told.event === 'participant_left') people.delete(told.participant.identity);
  return {};
}

const whoIsThere = ({ searchParams }) => [...(present.get(searchParams.get('roomName'))?.values() ?? [])];

const routes = {
  'GET /api/connection-details': connectionDetails,
  'GET /api/people': whoIsThere,
  'POST /api/mute': mute,
  'POST /api/remove': remove,
  'POST /api/webhook': heard,
};
const types = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

async function pageOf({ pathname }) {
  const file = /^\/page\.(js|css)$/.test(pathname) ? pathname.slice(1) : 'index.html';
  return { type: types[file.split('.').pop()], body: await readFile(join(PAGES, file)) };
}

async function answerTo(request) {
  const url = new URL(request.url, 'http://localhost');
  const route = routes[`${request.method} ${url.pathname}`];
  return route ? { type: 'application/json', body: JSON.stringify(await route(url, request)) } : pageOf(url);
}

const server = createServer((request, response) => {
  const send = (status, { type, body }) => response.writeHead(status, { 'content-type': type }).end(body);
  answerTo(request).then((answer) => send(200, answer), (error) => {
    if (!error.status) console.error(error);
    send(error.status ?? 500, { type: 'text/plain', body: error.message });
  });
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`meetings at http://127.0.0.1:${PORT}/rooms/<name>`));
