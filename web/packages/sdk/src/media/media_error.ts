import { CostageError } from '../errors.js';

/** LiveKit's "not allowed" is a media token that is wrong, too old, or of a seat that has ended. */
export function mediaError(cause: unknown): CostageError {
  if (cause instanceof CostageError) return cause;
  const status = typeof cause === 'object' && cause !== null && 'status' in cause ? Number(cause.status) : 0;
  if (status === 401 || status === 403) {
    return new CostageError('media_refused', 'The media server did not accept the access data.', { status, cause });
  }
  return mediaUnreachable(cause);
}

export function mediaUnreachable(cause: unknown): CostageError {
  return new CostageError('media_unreachable', 'Sound and video cannot be reached.', { cause });
}
