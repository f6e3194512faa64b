import type { Client } from './client.js';
import type { Watchers } from './room/watchers.js';
import type { Unsubscribe } from './store.js';
import type { Watcher } from './types.js';

/** Who watches. There is no beat to send here: whoever listens to a room counts as watching. */
export class RoomPresenceRepository {
  private readonly beating = new Map<string, Unsubscribe>();

  constructor(private readonly client: Client) {}

  startHeartbeat(roomId: string): void {
    if (!this.beating.has(roomId)) this.beating.set(roomId, this.client.room(roomId).subscribe(() => {}));
  }

  stopHeartbeat(roomId: string): void {
    this.beating.get(roomId)?.();
    this.beating.delete(roomId);
  }

  async getRoomUserCount(roomId: string): Promise<{ count: number }> {
    return { count: (await this.watchers(roomId, 1)).total };
  }

  /** The first page of them. */
  async getRoomOnlineUsers(roomId: string): Promise<Watcher[]> {
    return (await this.watchers(roomId)).items;
  }

  private async watchers(roomId: string, limit?: number): Promise<Watchers> {
    const all = this.client.room(roomId).presence.watchers(limit === undefined ? {} : { limit });
    for await (const { data, loading, error } of all) {
      if (error) throw error;
      if (!loading) return data;
    }
    return all.getSnapshot().data;
  }
}
