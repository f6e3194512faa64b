/** How long a text is for the server, which counts characters of Unicode. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** What fits, without half of an emoji or a letter without its accent at the end. */
export function cutText(text: string, most: number): string {
  if (textLength(text) <= most) return text;
  let kept = '';
  let length = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += textLength(segment);
    if (length > most) break;
    kept += segment;
  }
  return kept.trimEnd();
}
