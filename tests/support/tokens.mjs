// LiveKit access tokens as an application's backend would sign them.
import { createHmac, randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { apiKey, apiSecret } from './server.mjs';

// Of a token, without a look at its signature.
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

export const newRoomName = () => `room-${randomUUID()}`;

export function mintToken(grant, { identity = 'somebody', secret = apiSecret, ttl = '10m', ...options } = {}) {
  const token = new AccessToken(apiKey, secret, { identity, ttl, ...options });
  if (grant) token.addGrant(grant);
  return token.toJwt();
}

export function joinToken(room, identity, grant = {}, options = {}) {
  return mintToken({ roomJoin: true, room, ...grant }, { identity, name: `Name of ${identity}`, ...options });
}

// Exactly these claims, which the SDK would not write.
export function signClaims(claims, { header = { alg: 'HS256', typ: 'JWT' }, secret = apiSecret } = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
