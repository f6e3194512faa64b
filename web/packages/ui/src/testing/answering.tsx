import { CostageProvider } from '@costage/react';
import { createClient, type RoomEvent, type RoomHandle } from '@costage/sdk';
import type { ReactElement, ReactNode } from 'react';

// jsdom has neither, and dialogs and hearts ask for them.
Object.assign(globalThis, { CSS: { escape: (text: string) => text }, matchMedia: () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }) });

type Asked = [request: string, body: unknown];
type Answer = (body: unknown) => Response | Promise<Response>;

export const refusal = (code: string, status: number): Response => Response.json({ code, detail: code }, { status });

/** A room whose server the test plays: `answers` by method and the end of the path. Nobody is connected, so events come by `tell`. */
export class AnsweringRoom {
  readonly asked: Asked[] = [];
  readonly answers: Record<string, Answer> = { 'GET me': () => Response.json({ userId: 'hana', name: 'Hana' }), 'GET server': () => Response.json({ name: 'costage', dev: true }) };
  readonly room: RoomHandle;
  private readonly client;
  private readonly listeners = new Set<(event: RoomEvent) => void>();

  constructor() {
    this.client = createClient({ url: 'http://server', token: 'tok', fetch: ((url, init) => this.take(String(url), init)) as typeof globalThis.fetch });
    this.room = this.client.room('r');
    this.room.onEvent = (listener) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    };
  }

  tell(event: RoomEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  /** What was asked of the room, without what every page asks. */
  get requests(): string[] {
    return this.asked.map(([request]) => request).filter((request) => request !== 'GET me' && request !== 'GET server');
  }

  Around = ({ children }: { children: ReactNode }): ReactElement => <CostageProvider client={this.client} fallback="waiting">{children}</CostageProvider>;

  private async take(url: string, init: RequestInit | undefined): Promise<Response> {
    const request = `${init?.method ?? 'GET'} ${new URL(url).pathname.replace(/^\/v1\/(rooms\/r\/)?/, '')}`;
    const body: unknown = init?.body === undefined ? undefined : JSON.parse(String(init.body));
    this.asked.push([request, body]);
    return (await this.answers[request]?.(body)) ?? refusal('not_found', 404);
  }
}
