import { useRoom } from '@costage/react';
import type { RoomHandle } from '@costage/sdk';
import {
  AskToJoin, Chat, CoHostStage, GreenRoom, HostBar, InvitationBanner, InviteCoHostPage, LivePlayer, ModerationPanel, Reactions, RecordingBadges,
  RecordingControls, RequestQueue, RoomSettings, RunOfShow, StageControls, StageTile, ViewerList, type RoomPartProps,
} from '@costage/ui';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ComponentType, ReactElement } from 'react';
import { anEgress, anInvitation, aRequest, aRoom, aShow, kRoomId, withEgresses, type Show } from '../fake/show.js';
import { World } from '../story_show.js';

interface PartStoryProps {
  me: string;
  show: () => Show;
  Part: ComponentType<RoomPartProps>;
}

function InRoom({ Part }: Pick<PartStoryProps, 'Part'>): ReactElement {
  const { room } = useRoom(kRoomId);
  return <main className="story"><h1>Pottery, live</h1><Part room={room} /></main>;
}

/** A part alone, as an application has it in a page of its own. */
function PartStory({ me, show, Part }: PartStoryProps): ReactElement {
  return <World me={me} show={show}><InRoom Part={Part} /></World>;
}

const meta: Meta<typeof PartStory> = { title: 'Parts', component: PartStory };
export default meta;
type Story = StoryObj<typeof PartStory>;

const part = (Part: ComponentType<RoomPartProps>, me: string, show: () => Show = () => aShow(2)): Story => ({ args: { me, show, Part } });
const isInvited = (): Show => aShow(1, { invitations: [anInvitation('viewer')] });
const hasAccepted = (): Show => aShow(1, { invitations: [anInvitation('viewer', { status: 'accepted' })] });
const isAsked = (): Show => aShow(1, { requests: [aRequest('farah', 'I have glazed for twenty years!'), aRequest('giulia', '')] });

export const StageOfTheHost = part(CoHostStage, 'hanna');
export const StageBeforeTheShow = part(CoHostStage, 'hanna', () => aShow(0, { room: aRoom({ status: 'idle', liveAt: undefined }) }));
export const StageOfACoHost = part(CoHostStage, 'bo');
export const PlayerOfAViewer = part(LivePlayer, 'viewer');
export const OneTile = part(({ room }: { room: RoomHandle }) => <StageTile room={room} userId="hanna" />, 'viewer');
export const ControlsOfTheHost = part(StageControls, 'hanna');
export const BannerOfWhoIsInvited = part(InvitationBanner, 'viewer', isInvited);
export const GreenRoomOfWhoHasAccepted = part(GreenRoom, 'viewer', hasAccepted);
export const Asking = part(AskToJoin, 'viewer', () => aShow(1));
export const InvitePage = part(InviteCoHostPage, 'hanna', isAsked);
export const Queue = part(RequestQueue, 'hanna', isAsked);
export const Viewers = part(ViewerList, 'hanna');
export const ChatOfAViewer = part(Chat, 'viewer');
export const RowOfReactions = part(Reactions, 'viewer');
export const BarOfTheHost = part(HostBar, 'hanna');
const isRecorded = (): Show => withEgresses(aShow(1), [anEgress()]);
export const Badges = part(RecordingBadges, 'viewer', isRecorded);
export const Recording = part(RecordingControls, 'hanna', isRecorded);
export const Moderation = part(ModerationPanel, 'hanna');
export const Running = part(RunOfShow, 'hanna');
export const Settings = part(RoomSettings, 'hanna');
