import { CostageError } from '@costage/sdk';
import { describe, expect, it } from 'vitest';
import { whereNoneIs } from './device_words.js';

const gone = new CostageError('camera_gone', 'The camera is not connected any more.');
const one = [{ deviceId: 'cam2' } as MediaDeviceInfo];

describe('a device that was used the last time and is gone', () => {
  it('is said to be missing where there is none at all', () => {
    expect(whereNoneIs(gone, { cameras: [], microphones: one })?.code).toBe('camera_missing');
  });

  it('is said to be gone where another one can be chosen', () => {
    expect(whereNoneIs(gone, { cameras: one, microphones: [] })).toBe(gone);
  });

  it('leaves other failures alone', () => {
    const denied = new CostageError('camera_denied', 'Blocked.');
    expect(whereNoneIs(denied, { cameras: [], microphones: [] })).toBe(denied);
    expect(whereNoneIs(undefined, { cameras: [], microphones: [] })).toBeUndefined();
  });
});
