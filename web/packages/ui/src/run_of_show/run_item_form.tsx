import type { RoomState, RunOfShow, RunOfShowItem } from '@costage/sdk';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import { added, kMaxItems, kMaxItemTitle, peopleOf } from './run_items.js';
import type { Newest } from '../base/use_newest.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Choice, Text } from '../base/field.js';

export const kItemTitleId = 'run-item-title';

interface Props {
  state: RoomState;
  count: number;
  edit: Newest<RunOfShow>['edit'];
}

/** What is not taken stays in the fields. */
export function RunItemForm({ state, count, edit }: Props): ReactElement {
  const [title, setTitle] = useState('');
  const [userId, setUserId] = useState('');
  const isAdding = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const words = messages.runOfShow;
  const people = peopleOf(state);
  const add = async (item: RunOfShowItem): Promise<void> => {
    isAdding.current = true;
    const isAdded = await edit((run) => added(run, item));
    isAdding.current = false;
    if (!isAdded) return;
    setTitle((now) => (now.trim() === item.title ? '' : now));
    setUserId('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The button is off once the field is empty, and would lose the focus.
    input.current?.focus();
    const wanted = title.trim();
    if (wanted === '' || isAdding.current) return;
    void add(people.some(({ id }) => id === userId) ? { title: wanted, userId } : { title: wanted });
  };
  if (count >= kMaxItems) return <p className="cs-hint">{words.full({ most: kMaxItems })}</p>;
  return (
    <form className="cs-run-form" onSubmit={submit} aria-label={words.addTitle}>
      <Text label={words.itemTitle} value={title} onChange={setTitle} maxLength={kMaxItemTitle} id={kItemTitleId} inputRef={input} testId={kItemTitleId} />
      <Choice label={words.person} options={[{ id: '', name: words.nobody }, ...people]} value={userId} onChange={setUserId} testId="run-item-person" />
      <Button type="submit" isDisabled={title.trim() === ''} data-testid="run-item-add">
        {words.add}
      </Button>
    </form>
  );
}
