import { mentionBeingWritten, type KnownPerson } from '@costage/sdk';
import { useState, type KeyboardEvent } from 'react';

const kMostShown = 6;

export interface Completion {
  people: readonly KnownPerson[];
  /** Which of them Enter or Tab takes. */
  at: number;
  take: (person: KnownPerson) => void;
  /** True: the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
}

interface Options {
  text: string;
  caret: number;
  known: () => readonly KnownPerson[];
  onText: (text: string, caret: number) => void;
}

/** Pure: whose name goes on with what is being written. */
export function fitting(query: string, known: readonly KnownPerson[]): KnownPerson[] {
  const wanted = query.toLocaleLowerCase();
  const fits = ({ name }: KnownPerson): boolean => name.toLocaleLowerCase().startsWith(wanted) && name.toLocaleLowerCase() !== wanted;
  return known.filter((one) => one.name !== '' && fits(one)).slice(0, kMostShown);
}

/** Names after an @, to be taken by keyboard or by hand. */
export function useCompletion({ text, caret, known, onText }: Options): Completion {
  const [at, setAt] = useState(0);
  /** Where an @ stands whose list was closed. */
  const [closed, setClosed] = useState<number>();
  const written = mentionBeingWritten(text, caret);
  const people = written && written.from !== closed ? fitting(written.query, known()) : [];
  const chosen = Math.min(at, people.length - 1);

  const take = ({ name }: KnownPerson): void => {
    if (!written) return;
    const before = `${text.slice(0, written.from)}@${name} `;
    setAt(0);
    onText(before + text.slice(caret).replace(/^ /, ''), before.length);
  };

  const onKey = (event: KeyboardEvent): boolean => {
    if (people.length === 0) return false;
    if (event.key === 'ArrowDown') setAt((chosen + 1) % people.length);
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + people.length) % people.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(people[chosen]!);
    else if (event.key === 'Escape') setClosed(written?.from);
    else return false;
    return true;
  };
  return { people, at: chosen, take, onKey };
}
