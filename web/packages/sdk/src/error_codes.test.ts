import { expect, expectTypeOf, it } from 'vitest';
import type { ErrorCode } from './error_codes.js';
import { CostageError } from './errors.js';
import type { RefusalCode } from './types.js';

/** What an editor offers: the literals of a union. */
type Known<T> = T extends string ? (string extends T ? never : T) : never;

it('offers the codes of the server and of the SDK, and takes one that it has never heard of', () => {
  expectTypeOf<RefusalCode>().toExtend<Known<ErrorCode>>();
  expectTypeOf<'network' | 'camera_denied' | 'screen_ended'>().toExtend<Known<ErrorCode>>();
  const say = (error: CostageError): string => {
    switch (error.code) {
      case 'stage_full':
        return 'full';
      case 'network':
        return 'offline';
      default:
        return error.message;
    }
  };
  expect(say(new CostageError('of_a_newer_server', 'Newer.'))).toBe('Newer.');
  expect(say(new CostageError('stage_full', ''))).toBe('full');
});
