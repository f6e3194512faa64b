// Which fake server a media address belongs to, and who hears of its stage.
import type { FakeServer } from './server.js';

class MediaServers {
  private readonly servers = new Map<string, FakeServer>();
  private readonly listeners = new Map<FakeServer, Set<() => void>>();

  add(server: FakeServer): string {
    const url = `fake://${this.servers.size}`;
    this.servers.set(url, server);
    this.listeners.set(server, new Set());
    return url;
  }

  at(url: string): FakeServer {
    return this.servers.get(url)!;
  }

  listen(server: FakeServer, listener: () => void): () => void {
    this.listeners.get(server)!.add(listener);
    return () => this.listeners.get(server)!.delete(listener);
  }

  changed(server: FakeServer): void {
    for (const listener of [...this.listeners.get(server)!]) listener();
  }
}

export const kMedia = new MediaServers();
export const mediaUrl = (server: FakeServer): string => kMedia.add(server);
