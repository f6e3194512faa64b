import { CostageError, errorFromResponse, networkError } from './errors.js';
import type { Tokens } from './token.js';

export interface HttpOptions {
  url: string;
  tokens?: Tokens | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  wait?: ((ms: number) => Promise<void>) | undefined;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type Query = Record<string, string | number | readonly string[] | undefined>;

/** A write that got no answer is sent again with the same Idempotency-Key: it cannot happen twice. */
const kTries = 3;
const kRetryMs = 400;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** UUIDv4. `crypto.randomUUID` exists in secure contexts only, and a studio on http://192.168.x.x is none. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export class Http {
  constructor(private readonly options: HttpOptions) {}

  get baseUrl(): string {
    return this.options.url.replace(/\/+$/, '');
  }

  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.send<T>('GET', path + queryString(query));
  }

  write<T>(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<T> {
    return this.send<T>(method, path, body, idempotencyKey());
  }

  private async send<T>(method: Method, path: string, body?: unknown, key?: string): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.options.tokens?.get();
      try {
        return await this.once<T>(method, path, body, key, token);
      } catch (error) {
        if (attempt === 1 && token !== undefined && (await this.isRenewed(error, token))) continue;
        const retry = error instanceof CostageError && error.code === 'network' && attempt < kTries;
        if (!retry) throw error;
        await (this.options.wait ?? sleep)(kRetryMs * attempt);
      }
    }
  }

  private async isRenewed(error: unknown, token: string): Promise<boolean> {
    return error instanceof CostageError && error.isAuthentication && (await this.options.tokens!.renew(token));
  }

  private async once<T>(method: Method, path: string, body: unknown, key: string | undefined, token: string | undefined): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json, application/problem+json, image/*' };
    if (token !== undefined) headers['Authorization'] = `Bearer ${token}`;
    if (key !== undefined) headers['Idempotency-Key'] = key;
    const isPicture = body instanceof Blob;
    if (body !== undefined) headers['Content-Type'] = isPicture ? body.type : 'application/json';
    const request = this.options.fetch ?? globalThis.fetch;
    let response: Response;
    try {
      response = await request(this.baseUrl + path, {
        method,
        headers,
        body: isPicture ? body : JSON.stringify(body),
      });
    } catch (cause) {
      throw networkError(cause);
    }
    if (!response.ok) throw await errorFromResponse(response);
    if (response.status === 204) return undefined as T;
    try {
      return (/^image/.test(response.headers.get('Content-Type') ?? '') ? await response.blob() : await response.json()) as T;
    } catch (cause) {
      throw new CostageError('server_error', 'The answer of the server cannot be read.', { status: response.status, cause });
    }
  }
}
