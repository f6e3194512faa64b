import { Choice, languages, messages, useLanguage, type Language } from '@costage/ui';
import type { ReactElement } from 'react';
import { chooseLanguage } from '../lib/language.js';
import { attempt } from '../lib/route.js';

const kOptions = Object.entries(languages)
  .filter(([, { isForTests }]) => !isForTests)
  .map(([id, { name }]) => ({ id, name }));

/** The page begins anew in the chosen language, so whoever is on air is asked first. */
export function LanguageChoice(): ReactElement {
  const language = useLanguage();
  const choose = (id: string): void => attempt(() => void chooseLanguage(id as Language));
  return <Choice label={messages.account.language} options={kOptions} value={language} onChange={choose} testId="language" />;
}
