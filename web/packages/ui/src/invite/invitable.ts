import type { JourneyState } from '@costage/sdk';

/** Neither invited, nor with a place on stage: just watching, or waiting to be asked. */
export function merelyWatches(now: JourneyState): boolean {
  if (now.name === 'asking' || now.name === 'removed') return true;
  if (now.name === 'left') return !now.place && now.reason !== 'roomEnded';
  return now.name === 'watching' && !now.place;
}
