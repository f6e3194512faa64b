import type { RoomHandle, RoomState, RunOfShowItem, RunOfShow } from '@costage/sdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { isolated } from '../base/names.js';
import { advanced, hasNext, moved, nowAndNext, removed, startedOver } from './run_items.js';
import { useNewest, type Newest } from '../base/use_newest.js';
import { messages } from '../words/messages.js';
import { Button, IconButton } from '../base/button.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';
import { RunItemForm, kItemTitleId } from './run_item_form.js';
import { RunPerson } from './run_of_show.js';

/** Who may set it puts together what comes one after the other, and says what is on now. */
export function RunOfShowEditor({ room, state }: { room: RoomHandle; state: RoomState }): ReactElement {
  const { value: run, edit, error } = useNewest(state.runOfShow, (next) => room.stage.setRunOfShow(next));
  const [said, setSaid] = useState('');
  const focusNext = useFocusNext();
  const change: Change = (next, words, ...focus) => {
    setSaid(words(next(run)));
    focusNext(focus);
    void edit(next);
  };
  const words = messages.runOfShow;
  return (
    <section className="cs-panel-part" data-testid="run-of-show" aria-labelledby="run-of-show-title">
      <h2 id="run-of-show-title">{words.title}</h2>
      {run.items.length === 0 && <p className="cs-hint">{words.lead}</p>}
      <ol className="cs-rows cs-run-items">
        {run.items.map((item, at) => (
          <ItemRow key={at} run={run} item={item} at={at} state={state} change={change} />
        ))}
      </ol>
      {run.items.length > 0 && <Progress run={run} change={change} />}
      <RunItemForm state={state} count={run.items.length} edit={edit} />
      <Problem error={error} />
      <p className="cs-sr-only" role="status" data-testid="run-said">{said}</p>
    </section>
  );
}

/** Changes it, says what it is then, and takes the focus along: to the first of these that can have it. */
type Change = (next: Parameters<Newest<RunOfShow>['edit']>[0], words: (run: RunOfShow) => string, ...focus: string[]) => void;

interface ItemRowProps {
  run: RunOfShow;
  item: RunOfShowItem;
  at: number;
  state: RoomState;
  change: Change;
}

function ItemRow({ run, item, at, state, change }: ItemRowProps): ReactElement {
  const words = messages.runOfShow;
  const { title } = item;
  const isNow = at === run.current;
  const isNext = nowAndNext(run).next === item;
  return (
    <li className="cs-row" data-testid={`run-item-${at}`} data-now={isNow || undefined} aria-current={isNow ? 'step' : undefined}>
      <p className="cs-run-title">
        <Name>{title}</Name>
        <RunPerson item={item} state={state} />
        {(isNow || isNext) && <span className="cs-run-mark" data-now={isNow || undefined}>{isNow ? words.now : words.next}</span>}
      </p>
      <div className="cs-row-actions">
        <MoveButton run={run} title={title} from={at} to={at - 1} change={change} />
        <MoveButton run={run} title={title} from={at} to={at + 1} change={change} />
        <IconButton
          icon="close"
          label={words.remove({ title })}
          id={`run-remove-${at}`}
          data-testid={`run-remove-${at}`}
          onPress={() => change((one) => removed(one, at), () => words.removed({ title }), `run-remove-${at}`, `run-remove-${at - 1}`, kItemTitleId)}
        />
      </div>
    </li>
  );
}

interface MoveButtonProps extends Pick<ItemRowProps, 'run' | 'change'> {
  title: string;
  from: number;
  to: number;
}

function MoveButton({ run, title, from, to, change }: MoveButtonProps): ReactElement {
  const words = messages.runOfShow;
  const [way, back] = to < from ? (['up', 'down'] as const) : (['down', 'up'] as const);
  const count = run.items.length;
  return (
    <IconButton
      icon={way === 'up' ? 'up' : 'chevron'}
      label={words.move[way]({ title })}
      id={`run-${way}-${from}`}
      data-testid={`run-${way}-${from}`}
      isDisabled={to < 0 || to >= count}
      onPress={() => change((one) => moved(one, from, to), () => words.standsNow({ title, place: to + 1, count }), `run-${way}-${to}`, `run-${back}-${to}`)}
    />
  );
}

function Progress({ run, change }: Pick<ItemRowProps, 'run' | 'change'>): ReactElement {
  const words = messages.runOfShow;
  return (
    <div className="cs-actions">
      <Button small tone="quiet" id="run-over" isDisabled={run.current === undefined} onPress={() => change(startedOver, () => words.startedOver, 'run-over', 'run-next')} data-testid="run-over">
        {words.startOver}
      </Button>
      <Button small tone="primary" id="run-next" isDisabled={!hasNext(run)} onPress={() => change(advanced, saysNow, 'run-next', 'run-over')} data-testid="run-next">
        {words.next}
      </Button>
    </div>
  );
}

function saysNow(run: RunOfShow): string {
  const { now } = nowAndNext(run);
  return now === undefined ? '' : `${messages.runOfShow.now}: ${isolated(now.title)}`;
}

/** A button that was pressed may be off or gone then, and the focus with it. */
function useFocusNext(): (ids: readonly string[]) => void {
  const wanted = useRef<readonly string[]>([]);
  useEffect(() => {
    const elements = wanted.current.map((id) => document.getElementById(id));
    wanted.current = [];
    elements.find((one) => one?.matches(':enabled'))?.focus();
  });
  return (ids) => {
    wanted.current = ids;
  };
}
