import type { Room } from '@costage/sdk';

/** Between words, as it is typed in Latin, Chinese, Japanese and Arabic. */
const kComma = /[,，、،]/u;

/** "clay, Winter,clay " -> ["clay", "Winter"] */
export function parseTags(text: string): string[] {
  const words = text.split(kComma).map((word) => word.trim());
  return [...new Set(words)].filter((word) => word !== '');
}

/** Every tag of these rooms once, those of most rooms first. */
export function tagsOf(rooms: readonly Room[]): string[] {
  const counts = new Map<string, number>();
  for (const tag of rooms.flatMap((room) => room.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([tag]) => tag);
}
