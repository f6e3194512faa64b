import { useAction } from '@costage/react';
import { egresses, type RoomHandle } from '@costage/sdk';
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { Button, IconButton } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { AddressField, Secret } from '../base/secret.js';
import { messages } from '../words/messages.js';
import { addressesOf, kMostDestinations, problemsOf, type Destination, type DestinationProblem } from './destinations.js';

const kAddId = 'restream-add';

/** Where the show is to be seen as well. What was typed is forgotten with the form: keys are secrets. */
export function DestinationForm({ room }: { room: RoomHandle }): ReactElement {
  const lastId = useRef(1);
  const isRemoving = useRef(false);
  const [rows, setRows] = useState<Destination[]>([{ id: 1, url: '', key: '' }]);
  const [problems, setProblems] = useState<ReadonlyMap<number, DestinationProblem>>(new Map());
  const action = useAction();
  const words = messages.egress;
  const change = (id: number, what: Partial<Destination>): void => {
    setRows(rows.map((row) => (row.id === id ? { ...row, ...what } : row)));
    setProblems(new Map([...problems].filter(([of]) => of !== id)));
  };
  const remove = (id: number): void => {
    setRows(rows.filter((row) => row.id !== id));
    isRemoving.current = true;
  };
  // Only then is the button on again, where there were as many as can be.
  useEffect(() => {
    if (isRemoving.current) document.getElementById(kAddId)?.focus();
    isRemoving.current = false;
  }, [rows.length]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const found = problemsOf(rows);
    setProblems(found);
    const wrong = rows.findIndex((row) => found.has(row.id));
    event.currentTarget.querySelectorAll('.cs-destination')[wrong]?.querySelector('input')?.focus();
    if (wrong < 0) void action.run(() => egresses(room).start({ kind: 'restream', urls: addressesOf(rows) }));
  };
  return (
    <form className="cs-dialog-form" onSubmit={submit} noValidate>
      {rows.map((row, at) => (
        <Row key={row.id} row={row} at={at} problem={problems.get(row.id)} onChange={(what) => change(row.id, what)} onRemove={rows.length > 1 ? () => remove(row.id) : undefined} />
      ))}
      <p className="cs-hint">{words.keyHint}</p>
      <Problem error={action.error} />
      <div className="cs-actions">
        <Button small id={kAddId} isDisabled={rows.length >= kMostDestinations} onPress={() => setRows([...rows, { id: ++lastId.current, url: '', key: '' }])} data-testid={kAddId}>
          {words.add}
        </Button>
        <Button type="submit" tone="primary" isPending={action.busy} data-testid="restream-start">{action.busy ? words.starting : words.start}</Button>
      </div>
    </form>
  );
}

interface RowProps {
  row: Destination;
  at: number;
  problem: DestinationProblem | undefined;
  onChange: (what: Partial<Destination>) => void;
  onRemove: (() => void) | undefined;
}

function Row({ row, at, problem, onChange, onRemove }: RowProps): ReactElement {
  const words = messages.egress;
  const place = at + 1;
  return (
    <div className="cs-destination" role="group" aria-label={words.platform({ place })}>
      <AddressField label={words.url} value={row.url} onChange={(url) => onChange({ url })} testId={`destination-url-${at}`} isNew={row.id > 1} problem={problem && words.problems[problem]}>
        {onRemove && <IconButton icon="close" label={words.remove({ place })} onPress={onRemove} data-testid={`destination-remove-${at}`} />}
      </AddressField>
      <Secret label={words.key} value={row.key} onChange={(key) => onChange({ key })} testId={`destination-key-${at}`} />
    </div>
  );
}
