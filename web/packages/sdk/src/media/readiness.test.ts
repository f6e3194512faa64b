import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import { Store } from '../store.js';
import type { Preview, PreviewState } from './preview.js';
import type { ProbeResult } from './probe.js';
import { Readiness } from './readiness.js';

const track = (): MediaStreamTrack => ({}) as MediaStreamTrack;
const error = (code: string): CostageError => new CostageError(code, 'No.');
const good: ProbeResult = { grade: 'good', reasons: [], sendKbps: 2000 };

class FakePreview {
  readonly store = new Store<PreviewState>({
    starting: true, camera: undefined, microphone: undefined, cameras: [], microphones: [],
    cameraId: undefined, microphoneId: undefined, cameraError: undefined, microphoneError: undefined,
  });
  getSnapshot = this.store.getSnapshot;
  subscribe = this.store.subscribe;
  meters: ((level: number) => void)[] = [];
  meter(onLevel: (level: number) => void): () => void {
    if (!this.getSnapshot().microphone) return () => {};
    this.meters.push(onLevel);
    return () => void (this.meters = this.meters.filter((one) => one !== onLevel));
  }
}

let preview: FakePreview;
let mode: Store<{ mode: 'none' | 'viewer' | 'stage' }>;
let looks: { signal: AbortSignal; end: (result: ProbeResult) => void; fail: (cause: unknown) => void }[];
let readiness: Readiness;
let time: number;

/** The microphone is this loud for so long. */
function hears(level: number, ms: number): void {
  for (const end = time + ms; time < end; time += 50) preview.meters.forEach((onLevel) => onLevel(level));
}

beforeEach(() => {
  preview = new FakePreview();
  mode = new Store<{ mode: 'none' | 'viewer' | 'stage' }>({ mode: 'none' });
  looks = [];
  time = 0;
  const room = { getProbeData: async () => ({ url: '', token: '' }), media: mode };
  const probe = (_access: unknown, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<ProbeResult> =>
    new Promise((end, fail) => looks.push({ signal: signal!, end, fail }));
  readiness = new Readiness(room, preview as unknown as Preview, probe, () => time);
});

const state = () => readiness.getSnapshot();
const watch = () => readiness.subscribe(() => {});

describe('the devices', () => {
  it('are starting, then ready', () => {
    watch();
    expect(state()).toMatchObject({ camera: 'starting', microphone: 'starting' });
    preview.store.update({ starting: false, camera: track(), microphone: track() });
    expect(state()).toMatchObject({ camera: 'ready', microphone: 'listening' });
  });

  it.each([['denied', 'blocked'], ['missing', 'missing'], ['gone', 'missing'], ['busy', 'busy'], ['failed', 'busy']])('%s is %s', (code, expected) => {
    watch();
    preview.store.update({ starting: false, cameraError: error(`camera_${code}`), microphoneError: error(`microphone_${code}`) });
    expect(state()).toMatchObject({ camera: expected, microphone: expected, grade: 'poor' });
  });

  it('are blocked on a page that is not secure', () => {
    watch();
    preview.store.update({ starting: false, cameraError: error('insecure_page') });
    expect(state().camera).toBe('blocked');
  });

  it('that could not be changed go on', () => {
    watch();
    preview.store.update({ camera: track(), cameraError: error('camera_gone') });
    expect(state().camera).toBe('ready');
  });

  it('that are switched off are off', () => {
    watch();
    preview.store.update({ starting: false });
    expect(state()).toMatchObject({ camera: 'off', microphone: 'off', grade: 'unknown' });
  });
});

describe('the microphone', () => {
  beforeEach(() => {
    watch();
    preview.store.update({ starting: false, camera: track(), microphone: track() });
  });

  it('is silent when nothing was heard for a while, and heard when something is', () => {
    hears(0.1, 4900);
    expect(state().microphone).toBe('listening');
    hears(0.1, 200);
    expect(state().microphone).toBe('silent');
    hears(0.6, 50);
    expect(state().microphone).toBe('heard');
    hears(0, 60_000);
    expect(state().microphone).toBe('heard');
  });

  it('is not silent for what a hidden page did not hear', () => {
    hears(0, 1000);
    time += 60_000;
    hears(0, 1000);
    expect(state().microphone).toBe('listening');
  });

  it('is listened to anew when it is another one', () => {
    hears(0.6, 50);
    preview.store.update({ microphone: track() });
    expect(state().microphone).toBe('listening');
    expect(preview.meters).toHaveLength(1);
  });
});

describe('the connection', () => {
  it('is looked at when asked', async () => {
    watch();
    expect(state().connection.phase).toBe('idle');
    const checked = readiness.check();
    expect(state().connection).toMatchObject({ phase: 'checking', result: undefined });
    await vi.waitFor(() => looks[0]!.end(good));
    await checked;
    expect(state()).toMatchObject({ connection: { phase: 'done', result: good }, grade: 'good' });
  });

  it('keeps the last result while it is looked at again; the look before is given up', async () => {
    const [first, second] = [readiness.check(), readiness.check()];
    await vi.waitFor(() => expect(looks).toHaveLength(2));
    expect(looks.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    looks[0]!.fail(looks[0]!.signal.reason);
    looks[1]!.end(good);
    await Promise.all([first, second]);
    void readiness.check();
    expect(state().connection).toMatchObject({ phase: 'checking', result: good });
    readiness.abort();
    expect(state().connection).toMatchObject({ phase: 'done', result: good });
  });

  it('is unreachable without a way to the server', async () => {
    const checked = readiness.check();
    await vi.waitFor(() => looks[0]!.fail(error('network')));
    await checked;
    expect(state()).toMatchObject({ connection: { phase: 'done', result: { grade: 'unreachable' } }, grade: 'unreachable' });
  });

  it('is unknown when the server refuses', async () => {
    const checked = readiness.check();
    await vi.waitFor(() => looks[0]!.fail(error('rate_limited')));
    await checked;
    expect(state()).toMatchObject({ connection: { phase: 'done', result: undefined, error: { code: 'rate_limited' } }, grade: 'unknown' });
  });

  it('is left alone once nobody listens', async () => {
    const stop = watch();
    void readiness.check();
    await vi.waitFor(() => expect(looks).toHaveLength(1));
    stop();
    expect(looks[0]!.signal.aborted).toBe(true);
    expect(state().connection.phase).toBe('idle');
  });
});

it('going on stage ends the look and the meter; what was seen stays', async () => {
  watch();
  preview.store.update({ starting: false, camera: track(), microphone: track() });
  hears(0.6, 50);
  void readiness.check();
  await vi.waitFor(() => expect(looks).toHaveLength(1));
  mode.set({ mode: 'stage' });
  preview.store.update({ camera: undefined, microphone: undefined });
  expect(looks[0]!.signal.aborted).toBe(true);
  expect(preview.meters).toEqual([]);
  expect(state()).toMatchObject({ camera: 'ready', microphone: 'heard', connection: { phase: 'idle' } });
  // Refused: one is in front of the preview again.
  mode.set({ mode: 'viewer' });
  expect(state()).toMatchObject({ camera: 'off', microphone: 'off' });
});
