import type { Scene, Seat } from '@costage/sdk';

/** What is drawn: by the scene, or where that says `automatic` by how many are on stage. */
export type StageLayout = 'empty' | 'one' | 'two' | 'grid' | 'spotlight' | 'sideBySide' | 'pictureInPicture';

export interface StagePlan {
  layout: StageLayout;
  /** In order. Where one is large it is the first. */
  tiles: Seat[];
  /** Those beyond the visible tiles, in a strip that scrolls (S-076, S-077). */
  strip: Seat[];
}

export const kVisibleTiles = 6;
const kAutomatic: StageLayout[] = ['empty', 'one', 'two'];
const kOneIsLarge: readonly StageLayout[] = ['two', 'spotlight', 'pictureInPicture'];

/** `pinned`: whom this viewer looks at, whatever the scene says. */
export function planStage(seats: readonly Seat[], scene?: Scene, pinned?: string): StagePlan {
  const ordered = inOrder(seats, scene?.order ?? []);
  const isPinned = ordered.some((seat) => seat.userId === pinned);
  const layout = isPinned ? 'spotlight' : layoutOf(scene?.layout ?? 'automatic', ordered.length);
  const large = isPinned ? pinned : (scene?.spotlightId ?? ordered.find((seat) => seat.role === 'host')?.userId);
  const tiles = kOneIsLarge.includes(layout) ? first(ordered, large) : ordered;
  return { layout, tiles: tiles.slice(0, kVisibleTiles), strip: tiles.slice(kVisibleTiles) };
}

/** One alone has all the room there is. A shared screen is shown in the tile of who shares it. */
function layoutOf(wanted: Scene['layout'], count: number): StageLayout {
  if (count < 2) return kAutomatic[count]!;
  if (wanted === 'automatic') return kAutomatic[count] ?? 'grid';
  return wanted === 'screen' ? 'spotlight' : wanted;
}

function inOrder(seats: readonly Seat[], order: readonly string[]): Seat[] {
  const place = (seat: Seat): number => {
    const at = order.indexOf(seat.userId);
    return at >= 0 ? at : order.length + (seat.role === 'host' ? 0 : 1);
  };
  return [...seats].sort((a, b) => place(a) - place(b));
}

function first(seats: readonly Seat[], userId: string | undefined): Seat[] {
  return [...seats.filter((seat) => seat.userId === userId), ...seats.filter((seat) => seat.userId !== userId)];
}

/** The order in which somebody stands one place nearer to the front, or to the back. */
export function moved(seats: readonly Seat[], scene: Scene, userId: string, by: 1 | -1): string[] {
  const ids = inOrder(seats, scene.order ?? []).map((seat) => seat.userId);
  const at = ids.indexOf(userId);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return ids;
  [ids[at], ids[to]] = [ids[to]!, ids[at]!];
  return ids;
}
