import { IntlMessageFormat } from 'intl-messageformat';
import { isolated } from '../base/names.js';

/** What can stand in braces, and what it takes: one name for one thing, in every language. */
export interface Placeholders {
  count: number;
  emoji: string;
  host: string;
  label: string;
  /** Counted as a number, for languages that say "minute" in several ways. */
  minutes: number;
  most: number;
  name: string;
  names: string;
  own: string;
  place: number;
  query: string;
  rate: string;
  ratio: number;
  reason: string;
  seconds: number;
  text: string;
  time: string;
  title: string;
  word: string;
  words: string;
}

type PlaceholderIn<Text extends string> = { [P in keyof Placeholders]: Text extends `${string}{${P}${',' | '}'}${string}` ? P : never }[keyof Placeholders];

type Said<Text extends string> = [PlaceholderIn<Text>] extends [never] ? string : (values: Pick<Placeholders, PlaceholderIn<Text>>) => string;

/** Words to be shown: strings, and functions where something is put in. */
export type Spoken<T> = { readonly [K in keyof T]: T[K] extends string ? Said<T[K]> : Spoken<T[K]> };

/** The same keys in another language. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };

type Values = Record<string, string | number>;

// A format is read when its message is first shown.
function sayer(text: string, locale: string): (values: Values) => string {
  let format: IntlMessageFormat | undefined;
  return (values) => {
    format ??= new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
    const apart = Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? isolated(value) : value]);
    return String(format.format(Object.fromEntries(apart)));
  };
}

/** Names, titles and other text that is put in keeps its own direction. */
export function spoken<T>(words: Translated<T>, locale: string): Spoken<T> {
  const one = (value: unknown): unknown => {
    if (typeof value !== 'string') return spoken(value as object, locale);
    return value.includes('{') ? sayer(value, locale) : value;
  };
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, one(value)])) as Spoken<T>;
}
