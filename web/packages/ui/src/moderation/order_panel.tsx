import { useLive } from '@costage/react';
import type { CostageError, ModerationState, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { Dialog, Heading, Modal, ModalOverlay, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { listed } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { CloseButton, IconButton } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { HeldMessages } from './order_held.js';
import { OrderPeople } from './order_people.js';
import { Reports } from './order_reports.js';
import { waitingIn, WaitingAnnouncer } from './order_waiting.js';
import { OrderWords } from './order_words.js';
import { useWordList, type EditedWords } from './use_word_list.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** The private page of who keeps order; beside its button stands how many messages and reports wait. */
export function OrderPanel({ room, state }: Props): ReactElement {
  const words = messages.order;
  const { data, error } = useLive(room.moderation);
  const [isOpen, setOpen] = useState(false);
  // Here, so that what is not saved outlives the page being closed.
  const edited = useWordList(room);
  const said = useWaitingAnnouncement(data);
  const { held, reports } = waitingIn(data);
  const count = held + reports;
  return (
    <>
      <span className="cs-order-open">
        <IconButton icon="shield" label={count > 0 ? words.openWaiting({ count }) : words.open} aria-haspopup="dialog" onPress={() => setOpen(true)} data-testid="order" />
        {count > 0 && <span className="cs-chat-unread" data-testid="order-count" aria-hidden="true">{count}</span>}
      </span>
      <Said text={said} />
      {isOpen && <OrderDialog room={room} state={state} data={data} error={error} edited={edited} said={said} onClose={() => setOpen(false)} />}
    </>
  );
}

function Said({ text }: { text: string }): ReactElement {
  return <p className="cs-sr-only" role="status" data-testid="order-said">{text}</p>;
}

interface DialogProps extends Props {
  data: ModerationState;
  error: CostageError | undefined;
  edited: EditedWords;
  said: string;
  onClose: () => void;
}

type Part = keyof typeof messages.order.parts;

function OrderDialog({ room, state, data, error, edited, said, onClose }: DialogProps): ReactElement {
  const words = messages.order;
  return (
    <ModalOverlay className="cs-overlay" isOpen onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className="cs-modal cs-order-modal">
        <Dialog className="cs-dialog cs-order" data-testid="order-page">
          <header className="cs-order-head">
            <Heading slot="title">{words.title}</Heading>
            <CloseButton onPress={onClose} />
          </header>
          <p className="cs-hint">{words.lead}</p>
          {/* What is outside a dialog is not heard while it is open. */}
          <Said text={said} />
          <Problem error={error} />
          <OrderParts room={room} state={state} data={data} edited={edited} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Messages that wait, reports, people and words. */
export function OrderParts({ room, state, data, edited }: Props & Pick<DialogProps, 'data' | 'edited'>): ReactElement {
  const { held, reports } = waitingIn(data);
  const [part, setPart] = useState<Part>(held === 0 && reports > 0 ? 'reports' : 'held');
  return (
    <Tabs className="cs-order-parts" selectedKey={part} onSelectionChange={(key) => setPart(key as Part)}>
      <TabList className="cs-order-tabs" aria-label={messages.order.title}>
        <PartTab part="held" count={held} />
        <PartTab part="reports" count={reports} />
        <PartTab part="people" />
        <PartTab part="words" />
      </TabList>
      <TabPanel id="held" className="cs-order-part"><HeldMessages room={room} held={data.held} /></TabPanel>
      <TabPanel id="reports" className="cs-order-part"><Reports room={room} state={state} reports={data.reports} /></TabPanel>
      <TabPanel id="people" className="cs-order-part"><OrderPeople room={room} state={state} people={data.people} /></TabPanel>
      <TabPanel id="words" className="cs-order-part"><OrderWords edited={edited} /></TabPanel>
    </Tabs>
  );
}

function PartTab({ part, count = 0 }: { part: Part; count?: number }): ReactElement {
  return (
    <Tab id={part} className="cs-order-tab" data-testid={`order-${part}`}>
      {messages.order.parts[part]}
      {count > 0 && <span className="cs-chat-unread">{count}</span>}
    </Tab>
  );
}

function waitingWords(held: number, reports: number): string {
  const { messagesWait, reportsWait } = messages.order;
  return listed([...(held > 0 ? [messagesWait({ count: held })] : []), ...(reports > 0 ? [reportsWait({ count: reports })] : [])]);
}

function useWaitingAnnouncement(data: ModerationState): string {
  const [said, setSaid] = useState('');
  const announcer = useMemo(() => {
    const say = (text: string): void => setSaid((before) => (before === text ? `${text}\u00a0` : text));
    return new WaitingAnnouncer(({ held, reports }) => say(waitingWords(held, reports)));
  }, []);
  useEffect(() => () => announcer.stop(), [announcer]);
  useEffect(() => announcer.tell(waitingIn(data)), [announcer, data]);
  return said;
}
