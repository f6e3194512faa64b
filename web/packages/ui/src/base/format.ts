/** h:mm:ss, without hours when there are none. */
export function clock(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`;
}

/** At most two letters, for a person without a picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return chosen.map((word) => [...word][0]!.toLocaleUpperCase()).join('') || '?';
}

/** `now` is the server's time. What is known of it may be a little off, so the count never leaves 0 to `ttlSeconds`. */
export function secondsLeft(invitation: { expiresAt: string; ttlSeconds: number }, now: number): number {
  const seconds = Math.ceil((Date.parse(invitation.expiresAt) - now) / 1000);
  return Math.min(invitation.ttlSeconds, Math.max(0, seconds));
}

/** A steady hue per person. */
export function hueOf(userId: string): number {
  let hash = 0;
  for (const char of userId) hash = (hash * 31 + char.codePointAt(0)!) % 360;
  return hash;
}
