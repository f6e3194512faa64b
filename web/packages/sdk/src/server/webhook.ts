import { CostageError } from '../errors.js';
import { fromBase64, isSame, sha256, verifyJwt, type Claims } from './jwt.js';
import type { ApiKey } from './user_token.js';

export type WebhookName =
  | 'room_started'
  | 'room_finished'
  | 'participant_joined'
  | 'participant_left'
  | 'participant_connection_aborted'
  | 'track_published'
  | 'track_unpublished';

/** What happened in the media of a room, in LiveKit's words. */
export interface WebhookEvent {
  event: WebhookName | (string & {});
  /** The same each time it is sent: one that was taken already can be told by it. */
  id: string;
  /** Seconds since 1970, as text. */
  createdAt: string;
  /** `name` is the room id. */
  room?: { sid: string; name: string } & Record<string, unknown>;
  /** `identity` is the user id; for who only watches with `#` and an ending. */
  participant?: { sid: string; identity: string } & Record<string, unknown>;
  track?: { sid: string } & Record<string, unknown>;
  /** How many events before this one could not be kept. */
  numDropped?: number;
}

export interface WebhookRequest extends ApiKey {
  /** As it came: what a parser has made of it has another digest. */
  body: string | Uint8Array;
  /** The header `Authorization`. */
  authorization: string | null | undefined;
  /** How far clocks may differ; 60 when left out. */
  leewaySeconds?: number;
  /** The present, in ms. */
  now?: number;
}

/** The server signs each attempt anew, for so long. */
const kSignedForSeconds = 300;
const kLeewaySeconds = 60;

/**
 * The event of a webhook that came from your server, unchanged and just now. Everything else is refused with `webhook_refused`: answer
 * it with 401. Events come at least once: keep the `id` of those you have taken for the ten minutes in which a copy could pass.
 */
export async function verifyWebhook(request: WebhookRequest): Promise<WebhookEvent> {
  const { apiKey, apiSecret, authorization, leewaySeconds = kLeewaySeconds, now = Date.now() } = request;
  const body = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : Uint8Array.from(request.body);
  const claims = authorization ? await verifyJwt(authorization.replace(/^Bearer /i, ''), apiSecret) : undefined;
  if (!claims || claims['iss'] !== apiKey) throw refusal('It is not signed with this key.');
  if (!isNow(claims, now / 1000, leewaySeconds)) throw refusal('It was signed too long ago, or for later.');
  const digest = fromBase64(claims['sha256']);
  if (!digest || !isSame(digest, await sha256(body))) throw refusal('What was signed is something else.');
  return readEvent(body);
}

/** A token that promises to be good for longer than the server's are is none of the server's. */
function isNow({ nbf, exp }: Claims, now: number, leeway: number): boolean {
  if (typeof nbf !== 'number' || typeof exp !== 'number' || exp - nbf > kSignedForSeconds) return false;
  return nbf - leeway <= now && now <= exp + leeway;
}

function readEvent(body: Uint8Array): WebhookEvent {
  try {
    const event: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof event === 'object' && event !== null && 'event' in event) return event as WebhookEvent;
  } catch {
    // Said below.
  }
  throw refusal('It is no event.');
}

function refusal(why: string): CostageError {
  return new CostageError('webhook_refused', `The webhook is refused. ${why}`, { status: 401 });
}
