import { describe, expect, it } from 'vitest';
import { letsPeopleIn, loginAddress } from './server.js';

const server = { name: 'costage', version: '0', dev: false } as const;

describe('getting in', () => {
  it('is possible where a name is enough or the application signs people in', () => {
    expect(letsPeopleIn(undefined)).toBe(false);
    expect(letsPeopleIn(server)).toBe(false);
    expect(letsPeopleIn({ ...server, dev: true })).toBe(true);
    expect(letsPeopleIn({ ...server, loginUrl: 'https://a.example' })).toBe(true);
  });

  it('comes back to the page, without its fragment', () => {
    const page = { origin: 'https://live.example', pathname: '/rooms/a b', search: '?x=1' };
    expect(loginAddress('https://shop.example/in?from=studio', page)).toBe(
      'https://shop.example/in?from=studio&return=https%3A%2F%2Flive.example%2Frooms%2Fa+b%3Fx%3D1',
    );
  });
});
