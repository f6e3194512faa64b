import { useMemo } from 'react';

/** The object of the first render as long as another one says the same: filters are written in place, anew each time. Plain data only. */
export function useSame<T>(value: T): T {
  const text = JSON.stringify(value);
  return useMemo(() => value, [text]);
}
