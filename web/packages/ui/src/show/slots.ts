import { createContext, useContext, type ReactNode } from 'react';

/** What an application puts into the show. */
export interface ShowSlots {
  /** In the header, beside whether it is live. */
  header?: ReactNode;
  /** Over the picture. */
  overStage?: ReactNode;
  /** Under the stage and its controls: products, a poll. */
  belowStage?: ReactNode;
  /** At the end of the panel of who runs the show. */
  panel?: ReactNode;
}

export const Slots = createContext<ShowSlots>({});
export const useSlots = (): ShowSlots => useContext(Slots);
