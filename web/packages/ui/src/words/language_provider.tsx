import { Fragment, useEffect, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { language, onLanguage, speak, type Language } from './languages.js';

const now = (): Language => language;

/** The language that is spoken now. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, now, now);
}

interface Props {
  /** Without, the one that `speak` was told. */
  language?: Language | undefined;
  children: ReactNode;
}

/** What stands in it speaks that language, and begins anew when the language changes. */
export function LanguageProvider({ language: wanted, children }: Props): ReactElement {
  const spoken = useLanguage();
  useEffect(() => {
    // A language that cannot be loaded now leaves the one that is there.
    if (wanted !== undefined && wanted !== language) void speak(wanted).catch(() => {});
  }, [wanted]);
  return (
    <I18nProvider locale={spoken}>
      <Fragment key={spoken}>{children}</Fragment>
    </I18nProvider>
  );
}
