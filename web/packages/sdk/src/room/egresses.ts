import type { Egress, EgressDetails, EgressKind } from '../types.js';
import type { RoomHandle } from './room.js';

/** What is to be made of the show: a file, or the same show on other platforms. */
export interface EgressWish {
  kind: EgressKind;
  /** Of a restream: where to, each with its key, as `rtmps://live.example.org/app/key`. Up to five. */
  urls?: readonly string[];
}

/** Recordings and restreams of one show, for its host. Everybody sees those that run, in the room's snapshot (`data.egresses`). */
export interface Egresses {
  /** The newest first, also those that have ended: with where they went, and why one failed. */
  list(): Promise<EgressDetails[]>;
  /** One of each kind at a time; refused with `egress_running` where one runs. It ends with the show. */
  start(wish: EgressWish): Promise<EgressDetails>;
  /** What has ended already stays as it is. */
  stop(egressId: string): Promise<EgressDetails>;
}

/**
 * Records a show, and sends it to other platforms as well, where `data.egressAvailable`.
 * @example const { egressId } = await egresses(room).start({ kind: 'recording' });
 */
export function egresses({ line }: RoomHandle): Egresses {
  return {
    list: async () => (await line.get<{ items: EgressDetails[] }>('/egresses')).items,
    start: (wish) => line.post<EgressDetails>('/egresses', wish),
    stop: (egressId) => line.write<EgressDetails>('DELETE', `/egresses/${encodeURIComponent(egressId)}`),
  };
}

/** The one of a kind that has not ended. */
export function runningEgress(list: readonly Egress[], kind: EgressKind): Egress | undefined {
  return list.find((one) => one.kind === kind && one.state !== 'complete' && one.state !== 'failed');
}
