// costage's own API from Node: users, REST calls, the realtime socket.
import WebSocket from 'ws';
import { until, within } from './wait.mjs';

export class Refused extends Error {
  constructor(status, problem) {
    super(`${status} ${problem?.code}: ${problem?.detail}`);
    Object.assign(this, { status, problem, code: problem?.code });
  }
}

export class User {
  constructor(server, { userId, name, token }) {
    Object.assign(this, { server, userId, name, token });
  }

  // A user of a development server.
  static async create(server, name, userId) {
    const response = await fetch(`${server.http}/v1/dev/tokens`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, userId }),
    });
    if (!response.ok) throw new Refused(response.status, await response.json());
    return new User(server, await response.json());
  }

  // The whole answer, whatever its status.
  async request(method, path, body, headers = {}) {
    const response = await fetch(this.server.http + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, json };
  }

  // The JSON of a success; a refusal is thrown.
  async call(method, path, body, headers) {
    const { status, json } = await this.request(method, path, body, headers);
    if (status >= 400) throw new Refused(status, json);
    return json;
  }
  get(path) { return this.call('GET', path); }
  post(path, body = {}) { return this.call('POST', path, body); }

  createRoom(title, options = {}) { return this.post('/v1/rooms', { title, ...options }); }
  invite(roomId, userId, options = {}) { return this.post(`/v1/rooms/${roomId}/invitations`, { userId, ...options }); }
  answer(invitationId, verb) { return this.post(`/v1/invitations/${invitationId}/${verb}`); }
  broadcaster(roomId) { return this.post(`/v1/rooms/${roomId}/broadcaster`); }
  viewer(roomId) { return this.post(`/v1/rooms/${roomId}/viewer`); }
  studioUrl(roomId) { return `${this.server.http}/rooms/${roomId}#token=${this.token}`; }

  realtime() { return Realtime.open(this); }

  // Counts as watching until closed.
  async watch(roomId) {
    const socket = await this.realtime();
    await socket.subscribe(`room/${roomId}`);
    return socket;
  }
}

export class Realtime {
  messages = [];
  closed = null;
  #nextId = 1;

  static async open(user, query = '') {
    const realtime = new Realtime();
    const socket = new WebSocket(`${user.server.ws}/v1/realtime?access_token=${user.token}${query}`);
    realtime.socket = socket;
    socket.on('message', (data) => realtime.messages.push(JSON.parse(data)));
    socket.on('close', (code) => { realtime.closed = code; });
    socket.on('error', () => {});
    await realtime.message(({ type }) => type === 'welcome', 'the welcome');
    return realtime;
  }

  // The first message, past or coming, that satisfies `accept`.
  message(accept, what, timeout) {
    return until(() => this.messages.find(accept), what, timeout);
  }
  event(type, accept = () => true) {
    return this.message((m) => m.type === 'event' && m.event.type === type && accept(m.event), `event ${type}`);
  }
  async ask(request) {
    const id = `ask-${this.#nextId++}`;
    this.socket.send(JSON.stringify({ id, ...request }));
    return this.message((m) => m.id === id, `the answer to ${request.type}`);
  }
  subscribe(topic, since) { return this.ask({ type: 'subscribe', topic, ...(since && { since }) }); }
  close() {
    const closed = until(() => this.closed !== null, 'the socket to close');
    this.socket.close(1000);
    return within(closed, 'the close');
  }
}
