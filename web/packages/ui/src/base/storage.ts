/** As much of the browser's storage as is used. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * A storage that always works. Browsers forbid it in frames on other sites and where cookies are blocked, by throwing already
 * when it is named; what is kept then lives as long as the page.
 */
export function safeStorage(storage: () => KeyValueStore): KeyValueStore {
  const page = new Map<string, string>();
  const attempt = <T>(use: (kept: KeyValueStore) => T): T | undefined => {
    try {
      return use(storage());
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => page.get(key) ?? attempt((kept) => kept.getItem(key)) ?? null,
    setItem: (key, value) => {
      page.set(key, value);
      attempt((kept) => kept.setItem(key, value));
    },
    removeItem: (key) => {
      page.delete(key);
      attempt((kept) => kept.removeItem(key));
    },
  };
}

export const tabStorage = safeStorage(() => sessionStorage);
/** Outlives the tab. */
export const deviceStorage = safeStorage(() => localStorage);
