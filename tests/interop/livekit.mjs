// What the interop tests share: rooms full of rtc-node participants, RoomService.
import { Room } from './rtc_node.mjs';
import { RoomServiceClient } from 'livekit-server-sdk';
import { apiKey, apiSecret } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

export async function join(server, roomName, identity, grant = {}, options = {}) {
  const token = await joinToken(roomName, identity, grant, options);
  const room = new Room();
  await room.connect(server.ws, token, { autoSubscribe: true, dynacast: false });
  return room;
}

// Participants with these identities in a new room, each of which sees all others.
export async function party(server, identities, grants = {}) {
  const roomName = newRoomName();
  const rooms = await Promise.all(identities.map((identity) => join(server, roomName, identity, grants[identity])));
  const complete = (room) => room.remoteParticipants.size === identities.length - 1;
  await until(() => rooms.every(complete), 'everybody to see everybody', 5000);
  const leave = () => Promise.all(rooms.map((room) => room.disconnect()));
  return { roomName, rooms, leave };
}

export const roomService = (server) => new RoomServiceClient(server.http, apiKey, apiSecret);
