// Where the studio lives: "/" or, behind a proxy that gives it a path of its own, "/live/". Its scripts lie in assets/ below that.

/** Of a script's address; while developing, scripts are served from everywhere. */
export function baseOf(script: string, developing: boolean): string {
  return developing ? '/' : new URL('../', script).pathname;
}

export const kBase = baseOf(import.meta.url, import.meta.env.DEV);

/** `/rooms/r1` -> `/live/rooms/r1`. */
export function withBase(path: string, base = kBase): string {
  return base + path.replace(/^\//, '');
}

/** `/live/rooms/r1` -> `/rooms/r1`. */
export function withoutBase(pathname: string, base = kBase): string {
  return pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : pathname;
}

/** What the SDK connects to. */
export function serverUrl(): string {
  return location.origin + kBase;
}
