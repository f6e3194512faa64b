import { useAction, useSession } from '@costage/react';
import type { ChatReport, RoomHandle, RoomState } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { stageRights } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { TileMenu, type TileAction } from '../stage/tile_menu.js';
import { BanDialog } from './ban_dialog.js';
import { personActions, type PersonActionId } from '../chat/message_actions.js';
import { OrderMessage } from './order_message.js';
import { actOnPerson, attempt, type Person } from './person_acts.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

export function Reports({ room, state, reports }: Props & { reports: readonly ChatReport[] }): ReactElement {
  const words = messages.order.reports;
  const [banning, setBanning] = useState<Person>();
  return (
    <>
      <h3 {...focusHome}>{words.title}</h3>
      {reports.length === 0 && <p className="cs-hint">{words.none}</p>}
      <ul className="cs-rows cs-order-rows">
        {reports.map((report) => (
          <ReportRow key={report.reportId} room={room} state={state} report={report} onBan={setBanning} />
        ))}
      </ul>
      {banning && <BanDialog room={room} person={banning} onClose={() => setBanning(undefined)} />}
    </>
  );
}

interface RowProps extends Props {
  report: ChatReport;
  onBan: (person: Person) => void;
}

function ReportRow({ room, state, report, onBan }: RowProps): ReactElement {
  const words = messages.order.reports;
  const { reportId, message, detail } = report;
  const { name } = message;
  const action = useAction();
  const reason = messages.chat.report.reasons[report.reason];
  return (
    <li className="cs-row cs-order-row" data-testid={`report-${reportId}`} data-about={message.messageId}>
      <p className="cs-row-status">{words.by({ reason, name: report.name })}</p>
      <OrderMessage message={message} gone={words.removed} />
      {detail && <p className="cs-order-detail" dir="auto">{detail}</p>}
      <Problem error={action.error} />
      <div className="cs-row-actions">
        {message.status !== 'deleted' && (
          <Button small tone="danger" aria-label={words.removeOf({ name })} onPress={() => void action.run(() => room.chat.delete(message.messageId))} data-testid={`report-remove-${reportId}`}>
            {words.remove}
          </Button>
        )}
        <Button small aria-label={words.settleOf({ name })} onPress={() => void action.run(() => room.moderation.settleReport(reportId))} data-testid={`report-settle-${reportId}`}>{words.settle}</Button>
        <TileMenu id={reportId} label={messages.order.about({ name })} actions={useAuthorActions(room, state, message, () => onBan(message))} />
      </div>
    </li>
  );
}

function useAuthorActions(room: RoomHandle, state: RoomState, author: Person, onBan: () => void): TileAction[] {
  const { user, client } = useSession();
  const act = (id: PersonActionId): void => (id === 'ban' ? onBan() : void attempt(() => actOnPerson(id, room, author)));
  const ids = author.userId === user.userId ? [] : personActions({ userId: author.userId, state, rights: stageRights(state, user.userId), now: client.clock.now() });
  return ids.map((id) => ({ id, label: messages.chat.actions[id], onAction: () => act(id) }));
}
