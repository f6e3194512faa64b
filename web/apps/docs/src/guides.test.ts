// @vitest-environment node
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileSnippets } from '../../../packages/sdk/src/testing/snippets.js';

const kGuides = new URL('../../../../docs/guides/', import.meta.url);

/** What the snippets take as given. */
const kGiven = `
import type * as Sdk from '@costage/sdk';
declare const url: string, token: string, apiKey: string, apiSecret: string, roomId: string, userId: string, messageId: string;
declare const client: Sdk.Client, room: Sdk.RoomHandle, invitation: Sdk.LiveInvitation, videoElement: HTMLVideoElement;
`;

it('every snippet of the guides compiles', () => {
  const guides = readdirSync(kGuides).map((name) => new URL(name, kGuides));
  const { count, problems } = compileSnippets(guides, kGiven, new URL('./', import.meta.url));
  expect(count).toBeGreaterThan(10);
  expect(problems).toEqual([]);
}, 240_000);
