import { useLive } from '@costage/react';
import { moderates } from '@costage/sdk';
import { useMemo, useState, type ReactElement } from 'react';
import { ChatPanel } from '../chat/chat_panel.js';
import { EgressBadges } from '../egress/egress_badges.js';
import { EgressRow } from '../egress/egress_controls.js';
import { GreenRoomCard } from '../green_room/green_room.js';
import { InvitationBanner as Banner } from '../invitation/invitation_banner.js';
import { kWatchersShown, Watchers } from '../invite/watchers.js';
import { OrderParts } from '../moderation/order_panel.js';
import { useWordList } from '../moderation/use_word_list.js';
import { ReactionBar } from '../reactions/floating_reactions.js';
import { AskCard } from '../requests/ask_card.js';
import { QueuePanel } from '../requests/queue_panel.js';
import { RoomSettings as Settings } from '../room_settings/room_settings.js';
import { RunOfShowEditor } from '../run_of_show/run_of_show_editor.js';
import { GuestControls, GuestStage, isOnStage } from '../show/guest_stage.js';
import { HostPlace } from '../show/host_screen.js';
import { useMyJourney } from '../show/my_journey.js';
import { Inviting } from '../show/people_panel.js';
import { RoomFacts } from '../show/room_header.js';
import { RoomTitle } from '../show/room_title.js';
import { GettingReady } from '../show/viewer_screen.js';
import { StopShow } from '../stage/stand_in.js';
import { SwitchOnAsked } from '../stage/switch_on_asked.js';
import { messages } from '../words/messages.js';
import { forRoom, type PartProps } from './for_room.js';

const isHost = ({ state }: PartProps): boolean => state.me.role === 'host';
const isGuest = (props: PartProps): boolean => !isHost(props);

/**
 * The stage for everybody: the host gets ready and goes live there, co-hosts stand on it with their controls, everybody else watches.
 * Children lie over the picture. One for a room.
 */
export const CoHostStage = forRoom((props) => (isHost(props) ? <HostsStage {...props} /> : <GuestsStage {...props} />));

function HostsStage({ room, state, children }: PartProps): ReactElement {
  const [isStopping, setStopping] = useState(false);
  return <HostPlace room={room} state={state} isStopping={isStopping} onStopping={setStopping} onBack={undefined}>{children}</HostPlace>;
}

function GuestsStage({ room, state, children }: PartProps): ReactElement {
  const { journey, now } = useMyJourney(room);
  return (
    <>
      <EgressBadges state={state} />
      <GuestStage room={room} state={state} journey={journey} now={now}>{children}</GuestStage>
      {isOnStage(now) && <SwitchOnAsked room={room} />}
      <GuestControls room={room} state={state} journey={journey} now={now} />
    </>
  );
}

/** The show as the audience sees it, without controls. Children lie over the picture. */
export const LivePlayer = forRoom(function LivePlayer({ room, state, children }) {
  const { journey, now } = useMyJourney(room);
  return (
    <>
      <EgressBadges state={state} />
      <GuestStage room={room} state={state} journey={journey} now={now}>{children}</GuestStage>
    </>
  );
}, isGuest);

/** Camera, microphone, screen and the way off the stage, for a co-host. Children stand among the buttons. */
export const StageControls = forRoom(function StageControls({ room, state, children }) {
  const { journey, now } = useMyJourney(room);
  return <GuestControls room={room} state={state} journey={journey} now={now}>{children}</GuestControls>;
}, isGuest);

/** An invitation to this room, with the time that is left: accept, decline, block. Nothing while there is none. */
export const InvitationBanner = forRoom(function InvitationBanner({ room }) {
  const { journey, now } = useMyJourney(room);
  if (now.name !== 'invited') return null;
  return <Banner key={now.invitation.invitationId} invitation={now.invitation} room={room} onAccept={journey.accept} onDecline={journey.decline} />;
}, isGuest);

/**
 * Between accepting and the stage: own picture and sound, who else is there, the call of the host. For those on stage, the people who
 * come next. Nothing for the audience.
 */
export const GreenRoom = forRoom((props) => (isHost(props) ? <GreenRoomCard {...props} isOnAir /> : <GuestsGreenRoom {...props} />));

function GuestsGreenRoom({ room, state, rights }: PartProps): ReactElement {
  const { journey, now } = useMyJourney(room);
  if (now.name === 'onStage') return <GreenRoomCard room={room} state={state} rights={rights} isOnAir />;
  return <GettingReady room={room} state={state} journey={journey} now={now} />;
}

/** "May I join?": for the audience, with the place in the queue once asked. */
export const AskToJoin = forRoom(function AskToJoin({ room, state }) {
  const { journey, now } = useMyJourney(room);
  return <AskCard room={room} state={state} journey={journey} now={now} />;
}, isGuest);

/** Who asked, who is invited, who watches and could be, and by user id. For the host, and co-hosts who may invite. */
export const InviteCoHostPage = forRoom(({ room, state, rights }) => (
  <div className="cs-panel">
    <Inviting room={room} state={state} diagnoses={rights.hosts} />
  </div>
), ({ rights }) => rights.invites);

/** Who asks to come on stage, in order, with what they said: invite or decline. For who may invite. */
export const RequestQueue = forRoom(({ room, state }) => <div className="cs-panel"><QueuePanel room={room} state={state} /></div>, ({ rights }) => rights.invites);

/** Who watches now, with search; whoever may invite does so here. */
export const ViewerList = forRoom(function ViewerList({ room, state, rights }) {
  const all = useMemo(() => room.presence.watchers({ limit: kWatchersShown }), [room]);
  return <div className="cs-panel"><Watchers room={room} state={state} all={all} diagnoses={rights.hosts} /></div>;
}, ({ rights }) => rights.invites);

/** Whether the show is recorded, and whether it is seen on other platforms: for everybody. `HostBar` has it. */
export const RecordingBadges = forRoom(({ state }) => <EgressBadges state={state} />);

/** Recording the show, and sending it to other platforms. For the host and who stands in, where the server can; `CoHostStage` has it. */
export const RecordingControls = forRoom(({ room, state }) => <EgressRow room={room} state={state} />, ({ rights }) => rights.hosts);

/** The chat with its compose bar, menus, pins and reactions. */
export const Chat = forRoom(({ room, state }) => <ChatPanel room={room} state={state} />);

/** A row of reactions to press; they float over `CoHostStage` and `LivePlayer`. */
export const Reactions = forRoom(({ room }) => <ReactionBar room={room} />);

/** Title, live or not and for how long, how many watch, and ending the show. For the host and who stands in. Children stand among the facts. */
export const HostBar = forRoom(({ room, state, children }) => (
  <header className="cs-room-header">
    <div className="cs-room-heading"><RoomTitle title={state.room.title} /></div>
    <RoomFacts state={state}>
      {children}
      {state.room.status !== 'idle' && <StopShow onStop={() => room.stop()} />}
    </RoomFacts>
  </header>
), ({ rights }) => rights.hosts);

/** Messages that wait for review, reports, muted and banned people, the word list. For the host and moderators. */
export const ModerationPanel = forRoom(function ModerationPanel({ room, state }) {
  const { data } = useLive(room.moderation);
  const edited = useWordList(room);
  return (
    <section className="cs-card cs-order">
      <h2>{messages.order.title}</h2>
      <OrderParts room={room} state={state} data={data} edited={edited} />
    </section>
  );
}, ({ state, userId }) => moderates(state, userId));

/** What comes one after the other, to be changed by who moderates. */
export const RunOfShow = forRoom(({ room, state }) => <div className="cs-panel"><RunOfShowEditor room={room} state={state} /></div>, ({ rights }) => rights.moderates);

/** What the host decides about this show. */
export const RoomSettings = forRoom(({ room, state }) => <div className="cs-panel"><Settings room={room} state={state} /></div>, ({ rights }) => rights.hosts);
