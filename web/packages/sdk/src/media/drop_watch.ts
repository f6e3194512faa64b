// Pure: when a connection drops so often that its picture is better sent smaller (S-073). Instants are milliseconds.

export const kLossesUntilUnsteady = 3;
/** Losses are counted over so long, and so long without one is steady again. */
export const kSteadyAfterMs = 5 * 60_000;

export interface Drops {
  /** The newest losses, oldest first. */
  losses: readonly number[];
  /** As of the last loss. */
  isUnsteady: boolean;
}

export const kNoDrops: Drops = { losses: [], isUnsteady: false };

export function withLoss(drops: Drops, now: number): Drops {
  const losses = [...drops.losses.filter((at) => now - at < kSteadyAfterMs), now].slice(-kLossesUntilUnsteady);
  return { losses, isUnsteady: isUnsteady(drops, now) || losses.length === kLossesUntilUnsteady };
}

export function isUnsteady(drops: Drops, now: number): boolean {
  return drops.isUnsteady && now < steadyAt(drops);
}

/** When it is steady again, if nothing happens until then. */
export function steadyAt({ losses }: Drops): number {
  return (losses.at(-1) ?? -Infinity) + kSteadyAfterMs;
}
