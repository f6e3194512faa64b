import { en } from './en/index.js';
import { spoken, type Spoken, type Translated } from './spoken.js';

export type Words = Translated<typeof en>;
export type Messages = Spoken<typeof en>;

export type Language = 'en' | 'de' | 'fr' | 'es' | 'pt-BR' | 'ja' | 'zh-Hans' | 'ar' | 'en-XA';

interface LanguageEntry {
  /** In that language. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** Nobody reads it by choice. */
  isForTests: boolean;
  load: () => Promise<Words>;
}

/** By BCP 47 tag. `en-XA` makes everything longer and strange, to find what was not translated or does not fit. */
export const languages: Record<Language, LanguageEntry> = {
  en: { name: 'English', direction: 'ltr', isForTests: false, load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', direction: 'ltr', isForTests: false, load: async () => (await import('./de/index.js')).words },
  fr: { name: 'Français', direction: 'ltr', isForTests: false, load: async () => (await import('./fr/index.js')).words },
  es: { name: 'Español', direction: 'ltr', isForTests: false, load: async () => (await import('./es/index.js')).words },
  'pt-BR': { name: 'Português (Brasil)', direction: 'ltr', isForTests: false, load: async () => (await import('./pt-BR/index.js')).words },
  ja: { name: '日本語', direction: 'ltr', isForTests: false, load: async () => (await import('./ja/index.js')).words },
  'zh-Hans': { name: '简体中文', direction: 'ltr', isForTests: false, load: async () => (await import('./zh-Hans/index.js')).words },
  ar: { name: 'العربية', direction: 'rtl', isForTests: false, load: async () => (await import('./ar/index.js')).words },
  'en-XA': { name: '[Þšéûðö]', direction: 'ltr', isForTests: true, load: async () => (await import('./pseudo.js')).pseudo(en) },
};

const tags = Object.keys(languages) as Language[];

/** The first of the wanted that is there, also as another region's: `de-CH` is read by `de`, `pt` by `pt-BR`. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const exact = tags.find((one) => one.toLowerCase() === tag.toLowerCase());
    const alike = tags.find((one) => !languages[one].isForTests && base(one) === base(tag));
    const found = exact ?? alike;
    if (found) return found;
  }
  return 'en';
}

// `zh-Hant` is another script than `zh-Hans`, and read by other people.
function base(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return tag;
  }
}

/** Digits are the same everywhere: the clocks of the page are written in them. */
const localeOf = (language: Language): string => `${language}-u-nu-latn`;

/** The words of now. They change with `speak`; what shows them is drawn again. */
export let messages: Messages = spoken<typeof en>(en, 'en');
export let language: Language = 'en';
/** For `Intl`. */
export let locale = localeOf('en');

const listeners = new Set<() => void>();

/** From now on everything is said in this language. */
export async function speak(wanted: Language): Promise<void> {
  const words = await languages[wanted].load();
  messages = spoken<typeof en>(words, localeOf(wanted));
  language = wanted;
  locale = localeOf(wanted);
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
