// LiveKit access tokens as an application's backend would sign them.
import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { apiKey, apiSecret } from './server.mjs';

export const newRoomName = () => `room-${randomUUID()}`;

export function mintToken(grant, { identity = 'somebody', secret = apiSecret, ttl = '10m', ...options } = {}) {
  const token = new AccessToken(apiKey, secret, { identity, ttl, ...options });
  if (grant) token.addGrant(grant);
  return token.toJwt();
}

export function joinToken(room, identity, grant = {}, options = {}) {
  return mintToken({ roomJoin: true, room, ...grant }, { identity, name: `Name of ${identity}`, ...options });
}
