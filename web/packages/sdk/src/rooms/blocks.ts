import type { Http } from '../http.js';
import type { Block, Page } from '../types.js';

/** Whom I have blocked: where I am host or on stage they cannot ask to join and are not invited, and they cannot invite me. */
export class Blocks {
  constructor(private readonly http: Http) {}

  add(userId: string): Promise<Block> {
    return this.http.write<Block>('PUT', path(userId));
  }

  remove(userId: string): Promise<Block> {
    return this.http.write<Block>('DELETE', path(userId));
  }

  /** One page, the oldest first. */
  fetch(page: { limit?: number; cursor?: string } = {}): Promise<Page<Block>> {
    return this.http.get<Page<Block>>('/v1/me/blocks', { ...page });
  }
}

function path(userId: string): string {
  return `/v1/me/blocks/${encodeURIComponent(userId)}`;
}
