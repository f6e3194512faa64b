import type { ErrorCode } from './error_codes.js';

/** A refusal or failure with a stable code; `message` is a sentence for people. */
export class CostageError extends Error {
  readonly code: ErrorCode;
  /** The request field at fault, when one is. */
  readonly field: string | undefined;
  /** HTTP status, or 0 when no answer came. */
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { field?: string | undefined; status?: number; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, more);
    this.name = 'CostageError';
    this.code = code;
    this.field = more.field;
    this.status = more.status ?? 0;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  /** The token is missing, wrong or too old: trying again with the same one is pointless. */
  get isAuthentication(): boolean {
    return this.code === 'unauthenticated' || this.code === 'token_expired';
  }
}

const codeByStatus: Record<number, ErrorCode> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'not_permitted',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  429: 'rate_limited',
  503: 'unavailable',
};

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function seconds(header: string | null): number | undefined {
  const value = Number(header);
  return header !== null && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** RFC 9457 problem -> error. Answers of proxies in between may be anything, so every field is optional. */
export async function errorFromResponse(response: Response): Promise<CostageError> {
  let problem: Record<string, unknown> = {};
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null) problem = body as Record<string, unknown>;
  } catch {
    // Not JSON: the status has to do.
  }
  const code = text(problem['code']) ?? codeByStatus[response.status] ?? 'server_error';
  const message =
    text(problem['detail']) ?? text(problem['title']) ?? `The server answered with status ${response.status}.`;
  return new CostageError(code, message, {
    field: text(problem['field']),
    status: response.status,
    retryAfterSeconds: seconds(response.headers.get('Retry-After')),
  });
}

export function networkError(cause?: unknown): CostageError {
  return new CostageError('network', 'The server cannot be reached.', { cause });
}

export function toCostageError(cause: unknown): CostageError {
  if (cause instanceof CostageError) return cause;
  return new CostageError('unexpected', cause instanceof Error ? cause.message : String(cause), { cause });
}
