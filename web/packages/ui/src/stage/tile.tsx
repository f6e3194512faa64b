import { useNow } from '@costage/react';
import type { MediaParticipant, MediaState, Seat, StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';
import { isolated, plain } from '../base/names.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { IconButton } from '../base/button.js';
import { Icon } from '../base/icon.js';
import { Picture } from './picture.js';
import { TileMenu, type TileAction } from './tile_menu.js';

interface Props {
  seat: Seat;
  media: StageMedia;
  participant: MediaParticipant | undefined;
  phase: MediaState['phase'];
  isSelf: boolean;
  closing?: { label: string; testId?: string; onPress: () => void } | undefined;
  actions?: TileAction[];
  /** Their connection drops again and again. */
  isUnsteady?: boolean;
  /** Left out where it cannot be dragged. */
  drag?: { isDragged: boolean; isTarget: boolean } | undefined;
}

/** What is known of a seat: the media connection is ahead of the room's history, so it wins while it knows the person. */
export function tileState(seat: Seat, participant: MediaParticipant | undefined, isSelf: boolean, phase: MediaState['phase']) {
  const state = isSelf && phase === 'reconnecting' ? ('reconnecting' as const) : seat.state;
  return {
    state,
    camera: participant?.camera ?? seat.camera,
    microphone: participant?.microphone ?? seat.microphone,
    speaking: participant?.speaking === true && state === 'onAir',
    weak: state === 'onAir' && (participant?.quality === 'poor' || participant?.quality === 'lost'),
  };
}

export function Tile({ seat, media, participant, phase, isSelf, closing, actions = [], isUnsteady = false, drag }: Props): ReactElement {
  const { state, camera, microphone, speaking, weak } = tileState(seat, participant, isSelf, phase);
  const role = seat.role === 'host' ? messages.stage.host : messages.stage.coHost;
  const marks = [
    microphone !== 'on' && messages.stage.muted,
    camera !== 'on' && messages.stage.cameraOff,
    weak && messages.stage.poor,
    isUnsteady && messages.unsteady.other,
    messages.stage.state[state],
  ].filter((mark): mark is string => Boolean(mark));
  const name = isSelf ? `${isolated(seat.name)} (${messages.you})` : plain(seat.name);
  return (
    <li
      className="cs-tile"
      data-testid={`tile-${seat.userId}`}
      data-role={seat.role}
      data-state={state}
      data-camera={camera}
      data-microphone={microphone}
      data-speaking={speaking}
      data-self={isSelf}
      data-drag-id={drag && seat.userId}
      data-dragged={drag?.isDragged || undefined}
      data-drop-target={drag?.isTarget || undefined}
      aria-label={[isolated(name), role, ...marks].join(', ')}
    >
      <Avatar userId={seat.userId} name={seat.name} large />
      <Picture userId={seat.userId} picture="camera" media={media} videoId={camera === 'on' ? participant?.videoId : undefined} isMirrored={isSelf} />
      {messages.stage.state[state] !== '' && (
        <span className="cs-tile-state">
          {messages.stage.state[state]}
          {state === 'reconnecting' && seat.releaseAt && <Grace until={seat.releaseAt} />}
        </span>
      )}
      {isUnsteady && (
        <span className="cs-tile-unsteady" data-testid={`unsteady-${seat.userId}`} aria-hidden="true">
          <Icon name="weak" />
          <span>{messages.unsteady.other}</span>
        </span>
      )}
      <div className="cs-tile-foot" aria-hidden="true">
        <span className="cs-role-badge" data-role={seat.role}>{role}</span>
        <bdi className="cs-tile-name">{name}</bdi>
        {weak && <Icon name="weak" />}
        {microphone !== 'on' && <Icon name="microphoneOff" />}
      </div>
      {actions.length > 0 && (
        <div className="cs-tile-menu">
          <TileMenu label={messages.stage.menu({ name: seat.name })} id={seat.userId} actions={actions} />
        </div>
      )}
      {closing && (
        <div className="cs-tile-close">
          <IconButton icon="close" label={closing.label} onPress={closing.onPress} {...(closing.testId ? { 'data-testid': closing.testId } : {})} />
        </div>
      )}
    </li>
  );
}

/** How long the place is kept. */
function Grace({ until }: { until: string }): ReactElement {
  const now = useNow(true);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  return <span className="cs-tile-grace" data-testid="grace"> {messages.stage.secondsLeft({ seconds })}</span>;
}
