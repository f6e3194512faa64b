import { createClient, type Client } from '@costage/sdk';
import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { WebSocket } from 'ws';
import { FakeServer } from '../../../sdk/src/testing/fake_server.js';
import { CostageProvider } from '../provider.js';

/** A client of a server on loopback, whose answers the test writes: `answer` those over HTTP, `server` those over the WebSocket. */
export class World {
  answer: (path: string) => Response | Promise<Response> = (path) =>
    path === '/v1/me' ? Response.json({ userId: 'carl', name: 'Carl', takesInvitations: true }) : Response.json({ name: 'costage', dev: true });
  readonly asked: string[] = [];

  private constructor(
    readonly server: FakeServer,
    readonly client: Client,
  ) {}

  static async start(): Promise<World> {
    const server = await FakeServer.start();
    const world: World = new World(
      server,
      createClient({
        url: server.url,
        token: 'tok',
        fetch: async (input) => world.take(new URL(String(input)).pathname),
        WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
        realtime: { backoff: { firstMs: 1, maxMs: 5 }, lingerMs: 0 },
      }),
    );
    return world;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }

  /** As an application puts it: in StrictMode, where React does everything twice. */
  Around = ({ children }: { children: ReactNode }): ReactNode => (
    <StrictMode>
      <CostageProvider client={this.client} fallback={<p>waiting</p>} failed={(error) => <p>{error.code}</p>}>
        {children}
      </CostageProvider>
    </StrictMode>
  );

  private take(path: string): Response | Promise<Response> {
    this.asked.push(path);
    return this.answer(path);
  }
}
