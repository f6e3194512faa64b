import { expect, test } from 'vitest';
import { parseTags, tagsOf } from './tags.js';

test('tags are apart by the commas of several scripts', () => {
  expect(parseTags('clay，winter、glaze، wheel')).toEqual(['clay', 'winter', 'glaze', 'wheel']);
});

test('tags are the words between commas, each once', () => {
  expect(parseTags(' clay, Winter,clay ,, 50% off')).toEqual(['clay', 'Winter', '50% off']);
  expect(parseTags('  ')).toEqual([]);
});

test('the tags of most rooms come first', () => {
  const room = (tags: string[]): Parameters<typeof tagsOf>[0][number] => ({ tags }) as never;
  expect(tagsOf([room(['b', 'c']), room(['c']), room(['a'])])).toEqual(['c', 'a', 'b']);
});
