import { CostageError } from '../errors.js';
import { signJwt } from './jwt.js';

/** Of the server's configuration: who has the secret speaks for every user. Keep it on your backend. */
export interface ApiKey {
  apiKey: string;
  apiSecret: string;
}

export interface UserTokenOptions extends ApiKey {
  /** Yours, at most 128 bytes; the same person has the same one for ever. */
  userId: string;
  /** What others read, at most 100 characters; left out, the user id. */
  name?: string;
  /** From now; an hour when left out. The SDK asks for another token before that ends. */
  ttlSeconds?: number;
  /** The token of your backend itself, which may do what hosts may in every room. Never for a page. */
  admin?: boolean;
  /** The room id of a guest, who may watch this one room and do nothing else. */
  guestOf?: string;
  /** The present, in ms. */
  now?: number;
}

const kTtlSeconds = 3600;
const kMostUserId = 128;
const kMostName = 100;

/** The token of a user, as `createClient` takes it. Refused with `invalid_request` and the `field` at fault. */
export async function mintUserToken(options: UserTokenOptions): Promise<string> {
  const { apiKey, apiSecret, userId, name, ttlSeconds = kTtlSeconds, admin, guestOf, now = Date.now() } = options;
  check(apiKey !== '', 'apiKey', 'is missing');
  check(userId.trim() !== '' && new TextEncoder().encode(userId).length <= kMostUserId, 'userId', `has 1 to ${kMostUserId} bytes`);
  check(name === undefined || [...name].length <= kMostName, 'name', `has at most ${kMostName} characters`);
  check(Number.isFinite(ttlSeconds) && ttlSeconds > 0, 'ttlSeconds', 'is a number above 0');
  check(!(admin && guestOf), 'guestOf', 'is not for an admin');
  const seconds = Math.floor(now / 1000);
  return signJwt(
    {
      iss: apiKey,
      sub: userId,
      ...(name ? { name } : {}),
      iat: seconds,
      exp: seconds + Math.ceil(ttlSeconds),
      ...(admin ? { admin: true } : {}),
      ...(guestOf ? { guest: guestOf } : {}),
    },
    apiSecret,
  );
}

function check(isGood: boolean, field: string, rule: string): void {
  if (!isGood) throw new CostageError('invalid_request', `${field} ${rule}.`, { field });
}
