// @vitest-environment node
import { expect, it } from 'vitest';
import { compileSnippets } from '../../sdk/src/testing/snippets.js';

it('every snippet of the guide compiles', () => {
  const given = `import type { RoomHandle } from '@costage/sdk';\ndeclare const roomId: string;`;
  const { count, problems } = compileSnippets(new URL('../README.md', import.meta.url), given);
  expect(count).toBe(2);
  expect(problems).toEqual([]);
}, 240_000);
