// RoomService over bare HTTP: what goes over the wire, in JSON or protobuf.
import { mintToken } from '../support/tokens.mjs';

export const admin = (room, more = {}) => ({ roomAdmin: true, room, ...more });

// Gives the status and, of JSON or a refusal, the body.
export async function call(server, method, body, grant, { type = 'application/json', token } = {}) {
  const response = await fetch(`${server.http}/twirp/livekit.RoomService/${method}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token ?? (await mintToken(grant))}` },
    body: type === 'application/json' && typeof body === 'object' ? JSON.stringify(body) : body,
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, type: response.headers.get('content-type'), bytes, json: isJson ? JSON.parse(bytes) : null };
}
