import type { Room } from '@costage/sdk';
import { describe, expect, it } from 'vitest';
import { letsPeopleIn, loginAddress } from './access.js';

const server = { name: 'costage', version: '0', dev: false } as const;

describe('getting in', () => {
  it('is possible where a name is enough, the application signs people in, or guests may watch', () => {
    const room = (guestsMayWatch: boolean) => ({ policies: { guestsMayWatch } as Room['policies'] });
    expect(letsPeopleIn(undefined, room(false))).toBe(false);
    expect(letsPeopleIn(server, room(false))).toBe(false);
    expect(letsPeopleIn({ ...server, dev: true }, room(false))).toBe(true);
    expect(letsPeopleIn({ ...server, loginUrl: 'https://a.example' }, room(false))).toBe(true);
    expect(letsPeopleIn(server, room(true))).toBe(true);
  });

  it('comes back to the page, without its fragment', () => {
    const page = { origin: 'https://live.example', pathname: '/rooms/a b', search: '?x=1' };
    expect(loginAddress('https://shop.example/in?from=studio', page)).toBe(
      'https://shop.example/in?from=studio&return=https%3A%2F%2Flive.example%2Frooms%2Fa+b%3Fx%3D1',
    );
  });
});
