// Tokens of people, signed here: 10,000 of them in a moment.
import { createHmac } from 'node:crypto';
import { apiKey, apiSecret } from '../tests/support/server.mjs';

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
export function tokenOf(sub, name = sub, claims = {}) {
  const payload = { iss: apiKey, sub, name, exp: Math.floor(Date.now() / 1000) + 3600, ...claims };
  const text = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(payload)}`;
  return `${text}.${createHmac('sha256', apiSecret).update(text).digest('base64url')}`;
}

const names = ['Ánna', 'Bob', 'Chloé', 'Dmitri', 'Eva', 'Farid', 'Giulia', 'Hiro', 'Inés', 'Jonas'];
export const watcherToken = (n) => tokenOf(`watcher-${String(n).padStart(5, '0')}`, `${names[n % names.length]} Number ${n}`);
