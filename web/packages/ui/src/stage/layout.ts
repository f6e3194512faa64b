import type { PictureSource, Scene, Seat } from '@costage/sdk';

/** What is drawn: by the scene, or where that says `automatic` by how many are on stage and whether a screen is shared. */
export type StageLayout = 'empty' | 'one' | 'two' | 'grid' | 'spotlight' | 'sideBySide' | 'pictureInPicture' | 'screen';

/** One picture: a person with their camera, or the screen they share. */
export interface StageTile {
  id: string;
  seat: Seat;
  picture: PictureSource;
}

export interface StagePlan {
  layout: StageLayout;
  /** In order. Where one is large it is the first. */
  tiles: StageTile[];
  /** Those beyond the visible tiles, in a strip that scrolls (S-076, S-077). */
  strip: StageTile[];
}

export interface StageView {
  scene?: Scene;
  /** User ids of those who share their screen, the newest first. */
  screens?: readonly string[];
  /** The tile that this viewer looks at, whatever the scene says. */
  pinned?: string | undefined;
}

export const kVisibleTiles = 6;
const kAutomatic: StageLayout[] = ['empty', 'one', 'two'];
const kOneIsLarge: readonly StageLayout[] = ['two', 'spotlight', 'pictureInPicture', 'screen'];

export function planStage(seats: readonly Seat[], { scene, screens = [], pinned }: StageView = {}): StagePlan {
  const people = inOrder(seats, scene?.order ?? []).map((seat) => tileOf(seat, 'camera'));
  const shared = screens.flatMap((userId) => seats.filter((seat) => seat.userId === userId)).map((seat) => tileOf(seat, 'screen'));
  const all = [...shared, ...people];
  const pin = all.find((one) => one.id === pinned);
  const layout = pin ? layoutOfPin(pin) : layoutOf(scene?.layout ?? 'automatic', people.length, shared.length > 0);
  const tiles = kOneIsLarge.includes(layout) ? first(all, pin ?? largeOf(layout, people, shared, scene)) : all;
  return { layout, tiles: tiles.slice(0, kVisibleTiles), strip: tiles.slice(kVisibleTiles) };
}

/** Where everybody stands, from the front to the back: user ids. */
export function standing({ tiles, strip }: StagePlan): string[] {
  return [...tiles, ...strip].filter((one) => one.picture === 'camera').map((one) => one.seat.userId);
}

/** The scene in which somebody stands at that place. Who comes to the place of the large one becomes large. */
export function moved(scene: Scene, plan: StagePlan, userId: string, to: number): Scene {
  const before = standing(plan);
  const order = before.filter((one) => one !== userId);
  order.splice(Math.max(0, to), 0, userId);
  const isLargeFirst = kOneIsLarge.includes(plan.layout) && plan.tiles[0]?.picture === 'camera';
  const large = isLargeFirst && order[0] !== before[0] ? { spotlightId: order[0]! } : {};
  return { ...scene, order, ...large };
}

function tileOf(seat: Seat, picture: PictureSource): StageTile {
  return { id: `${picture} ${seat.userId}`, seat, picture };
}

function layoutOfPin({ picture }: StageTile): StageLayout {
  return picture === 'screen' ? 'screen' : 'spotlight';
}

/** One alone has all the room there is. */
function layoutOf(wanted: Scene['layout'], count: number, isShared: boolean): StageLayout {
  const isAutomatic = wanted === 'automatic' || wanted === 'screen';
  if (isShared) return isAutomatic ? 'screen' : wanted;
  if (count < 2) return kAutomatic[count]!;
  return isAutomatic ? (kAutomatic[count] ?? 'grid') : wanted;
}

/** A shared screen is what everybody talks about; only who is to be large by name comes before it. */
function largeOf(layout: StageLayout, people: StageTile[], shared: StageTile[], scene: Scene | undefined): StageTile | undefined {
  const named = layout === 'screen' ? undefined : people.find(({ seat }) => seat.userId === scene?.spotlightId);
  return named ?? shared[0] ?? people.find(({ seat }) => seat.role === 'host');
}

function inOrder(seats: readonly Seat[], order: readonly string[]): Seat[] {
  const place = (seat: Seat): number => {
    const at = order.indexOf(seat.userId);
    return at >= 0 ? at : order.length + (seat.role === 'host' ? 0 : 1);
  };
  return [...seats].sort((a, b) => place(a) - place(b));
}

function first(tiles: readonly StageTile[], large: StageTile | undefined): StageTile[] {
  return [...tiles.filter((one) => one === large), ...tiles.filter((one) => one !== large)];
}
