import { expect, it } from 'vitest';
import { createClient } from './client.js';
import { withLocalFindings, type LiveFinding, type LocalFacts } from './diagnosis.js';
import { CostageError } from './errors.js';
import { kStart } from './media/media_state.js';

const allGood: LiveFinding = { code: 'all_good', severity: 'info', detail: 'Nothing.' };
const facts = (change: { media?: Partial<LocalFacts['mediaState']>; readiness?: Partial<NonNullable<LocalFacts['readiness']>>; connection?: Partial<LocalFacts['connection']> } = {}): LocalFacts => ({
  mediaState: { ...kStart, ...change.media },
  readiness: { camera: 'ready', microphone: 'heard', grade: 'good', ...change.readiness },
  connection: { phase: 'open', attempt: 0, ...change.connection },
});
const error = (code: string): CostageError => new CostageError(code, 'No.');
const codes = (found: LiveFinding[]): string[] => found.map((one) => `${one.severity}:${one.code}`);

it.each<[string, LocalFacts, string[]]>([
  ['nothing', facts(), ['info:all_good']],
  ['an ended token', facts({ connection: { phase: 'refused', error: error('token_expired') } }), ['problem:token_expired']],
  ['a lost connection', facts({ connection: { phase: 'waiting', attempt: 2 } }), ['problem:realtime_lost']],
  ['another try', facts({ connection: { phase: 'connecting', attempt: 1 } }), ['problem:realtime_lost']],
  ['the first try', facts({ connection: { phase: 'connecting' } }), ['info:all_good']],
  ['no answer', { ...facts(), refusal: error('network') }, ['problem:realtime_lost']],
  ['an answer to nobody', { ...facts(), refusal: error('token_expired') }, ['problem:token_expired']],
  ['a refused media token', facts({ media: { phase: 'failed', error: error('media_refused') } }), ['problem:media_refused']],
  ['no way for media', facts({ media: { phase: 'failed', error: error('media_unreachable') } }), ['problem:media_unreachable']],
  ['media that come back', facts({ media: { phase: 'reconnecting' } }), ['warning:media_reconnecting']],
  ['another window', facts({ media: { ended: 'duplicate' } }), ['warning:open_elsewhere']],
  ['a blocked camera', facts({ media: { cameraError: error('camera_denied') } }), ['warning:camera_denied']],
  ['a blocked microphone before joining', facts({ readiness: { microphone: 'blocked' } }), ['warning:microphone_denied']],
  ['an insecure page', facts({ media: { cameraError: error('insecure_page'), microphoneError: error('insecure_page') } }), ['problem:insecure_page']],
  ['a weak connection on stage', facts({ media: { quality: 'poor' } }), ['warning:connection_poor']],
  ['a poor look', facts({ readiness: { grade: 'poor' } }), ['warning:connection_poor']],
  ['nobody who looked', { ...facts(), readiness: undefined }, ['info:all_good']],
])('%s', (_what, given, wanted) => {
  // S-094, S-095
  expect(codes(withLocalFindings([allGood], given))).toEqual(wanted);
});

it('puts what weighs most first, and says nothing twice', () => {
  const server: LiveFinding[] = [
    { code: 'room_not_live', severity: 'problem', detail: 'Not yet.' },
    { code: 'camera_off', severity: 'warning', detail: 'Off.' },
    { code: 'connection_poor', severity: 'warning', detail: 'Poor.' },
    { code: 'invitation_pending', severity: 'info', detail: 'Waits.' },
  ];
  const given = facts({ media: { cameraError: error('camera_busy'), error: error('media_refused') }, readiness: { grade: 'poor' } });
  expect(codes(withLocalFindings(server, given))).toEqual([
    'problem:media_refused', 'problem:room_not_live', 'warning:camera_busy', 'warning:connection_poor', 'info:invitation_pending',
  ]);
});

it('asks about oneself or about somebody', async () => {
  const asked: string[] = [];
  const fetch = async (url: string | URL | Request): Promise<Response> => {
    asked.push(String(url));
    return new Response(JSON.stringify({ userId: 'b', findings: [allGood] }));
  };
  const room = createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch }).room('r');
  expect((await room.diagnose()).findings).toEqual([allGood]);
  await room.diagnose('a b');
  expect(asked).toEqual(['http://server/v1/rooms/r/diagnosis', 'http://server/v1/rooms/r/diagnosis?userId=a+b']);
});
