import { deviceStorage, language, languageFor, languages, onLanguage, speak, type Language } from '@costage/ui';

const kKey = 'costage.language';

/** What the address asks for, then what was chosen on this device, then what the browser prefers. */
export function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const kept = deviceStorage.getItem(kKey);
  return languageFor([...(asked === null ? [] : [asked]), ...(kept === null ? [] : [kept]), ...navigator.languages]);
}

/** A language that cannot be loaded now leaves the one that is there. */
export async function speakIn(wanted: Language): Promise<void> {
  await speak(wanted).catch(() => {});
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  deviceStorage.setItem(kKey, wanted);
  await speakIn(wanted);
}

/** Before anything is drawn in it: names among words look at the direction of the page. */
export function showOnDocument(): void {
  const show = (): void => {
    document.documentElement.lang = language;
    document.documentElement.dir = languages[language].direction;
  };
  show();
  onLanguage(show);
}
