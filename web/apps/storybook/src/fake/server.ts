// A costage server inside the page, for one person and one show: as much of /v1 as the components ask, behind the client's own
// `fetch` and `WebSocket`. What a story does really happens, and is told as the server tells it.
import { createClient, type Client, type RoomEvent } from '@costage/sdk';
import { kMedia, mediaUrl } from './media_server.js';
import { answer, type Answers } from './routes.js';
import { nameOf, seenBy, type Show } from './show.js';

type Message = Record<string, unknown>;
/** Long enough for the whole page to be told. */
const kPatienceMs = 500;

type Data = NonNullable<RoomEvent['data']>;

export class FakeServer {
  readonly client: Client;
  readonly url: string;
  private readonly sockets = new Set<FakeSocket>();
  private isAway = false;
  private readonly seq = { room: 1, chat: 1 };

  constructor(
    readonly show: Show,
    readonly me: string,
    /** Away for good as soon as it has told of the show. */
    private readonly goesAway = false,
  ) {
    this.url = mediaUrl(this);
    const server = this;
    this.client = createClient({
      url: this.url,
      token: 'fake',
      fetch: (input, init) => this.fetch(String(input), init),
      WebSocket: class extends FakeSocket {
        constructor() {
          super(server);
        }
      } as unknown as typeof globalThis.WebSocket,
    });
  }

  /** Changes the show and tells it; `data` is what is new. */
  tell(topic: 'room' | 'chat', type: RoomEvent['type'], data: Data, actorId = this.me): void {
    const { state, chat } = this.show;
    if (data.room) state.room = data.room;
    if (data.scene) state.scene = data.scene;
    if (data.runOfShow) state.runOfShow = data.runOfShow;
    if (data.egresses) state.egresses = data.egresses;
    if (data.stage) state.stage = data.stage;
    if (data.settings) chat.settings = data.settings;
    const event = { seq: ++this.seq[topic], type, at: new Date().toISOString(), actorId, data };
    this.send({ type: 'event', topic: this.topic(topic), epoch: 'fake', event });
    if (data.stage) kMedia.changed(this);
  }

  send(message: Message): void {
    for (const socket of this.sockets) socket.tell(message);
  }

  topic(topic: 'room' | 'chat'): string {
    return `${topic}/${this.show.state.room.roomId}`;
  }

  open(socket: FakeSocket): void {
    if (this.isAway) return socket.fail();
    this.sockets.add(socket);
    socket.tell({ type: 'welcome', connectionId: 'con_fake', userId: this.me, now: new Date().toISOString(), heartbeatSeconds: 30 });
  }

  close(socket: FakeSocket): void {
    this.sockets.delete(socket);
  }

  hear(socket: FakeSocket, message: Message): void {
    const { id, type, topic } = message;
    if (type === 'ping') socket.tell({ id, type: 'pong', now: new Date().toISOString() });
    if (type === 'subscribe') socket.tell({ id, type: 'snapshot', topic, epoch: 'fake', now: new Date().toISOString(), ...this.snapshot(String(topic)) });
    if (this.goesAway && type === 'subscribe') setTimeout(() => this.goAway(), kPatienceMs);
    if (type === 'react') this.send({ type: 'ephemeral', topic, kind: 'reactions', data: { reactions: { [String(message['kind'])]: message['count'] } } });
  }

  private goAway(): void {
    this.isAway = true;
    for (const socket of [...this.sockets]) socket.fail();
  }

  private snapshot(topic: string): { seq: number; state: unknown } {
    const { state, chat } = this.show;
    // A copy: what is held is not to change behind the client's back.
    if (topic.startsWith('room/')) return { seq: this.seq.room, state: structuredClone(seenBy(state, this.me)) };
    if (topic.startsWith('chat/')) return { seq: this.seq.chat, state: structuredClone(chat) };
    if (topic === 'rooms') return { seq: 0, state: { rooms: [state.room] } };
    return { seq: 0, state: { user: this.user, invitations: state.invitations.filter((one) => one.inviteeId === this.me && one.status === 'pending') } };
  }

  get user(): object {
    return { userId: this.me, name: nameOf(this.me), admin: false, takesInvitations: true };
  }

  private async fetch(address: string, init: RequestInit | undefined): Promise<Response> {
    const { pathname } = new URL(address.replace(/^fake:/, 'http:'));
    const body = (init?.body instanceof Blob ? { picture: init.body } : init?.body ? JSON.parse(String(init.body)) : {}) as Message;
    const found: Answers = answer(this, init?.method ?? 'GET', pathname, body);
    if ('refused' in found) return Response.json({ code: found.refused, detail: found.detail }, { status: 409 });
    if (found.body instanceof Blob) return new Response(found.body, { headers: { 'Content-Type': found.body.type } });
    return found.body === undefined ? new Response(null, { status: 204 }) : Response.json(found.body);
  }
}

class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;

  constructor(private readonly server: FakeServer) {
    setTimeout(() => {
      this.readyState = 1;
      server.open(this);
    });
  }

  tell(message: Message): void {
    setTimeout(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }

  /** As a connection that is lost. */
  fail(): void {
    this.close();
    this.onclose?.({ code: 1006 });
  }

  send(text: string): void {
    this.server.hear(this, JSON.parse(text) as Message);
  }

  close(): void {
    this.readyState = 3;
    this.server.close(this);
  }
}
