// @vitest-environment node
import { expect, it } from 'vitest';
import { compileSnippets } from './testing/snippets.js';

/** What the snippets take as given. */
const kGiven = `
import type * as Sdk from '@costage/sdk';
declare const url: string, hostToken: string, guestToken: string, apiKey: string, apiSecret: string;
declare const roomId: string, userId: string, guestId: string, messageId: string, cameraId: string;
declare const client: Sdk.Client, room: Sdk.RoomHandle, invitation: Sdk.LiveInvitation, preview: Sdk.Preview;
declare const videoElement: HTMLVideoElement;
declare function show(...what: unknown[]): void;
declare function draw(...what: unknown[]): void;
declare function warn(...what: unknown[]): void;
declare function toast(...what: unknown[]): void;
declare function float(...what: unknown[]): void;
declare function decide(...what: unknown[]): void;
`;

it('every snippet of the guide compiles', () => {
  const { count, problems } = compileSnippets(new URL('../README.md', import.meta.url), kGiven);
  expect(count).toBeGreaterThan(10);
  expect(problems).toEqual([]);
}, 240_000);
