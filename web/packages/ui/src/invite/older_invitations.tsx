import { useLive } from '@costage/react';
import type { LiveInvitation, RoomHandle } from '@costage/sdk';
import { useEffect, useId, useMemo, useRef, useState, type ReactElement, type RefObject } from 'react';
import { dayAndTime } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';

interface Props {
  room: RoomHandle;
  /** What stands above already. */
  shown: readonly LiveInvitation[];
}

/** What was sent before the newest invitation of each person; asked for only when somebody wants to see it. */
export function OlderInvitations({ room, shown }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  return (
    <>
      <div>
        <Button small tone="quiet" onPress={() => setOpen(!isOpen)} aria-expanded={isOpen} {...(isOpen ? { 'aria-controls': listId } : {})} data-testid="older-invitations">
          {isOpen ? messages.inviting.hideOlder : messages.inviting.showOlder}
        </Button>
      </div>
      {isOpen && <Older room={room} shown={shown} id={listId} />}
    </>
  );
}

const kStep = 20;

function Older({ room, shown, id }: Props & { id: string }): ReactElement {
  const { older, hasMore, loading, error, more } = useOlder(room, shown);
  const list = useRef<HTMLUListElement>(null);
  const goTo = useFocusOnNew(list, older.length);
  const press = (): void => {
    goTo.current = older.length;
    more();
  };
  return (
    <div className="cs-older" id={id}>
      {!loading && !error && older.length === 0 && <p className="cs-hint">{messages.inviting.noOlder}</p>}
      <ul className="cs-rows" ref={list} tabIndex={-1} aria-label={messages.inviting.older} aria-busy={loading} data-testid="older-list">
        {older.map((one) => (
          <OlderRow key={one.invitationId} invitation={one} />
        ))}
      </ul>
      {hasMore && (
        <Button small onPress={press} data-testid="more-older">
          {messages.inviting.moreOlder}
        </Button>
      )}
      <Problem error={error} onRetry={more} />
    </div>
  );
}

/** Pages are of all invitations; what is shown here is what does not stand above, so a step may take several of them. */
function useOlder(room: RoomHandle, shown: readonly LiveInvitation[]) {
  const history = useMemo(() => room.invitations.history({ limit: kStep }), [room]);
  const { data, loading, error } = useLive(history);
  const [wanted, setWanted] = useState(kStep);
  const above = new Set(shown.map((one) => one.invitationId));
  const older = data.items.filter((one) => !above.has(one.invitationId));
  const lacks = older.length < wanted && data.hasMore && !loading && !error;
  useEffect(() => {
    if (lacks) void history.loadMore();
  }, [history, lacks, data]);
  const more = (): void => {
    if (error) void history.loadMore();
    else setWanted(wanted + kStep);
  };
  return { older: older.slice(0, wanted), hasMore: older.length > wanted || (data.hasMore && !error), loading: loading || lacks, error, more };
}

/** What was asked for gets the focus when it comes: its button may be gone then. */
function useFocusOnNew(list: RefObject<HTMLUListElement | null>, length: number): RefObject<number | undefined> {
  const goTo = useRef<number>(undefined);
  useEffect(() => {
    const item = goTo.current === undefined ? undefined : list.current?.children.item(goTo.current);
    if (!(item instanceof HTMLElement)) return;
    goTo.current = undefined;
    item.focus();
  }, [list, length]);
  return goTo;
}

function OlderRow({ invitation }: { invitation: LiveInvitation }): ReactElement {
  const { invitationId, inviteeName, status, createdAt } = invitation;
  return (
    <li className="cs-row" tabIndex={-1} data-testid={`older-${invitationId}`} data-status={status}>
      <Name className="cs-row-name">{inviteeName}</Name>
      <span className="cs-row-status">
        {messages.invitation.status[status]} · <time dateTime={createdAt}>{dayAndTime(new Date(createdAt))}</time>
      </span>
    </li>
  );
}
