import type { EgressDetails, EgressDestination } from '@costage/sdk';
import type { ReactElement } from 'react';
import { clock } from '../base/format.js';
import { Problem } from '../base/problem.js';
import { dayAndTime, fileSize } from '../words/figures.js';
import { messages } from '../words/messages.js';
import type { EgressList } from './use_egress_list.js';

interface Props {
  list: EgressList;
  /** Shown somewhere else already. */
  besides: string | undefined;
}

/** What was recorded or sent elsewhere: how it went, how long and large it is, and where it lies. */
export function EgressHistory({ list, besides }: Props): ReactElement {
  const { error, again } = list;
  const items = list.items?.filter(({ egressId }) => egressId !== besides);
  const words = messages.egress;
  return (
    <section className="cs-egress-history" aria-labelledby="egress-history-title">
      <h3 id="egress-history-title">{words.history}</h3>
      <Problem error={error} onRetry={again} />
      {items?.length === 0 && <p className="cs-hint">{words.nothing}</p>}
      <ul className="cs-rows" data-testid="egress-list">
        {items?.map((one) => <Item key={one.egressId} egress={one} />)}
      </ul>
    </section>
  );
}

function Item({ egress }: { egress: EgressDetails }): ReactElement {
  const { egressId, kind, state, startedAt, file, error, destinations } = egress;
  const words = messages.egress;
  const facts = [words.states[state], dayAndTime(new Date(startedAt)), ...(file ? [clock(file.seconds * 1000), fileSize(file.bytes)] : [])];
  return (
    <li className="cs-row" data-testid={`egress-${egressId}`} data-state={state}>
      <div className="cs-row-text">
        <span className="cs-row-name">{words.kinds[kind]}</span>
        <span className="cs-row-status" data-state={state}>{facts.join(' · ')}</span>
        {file && <bdi className="cs-egress-where" dir="ltr">{file.location}</bdi>}
        {error !== undefined && <bdi className="cs-egress-error">{error}</bdi>}
        <Destinations destinations={destinations} isOver={state === 'complete' || state === 'failed'} />
      </div>
    </li>
  );
}

/** Each by itself: one platform may refuse while the others go on. */
export function Destinations({ destinations, isOver }: { destinations: readonly EgressDestination[]; isOver: boolean }): ReactElement {
  const words = messages.egress;
  return (
    <>
      {destinations.map(({ url, failed }) => (
        <span key={url} className="cs-egress-where" data-failed={failed || undefined}>
          <bdi dir="ltr">{url}</bdi>
          {(failed || !isOver) && <strong>{failed ? words.sendsNoMore : words.sends}</strong>}
        </span>
      ))}
    </>
  );
}
