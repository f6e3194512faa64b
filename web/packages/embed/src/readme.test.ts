// @vitest-environment node
import { expect, it } from 'vitest';
import { compileSnippets } from '../../sdk/src/testing/snippets.js';

it('every snippet of the guide compiles', () => {
  const { count, problems } = compileSnippets(new URL('../README.md', import.meta.url), '');
  expect(count).toBe(1);
  expect(problems).toEqual([]);
}, 240_000);
