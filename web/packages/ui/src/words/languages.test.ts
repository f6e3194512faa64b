import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { en } from './en/index.js';
import { languageFor, languages, messages, speak, type Language } from './languages.js';

const tags = Object.keys(languages) as Language[];

/** Each text by its path. */
function textsOf(words: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(at, value);
    else for (const [inner, text] of textsOf(value as object, at)) found.set(inner, text);
  }
  return found;
}

interface Read {
  placeholders: Set<string>;
  /** The categories of each plural. */
  plurals: string[][];
}

function read(elements: MessageFormatElement[], into: Read = { placeholders: new Set(), plurals: [] }): Read {
  for (const element of elements) {
    if (element.type === TYPE.argument || element.type === TYPE.number) into.placeholders.add(element.value);
    if (element.type === TYPE.plural) {
      into.placeholders.add(element.value);
      into.plurals.push(Object.keys(element.options));
      for (const { value } of Object.values(element.options)) read(value, into);
    }
  }
  return into;
}

const readText = (text: string): Read => read(parse(text, { ignoreTag: true }));

/** As it is shown, by the longest of what it can be: a placeholder is as long as its name. */
function lengthOf(elements: MessageFormatElement[]): number {
  return elements.reduce((sum, element) => {
    if (element.type === TYPE.plural) return sum + Math.max(...Object.values(element.options).map(({ value }) => lengthOf(value)));
    if (element.type === TYPE.pound) return sum + 1;
    return sum + ('value' in element ? element.value.length : 0);
  }, 0);
}

const lengthOfText = (text: string): number => lengthOf(parse(text, { ignoreTag: true }));

/** French, Spanish and Portuguese have one for whole millions, which nobody counts here. */
const categoriesOf = (tag: string): string[] => new Intl.PluralRules(tag).resolvedOptions().pluralCategories.filter((one) => one !== 'many' || tag === 'ar');

/** `=0` beside `other` asks only whether there is any. */
const counts = (named: readonly string[]): boolean => named.some((one) => one !== 'other' && !one.startsWith('='));

afterEach(() => speak('en'));

describe.each(tags)('%s', (tag) => {
  it('has every key, and no other', async () => {
    const words = textsOf(await languages[tag].load());
    expect([...words.keys()].sort()).toEqual([...textsOf(en).keys()].sort());
  });

  it('says something wherever English does, and puts in the same', async () => {
    const words = textsOf(await languages[tag].load());
    for (const [path, text] of textsOf(en)) {
      const said = words.get(path) ?? '';
      expect(said.trim() === '', `${tag} ${path}`).toBe(text.trim() === '');
      expect([...readText(said).placeholders].sort(), `${tag} ${path}`).toEqual([...readText(text).placeholders].sort());
    }
  });

  it('counts as the language does', async () => {
    for (const [path, text] of textsOf(await languages[tag].load())) {
      for (const named of readText(text).plurals.filter(counts)) expect(named, `${tag} ${path}`).toEqual(expect.arrayContaining(categoriesOf(tag)));
    }
  });
});

describe.each(tags.filter((tag) => !languages[tag].isForTests))('%s', (tag) => {
  it('is short enough for the place of the English', async () => {
    const words = textsOf(await languages[tag].load());
    const tooLong = [...textsOf(en)].flatMap(([path, text]) => {
      const [most, length] = [Math.max(2 * lengthOfText(text), lengthOfText(text) + 14), lengthOfText(words.get(path) ?? '')];
      return length > most ? [`${path}: ${length} of ${most}`] : [];
    });
    expect(tooLong).toEqual([]);
  });
});

describe('languageFor', () => {
  it('takes the first that is there', () => {
    expect(languageFor(['xx', 'en-GB', 'en'])).toBe('en');
    expect(languageFor(['tlh', 'not a tag'])).toBe('en');
    expect(languageFor([])).toBe('en');
  });

  it('takes the same language of another region', () => {
    expect(languageFor(['de-CH'])).toBe('de');
    expect(languageFor(['es-419'])).toBe('es');
    expect(languageFor(['pt-PT'])).toBe('pt-BR');
    expect(languageFor(['pt', 'de'])).toBe('pt-BR');
    expect(languageFor(['ja-JP'])).toBe('ja');
    expect(languageFor(['zh-CN'])).toBe('zh-Hans');
    expect(languageFor(['zh'])).toBe('zh-Hans');
    expect(languageFor(['ar-EG'])).toBe('ar');
  });

  it('does not give one script for another', () => {
    expect(languageFor(['zh-TW'])).toBe('en');
    expect(languageFor(['zh-Hant', 'ja'])).toBe('ja');
  });

  it('speaks strangely only when asked', () => {
    expect(languageFor(['en-US'])).toBe('en');
    expect(languageFor(['en-XA'])).toBe('en-XA');
  });
});

describe('what is said', () => {
  it('counts, and keeps the direction of what is put in', async () => {
    expect(messages.chat.newMessages({ count: 1 })).toBe('1 new message');
    expect(messages.chat.newMessages({ count: 1200 })).toBe('1,200 new messages');
    expect(messages.home.hostedBy({ name: 'אבי' })).toBe('with \u2068אבי\u2069');
    await speak('ar');
    expect([1, 2, 3, 11].map((count) => messages.chat.newMessages({ count }))).toEqual(['رسالة جديدة واحدة', 'رسالتان جديدتان', '3 رسائل جديدة', '11 رسالة جديدة']);
    await speak('en-XA');
    expect(messages.home.title).toBe('[Šhöwš··]');
    expect(messages.home.hostedBy({ name: 'Amina' })).toContain('Amina');
    expect(messages.chat.newMessages({ count: 3 })).toContain('3 ñéw');
  });
});
