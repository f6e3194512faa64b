// HS256 tokens (RFC 7515, RFC 7519) by WebCrypto alone, which Node, Deno and edge runtimes have alike.
import { CostageError } from '../errors.js';

const encoder = new TextEncoder();
const kAlgorithm = { name: 'HMAC', hash: 'SHA-256' };

export type Claims = Record<string, unknown>;

export async function signJwt(claims: Claims, secret: string): Promise<string> {
  const text = `${partOf({ alg: 'HS256', typ: 'JWT' })}.${partOf(claims)}`;
  const signature = await crypto.subtle.sign(kAlgorithm.name, await keyOf(secret, 'sign'), encoder.encode(text));
  return `${text}.${base64url(new Uint8Array(signature))}`;
}

/** The claims of a token whose signature is good; undefined for any other text. Says nothing about its time. */
export async function verifyJwt(token: string, secret: string): Promise<Claims | undefined> {
  const [header, claims, signature, more] = token.split('.');
  const bytes = fromBase64(signature);
  if (!header || !claims || !bytes || more !== undefined || readPart(header)?.['alg'] !== 'HS256') return undefined;
  // Takes the same time for every signature of that length.
  const isGood = await crypto.subtle.verify(kAlgorithm.name, await keyOf(secret, 'verify'), bytes, encoder.encode(`${header}.${claims}`));
  return isGood ? readPart(claims) : undefined;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export function fromBase64(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Takes the same time wherever they differ. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let different = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) different |= one[at]! ^ (other[at] ?? 0);
  return different === 0;
}

async function keyOf(secret: string, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  if (secret === '') throw new CostageError('invalid_request', 'The API secret is empty.', { field: 'apiSecret' });
  return crypto.subtle.importKey('raw', encoder.encode(secret), kAlgorithm, false, [usage]);
}

function partOf(value: object): string {
  return base64url(encoder.encode(JSON.stringify(value)));
}

function readPart(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64(part)));
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
