import { useAction, useLive, useVideo } from '@costage/react';
import type { GreenRoom, LiveInvitation, MediaParticipant, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, type ReactElement } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useCall, usePlaces } from './call.js';
import { focusHome } from '../base/focus_keeper.js';
import type { StageRights } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { Button } from '../base/button.js';
import { Icon, type IconName } from '../base/icon.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  rights: StageRights;
  /** On air one enters by hand: what is said there would be in the show's microphone. */
  isOnAir: boolean;
}

/** Where those on stage and those who get ready talk, unheard by the audience; who is next, and the call to the stage (S-089..S-091). */
export function GreenRoomCard({ room, state, rights, isOnAir }: Props): ReactElement {
  const green = room.greenRoom;
  const { phase, people, soundBlocked, error } = useLive(green);
  const next = usePlaces(room, state).filter((one) => one.inviteeId !== room.userId);
  const isIn = phase === 'in' || phase === 'reconnecting';
  const action = useAction();
  useEffect(() => {
    if (!isOnAir) void green.enter().catch(() => {});
    return () => void green.leave();
  }, [green, isOnAir]);
  const known = new Set(next.map((one) => one.inviteeId));
  const words = messages.greenRoom;
  return (
    <section className="cs-card cs-green-room" data-testid="green-room" data-phase={phase} aria-labelledby="green-room-title">
      <h2 id="green-room-title" {...focusHome}>{words.title}</h2>
      <p className="cs-hint">{words.lead}</p>
      <ul className="cs-rows">
        {next.map((one) => (
          <Person key={one.inviteeId} green={green} userId={one.inviteeId} name={one.inviteeName} there={people.find((each) => each.userId === one.inviteeId)} isKnown={isIn}>
            <Place room={room} invitation={one} rights={rights} />
          </Person>
        ))}
        {people.filter((one) => !known.has(one.userId)).map((one) => (
          <Person key={one.userId} green={green} userId={one.userId} name={one.name} there={one} isKnown />
        ))}
      </ul>
      {isIn && people.length === 0 && <p className="cs-hint">{words.alone}</p>}
      <div className="cs-actions">
        {isIn ? <Devices green={green} isOnAir={isOnAir} /> : null}
        {soundBlocked && <Button small icon="sound" onPress={() => void green.startSound()}>{messages.room.tapForSound}</Button>}
        {isIn ? (
          isOnAir && <Button small onPress={() => void green.leave()} data-testid="leave-green-room">{words.leave}</Button>
        ) : (
          <Button small icon="sound" onPress={() => void action.run(() => green.enter())} isDisabled={phase === 'connecting'} data-testid="enter-green-room">
            {words.enter}
          </Button>
        )}
      </div>
      <Problem error={error ?? action.error} />
    </section>
  );
}

/** Whether the others here hear and see me. Who is on air is off the show's microphone meanwhile. */
function Devices({ green, isOnAir }: { green: GreenRoom; isOnAir: boolean }): ReactElement {
  const { microphone, camera } = useLive(green);
  const words = messages.greenRoom;
  return (
    <>
      <Toggle on={microphone} icons={['microphoneOff', 'microphone']} words={words.talk} onChange={(on) => void green.setMicrophone(on)} testId="green-talk" />
      {!isOnAir && <Toggle on={camera} icons={['cameraOff', 'camera']} words={words.show} onChange={(on) => void green.setCamera(on)} testId="green-camera" />}
      {isOnAir && microphone && <p className="cs-notice-line" role="status">{words.offTheShow}</p>}
    </>
  );
}

interface ToggleProps {
  on: boolean;
  icons: [off: IconName, on: IconName];
  /** The same whether it is on or off; that is said by its being pressed. */
  words: string;
  onChange: (on: boolean) => void;
  testId: string;
}

function Toggle({ on, icons, words, onChange, testId }: ToggleProps): ReactElement {
  return (
    <ToggleButton className="cs-button" data-small data-tone={on ? 'primary' : 'plain'} isSelected={on} onChange={onChange} data-testid={testId}>
      <Icon name={icons[Number(on)]!} />
      <span>{words}</span>
    </ToggleButton>
  );
}

interface PersonProps {
  green: GreenRoom;
  userId: string;
  name: string;
  there: MediaParticipant | undefined;
  /** Who is not there oneself does not know of others. */
  isKnown: boolean;
  children?: ReactElement;
}

function Person({ green, userId, name, there, isKnown, children }: PersonProps): ReactElement {
  const words = messages.greenRoom;
  const status = !isKnown ? words.accepted : !there ? words.away : there.microphone === 'on' ? (there.speaking ? words.speaks : words.heard) : words.listens;
  return (
    <li className="cs-row" data-testid={`green-${userId}`} data-there={there !== undefined} data-heard={there?.microphone === 'on'}>
      <span className="cs-green-picture">
        <Avatar userId={userId} name={name} />
        {there?.videoId !== undefined && <Picture key={there.videoId} green={green} userId={userId} />}
      </span>
      <div className="cs-row-text">
        <Name className="cs-row-name">{name}</Name>
        <span className="cs-row-status">{status}</span>
      </div>
      {children}
    </li>
  );
}

function Picture({ green, userId }: { green: GreenRoom; userId: string }): ReactElement {
  return <video ref={useVideo(green, userId)} muted playsInline autoPlay aria-hidden="true" />;
}

/** Of somebody who has accepted: the call to the stage, and taking the place back. */
function Place({ room, invitation, rights }: { room: RoomHandle; invitation: LiveInvitation; rights: StageRights }): ReactElement {
  const action = useAction();
  const call = useCall(invitation.calledFor);
  const words = messages.greenRoom;
  const { inviteeId, inviteeName } = invitation;
  const calling = call === undefined ? words.call : call.seconds > 0 ? words.counting({ seconds: call.seconds }) : words.callAgain;
  return (
    <div className="cs-row-actions">
      {rights.moderates && (
        <Button small aria-label={words.takeBackName({ name: inviteeName })} onPress={() => void action.run(() => room.stage.remove(inviteeId))} isDisabled={action.busy} data-testid={`take-back-${inviteeId}`}>
          {words.takeBack}
        </Button>
      )}
      {rights.invites && (
        <Button small tone="primary" aria-label={words.callName({ words: calling, name: inviteeName })} onPress={() => void action.run(() => invitation.call())} isDisabled={action.busy || (call !== undefined && call.seconds > 0)} data-testid={`call-${inviteeId}`}>
          {calling}
        </Button>
      )}
      <Problem error={action.error} />
    </div>
  );
}
