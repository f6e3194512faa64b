import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

type Message = Record<string, unknown>;

/** A real WebSocket server on loopback whose answers the test writes. */
export class FakeServer {
  readonly received: Message[] = [];
  readonly addresses: string[] = [];
  readonly clients: WebSocket[] = [];
  refuseWith: number | undefined;
  /** What the server's clock shows, when it tells. */
  now: string | undefined;
  private waiting: { matches: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];
  private constructor(
    private readonly http: Server,
    private readonly sockets: WebSocketServer,
  ) {}

  static async start(): Promise<FakeServer> {
    const http = createServer((_request, response) => response.writeHead(404).end());
    const sockets = new WebSocketServer({ noServer: true });
    const server = new FakeServer(http, sockets);
    http.on('upgrade', (request, socket, head) => {
      server.addresses.push(request.url ?? '');
      if (server.refuseWith !== undefined) {
        socket.end(`HTTP/1.1 ${server.refuseWith} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => server.accept(client));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  get client(): WebSocket {
    return this.clients.at(-1)!;
  }

  send(message: Message): void {
    this.client.send(JSON.stringify(message));
  }

  /** The next message of this type that nobody has waited for yet. */
  next(type: string): Promise<Message> {
    const at = this.received.findIndex((message) => message['type'] === type);
    if (at >= 0) return Promise.resolve(this.received.splice(at, 1)[0]!);
    return new Promise((resolve) => {
      this.waiting.push({ matches: (message) => message['type'] === type, resolve });
    });
  }

  async stop(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private accept(client: WebSocket): void {
    this.clients.push(client);
    client.on('message', (data) => this.take(JSON.parse(String(data)) as Message));
    client.send(JSON.stringify({ type: 'welcome', connectionId: 'c', userId: 'carl', heartbeatSeconds: 30, now: this.now }));
  }

  private take(message: Message): void {
    const at = this.waiting.findIndex(({ matches }) => matches(message));
    if (at >= 0) this.waiting.splice(at, 1)[0]!.resolve(message);
    else this.received.push(message);
  }
}

/** Resolves with the first snapshot that fits. */
export function until<T>(
  source: { subscribe(listener: (snapshot: T) => void): () => void },
  fits: (snapshot: T) => boolean,
): Promise<T> {
  return new Promise((resolve) => {
    let found = false;
    const stop = source.subscribe((snapshot) => {
      if (found || !fits(snapshot)) return;
      found = true;
      queueMicrotask(() => stop());
      resolve(snapshot);
    });
  });
}
