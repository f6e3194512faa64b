import { beforeEach, expect, it } from 'vitest';
import { Http } from '../http.js';
import type { ServerMessage } from '../realtime.js';
import { sampleEvent, sampleMessage, sampleReport, sampleStanding } from '../testing/samples.js';
import type { ModerationState, RoomEvent } from '../types.js';
import { Moderation } from './moderation.js';

let stored: ModerationState;
let asked: string[];
let onTheWay: () => void;
let isRefused: boolean;
let tell: (message: ServerMessage) => void;
let allow: (mayModerate: boolean) => void;

const held = (id: string) => sampleMessage({ messageId: id, status: 'held' });

beforeEach(() => {
  stored = { people: [sampleStanding({ muted: true })], held: [held('m1')], reports: [sampleReport()] };
  asked = [];
  onTheWay = () => {};
  isRefused = false;
});

async function fetch(url: string, init?: RequestInit): Promise<Response> {
  asked.push(`${init?.method} ${url.replace('http://server/v1/rooms/room_1', '')} ${String(init?.body ?? '')}`.trim());
  if (isRefused) return Response.json({ code: 'unavailable', detail: 'Later.' }, { status: 503 });
  const body = JSON.stringify(stored);
  onTheWay();
  return new Response(body);
}

function opened(mayModerate = true): Moderation {
  const moderation = new Moderation({
    http: new Http({ url: 'http://server', fetch: fetch as typeof globalThis.fetch, wait: async () => {} }),
    path: (rest) => `/v1/rooms/room_1${rest}`,
    onMessage: (listener) => {
      tell = listener;
      return () => {};
    },
    onRight: (listener) => {
      allow = listener;
      listener(mayModerate);
      return () => {};
    },
  });
  moderation.subscribe(() => {});
  return moderation;
}

/** What follows it is loaded first. */
const settled = async (): Promise<void> => {
  await import('./moderation_feed.js');
  await new Promise((resolve) => setTimeout(resolve, 0));
};
const happens = (type: RoomEvent['type'], data: RoomEvent['data']): void => tell({ type: 'event', event: sampleEvent(9, type, data) });
const seen = ({ data }: { data: ModerationState }) => [data.people.length, data.held.map((one) => one.messageId), data.reports.length];

it('asks once for who may see it, and follows room and chat', async () => {
  const moderation = opened();
  await settled();
  expect(asked).toEqual(['GET /moderation']);
  happens('moderation.banned', { standing: sampleStanding({ userId: 'vera', banned: true }) });
  happens('chat.held', { message: held('m2') });
  happens('chat.reported', { report: sampleReport({ reportId: 'rep_2' }) });
  expect(seen(moderation.getSnapshot())).toEqual([2, ['m1', 'm2'], 2]);
  happens('moderation.unmuted', { standing: sampleStanding() });
  happens('chat.sent', { message: sampleMessage({ messageId: 'm1' }) });
  happens('chat.refused', { message: sampleMessage({ messageId: 'm2', status: 'refused' }) });
  happens('chat.reportSettled', { report: sampleReport({ open: false }) });
  expect(seen(moderation.getSnapshot())).toEqual([1, [], 1]);
});

it('shows with a report what became of the message', async () => {
  const moderation = opened();
  await settled();
  happens('chat.deleted', { message: sampleMessage({ status: 'deleted', text: '' }) });
  expect(moderation.getSnapshot().data.reports[0]!.message.status).toBe('deleted');
});

it('is empty for everybody else, and from the moment the right is gone', async () => {
  const moderation = opened(false);
  await settled();
  expect(moderation.getSnapshot()).toMatchObject({ loading: false, data: { people: [] } });
  happens('moderation.muted', { standing: sampleStanding({ muted: true }) });
  expect(asked).toEqual([]);
  allow(true);
  await settled();
  expect(seen(moderation.getSnapshot())).toEqual([1, ['m1'], 1]);
  allow(false);
  expect(seen(moderation.getSnapshot())).toEqual([0, [], 0]);
});

it('does not take an older answer for the newest, asks again when something was missed, and says why it cannot', async () => {
  onTheWay = () => happens('chat.refused', { message: sampleMessage({ messageId: 'm1', status: 'refused' }) });
  const moderation = opened();
  await settled();
  expect(moderation.getSnapshot().data.held).toEqual([]);
  isRefused = true;
  tell({ type: 'snapshot' });
  await settled();
  expect(moderation.getSnapshot()).toMatchObject({ error: { code: 'unavailable' }, data: { reports: [{}] } });
});

it('has a verb for each decision', async () => {
  const moderation = opened(false);
  await settled();
  await moderation.mute('a b', { seconds: 60, reason: 'Loud' });
  await moderation.unmute('v');
  await moderation.ban('v');
  await moderation.ban('v', 'Rude');
  await moderation.unban('v');
  await moderation.appoint('v');
  await moderation.dismiss('v');
  await moderation.review('m1', 'refuse');
  await moderation.settleReport('rep_1');
  expect(asked).toEqual([
    'POST /people/a%20b/mute {"seconds":60,"reason":"Loud"}',
    'POST /people/v/unmute',
    'POST /people/v/ban',
    'POST /people/v/ban {"reason":"Rude"}',
    'POST /people/v/unban',
    'POST /people/v/appoint',
    'POST /people/v/dismiss',
    'POST /chat/messages/m1/review {"verdict":"refuse"}',
    'POST /chat/reports/rep_1/settle',
  ]);
});
