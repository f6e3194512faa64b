import { describe, expect, it } from 'vitest';
import { ScreenOrder, whyNotShared } from './screen_share.js';

const thrown = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

describe('a screen that is not shared', () => {
  it.each<[string, Error, string | undefined]>([
    ['the picker was closed, in Chromium', thrown('NotAllowedError', 'Permission denied by user'), undefined],
    ['the picker was closed, in Firefox', thrown('NotAllowedError', 'The request is not allowed by the user agent or the platform in the current context.'), undefined],
    ['the system forbids it', thrown('NotAllowedError', 'Permission denied by system'), 'screen_denied'],
    ['the page forbids it', thrown('NotAllowedError', 'Access to the feature "display-capture" is disallowed by permissions policy.'), 'screen_denied'],
    ['the browser cannot', thrown('DeviceUnsupportedError', 'getDisplayMedia not supported'), 'screen_unsupported'],
    ['the capture did not start', thrown('NotReadableError', 'Could not start video source'), 'screen_failed'],
  ])('%s', (_why, cause, code) => {
    expect(whyNotShared(cause)?.code).toBe(code);
  });
});

it('who shared last comes first, and stays in place while others come and go', () => {
  const order = new ScreenOrder();
  expect(order.update(['hanna'])).toEqual(['hanna']);
  expect(order.update(['cosmo', 'hanna'])).toEqual(['cosmo', 'hanna']);
  expect(order.update(['hanna', 'cosmo', 'vera'])).toEqual(['vera', 'cosmo', 'hanna']);
  expect(order.update(['hanna', 'cosmo'])).toEqual(['cosmo', 'hanna']);
  expect(order.update(['hanna'])).toEqual(['hanna']);
  expect(order.update(['cosmo', 'hanna'])).toEqual(['cosmo', 'hanna']);
});
