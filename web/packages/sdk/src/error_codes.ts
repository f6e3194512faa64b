import type { RefusalCode } from './types.js';

type Device = 'camera' | 'microphone';

/** Failures that the SDK finds itself; the server's are `RefusalCode`. The README says when each comes. */
export type SdkCode =
  | 'network'
  | 'server_error'
  | 'unexpected'
  | `${Device}_${'denied' | 'missing' | 'gone' | 'busy' | 'failed'}`
  | `screen_${'denied' | 'unsupported' | 'failed' | 'ended'}`
  | 'insecure_page'
  | 'media_refused'
  | 'media_unreachable'
  | 'outbox_full'
  | 'webhook_refused';

/**
 * Every code that was known when this SDK was built, so that `switch (error.code)` completes in editors. It stays open: a newer server
 * may refuse with a code that this SDK has not heard of, so a `switch` needs a `default`, and no list of cases is ever complete.
 */
export type ErrorCode = RefusalCode | SdkCode | (string & {});
