import type { Room, ServerInfo } from '@costage/sdk';

/** Whether somebody who opens this show's plain address can get in from there. */
export function letsPeopleIn(server: ServerInfo | undefined, room: Pick<Room, 'policies'>): boolean {
  return room.policies.guestsMayWatch || (server !== undefined && (server.dev || server.loginUrl !== undefined));
}

/** The application's sign-in page, which comes back to `page`. The fragment stays here: it may hold a token. */
export function loginAddress(loginUrl: string, page: Pick<Location, 'origin' | 'pathname' | 'search'>): string {
  const url = new URL(loginUrl);
  url.searchParams.set('return', page.origin + page.pathname + page.search);
  return url.href;
}
