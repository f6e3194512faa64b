// Recordings, restreams and streaming software, which take a moment as they do in life.
import type { EgressDetails, EgressKind, Ingress, IngressInput, RoomEvent } from '@costage/sdk';
import { Refusal } from './refusal.js';
import type { FakeServer } from './server.js';
import { anEgress, at, running } from './show.js';

const kMomentMs = 1500;

function put(server: FakeServer, egress: EgressDetails, type: RoomEvent['type']): EgressDetails {
  const { show } = server;
  show.egresses = [egress, ...show.egresses.filter((one) => one.egressId !== egress.egressId)];
  server.tell('room', type, { egress, egresses: running(show.egresses) });
  return egress;
}

export function startEgress(server: FakeServer, kind: EgressKind, urls: string[] = []): EgressDetails {
  const destinations = urls.map((url) => ({ url: url.replace(/[^/]+$/, '…'), failed: false }));
  const egress = anEgress({ egressId: `EG_${Date.now()}`, kind, state: 'starting', startedAt: at(0), destinations });
  setTimeout(() => put(server, { ...egress, state: 'active' }, 'egress.changed'), kMomentMs);
  return put(server, egress, 'egress.started');
}

export function stopEgress(server: FakeServer, egressId: string): EgressDetails | Refusal {
  const egress = server.show.egresses.find((one) => one.egressId === egressId);
  if (!egress) return new Refusal('egress_not_found', 'There is none.');
  const file = egress.kind === 'recording' ? { file: { location: '/recordings/pottery-2026-11-30.mp4', seconds: 312, bytes: 98_000_000 } } : {};
  setTimeout(() => put(server, { ...egress, state: 'complete', endedAt: at(0), ...file }, 'egress.ended'), kMomentMs);
  return put(server, { ...egress, state: 'ending' }, 'egress.changed');
}

export function getIngress({ show }: FakeServer): Ingress | Refusal {
  return show.ingress ?? new Refusal('ingress_not_found', 'There is none.');
}

export function openIngress({ show }: FakeServer, input: IngressInput): Ingress {
  show.ingress = anIngress({ input, url: input === 'rtmp' ? 'rtmp://live.example.org/live' : 'https://live.example.org/w' });
  return show.ingress;
}

export function anIngress(change: Partial<Ingress> = {}): Ingress {
  return { ingressId: 'IN_1', input: 'rtmp', url: 'rtmp://live.example.org/live', streamKey: 'k3Yf0oBar9sQ', state: 'waiting', ...change };
}
