import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSeat, isHeldHere, lastSeat, rememberSeat } from './held_seat.js';

const kSeat = { roomId: 'room_1', title: 'Pottery', userId: 'carl', leaseId: 'lease_1' };
const values = new Map<string, string>();

beforeEach(() => {
  values.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
    removeItem: (key: string) => values.delete(key),
  });
});

describe('the place on stage that a tab had', () => {
  it('is known again, to the same person, by its lease', () => {
    rememberSeat(kSeat);
    expect(lastSeat('carl')).toEqual(kSeat);
    expect(lastSeat('hana')).toBeUndefined();
    expect(isHeldHere(kSeat)).toBe(true);
    expect(isHeldHere({ userId: 'carl', leaseId: 'lease_2' })).toBe(false);
    expect(isHeldHere({ userId: 'hana', leaseId: 'lease_1' })).toBe(false);
  });

  it("is another window's when that has taken over", () => {
    rememberSeat(kSeat);
    forgetSeat();
    expect(isHeldHere(kSeat)).toBe(false);
  });
});
