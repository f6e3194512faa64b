import type { Ingress, IngressInput } from '../types.js';
import type { RoomHandle } from './room.js';

/** The caller's own way onto the stage by streaming software. */
export interface RoomIngress {
  /** Refused with `ingress_not_found` where none is open. */
  get(): Promise<Ingress>;
  /**
   * Opens or keeps my seat, as going on stage does, and answers with an address and a key for the software. What it sends is on stage
   * in the place of my browser. The key is a secret: whoever has it is seen as me.
   */
  open(input: IngressInput): Promise<Ingress>;
  /** Takes nothing from the software any more; the seat stays, for `room.media.resume(leaseId)`. */
  close(): Promise<void>;
}

/**
 * Being on stage by OBS and the like, where `data.ingressAvailable`.
 * @example const { url, streamKey } = await ingress(room).open('rtmp');
 */
export function ingress({ line }: RoomHandle): RoomIngress {
  return {
    get: () => line.get<Ingress>('/ingress'),
    open: (input) => line.write<Ingress>('PUT', '/ingress', { input }),
    close: () => line.write<void>('DELETE', '/ingress'),
  };
}
