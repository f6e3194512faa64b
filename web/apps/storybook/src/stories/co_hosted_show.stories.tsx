import type { Meta, StoryObj } from '@storybook/react-vite';
import { aMessage, anInvitation, aRequest, aRoom, aSeat, aShow, at, kRoomId } from '../fake/show.js';
import { StoryShow } from '../story_show.js';

const meta: Meta<typeof StoryShow> = { title: 'CoHostedShow', component: StoryShow };
export default meta;
type Story = StoryObj<typeof StoryShow>;

/** What a person does first in a story. */
const press = (testId: string): Pick<Story, 'play'> => ({
  play: async ({ canvas, userEvent }) => userEvent.click(await canvas.findByTestId(testId, undefined, { timeout: 10_000 })),
});

const idle = () => aRoom({ status: 'idle', liveAt: undefined });

export const HostBeforeTheShow: Story = { args: { me: 'hanna', show: () => aShow(0, { room: idle() }) } };
const planned = () => aRoom({ status: 'idle', liveAt: undefined, scheduledAt: at(5400), coverAt: at(-60) });
export const HostPlans: Story = { ...press('plan'), args: { me: 'hanna', show: () => aShow(0, { room: planned() }) } };
export const HostAlone: Story = { args: { me: 'hanna', show: () => aShow(1) } };
export const HostInvitesAndIsAsked: Story = {
  args: {
    me: 'hanna',
    show: () =>
      aShow(2, {
        invitations: [anInvitation('carla'), anInvitation('dmitri', { status: 'rejected' }), anInvitation('emeka', { status: 'accepted' })],
        requests: [aRequest('farah', 'I have glazed for twenty years!'), aRequest('giulia', '', { createdAt: at(-20) })],
      }),
  },
};
export const HostModerates: Story = {
  ...press('order'),
  args: {
    me: 'hanna',
    show: () => {
      const show = aShow(1);
      const spam = aMessage('leila', 'Win at my casino!', { messageId: 'msg_held', status: 'held' });
      show.moderation = {
        people: [{ userId: 'hiro', name: 'Hiro', moderator: true, muted: false, banned: false }, { userId: 'jonas', name: 'Jonas', moderator: false, muted: true, banned: false, reason: 'Spam.', byId: 'hanna', at: at(-60) }],
        held: [spam],
        reports: [{ reportId: 'rep_1', roomId: kRoomId, message: show.chat.messages[1]!, userId: 'kavya', name: 'Kavya', reason: 'spam', open: true, createdAt: at(-20) }],
      };
      return show;
    },
  },
};
export const HostSetsTheChat: Story = { ...press('chat-settings'), args: { me: 'hanna', show: () => aShow(1) } };
export const Viewer: Story = { args: { me: 'leila', show: () => aShow(2) } };
export const ViewerBeforeTheShow: Story = { args: { me: 'leila', show: () => aShow(0, { room: idle() }) } };
export const ViewerBeforeAPlannedShow: Story = { args: { me: 'leila', show: () => aShow(0, { room: planned() }) } };
export const ViewerWaitsForAnAnswer: Story = { args: { me: 'leila', show: () => aShow(2, { requests: [aRequest('leila', 'May I show my bowl?', { place: 3 })] }) } };
export const ViewerIsInvited: Story = { args: { me: 'leila', show: () => aShow(1, { invitations: [anInvitation('leila')] }) } };
export const CoHostGetsReady: Story = { ...press('rejoin-stage'), args: { me: 'leila', show: () => aShow(1, { invitations: [anInvitation('leila', { status: 'accepted' })] }) } };
export const CoHostOnStage: Story = { args: { me: 'bo', show: () => aShow(3, { invitations: [anInvitation('bo', { status: 'accepted' })] }) } };
export const Ended: Story = { args: { me: 'leila', show: () => aShow(0, { room: aRoom({ status: 'ended', endedAt: at(-5), endReason: 'stopped' }) }) } };
export const HostIsAway: Story = {
  args: { me: 'leila', show: () => aShow(0, { room: aRoom({ status: 'waitingReconnect', reconnectBy: at(55) }), stage: { roomId: kRoomId, seats: [aSeat('hanna', { state: 'reconnecting', camera: 'off', microphone: 'off' })] } }) },
};
export const ServerIsAway: Story = { args: { me: 'leila', show: () => aShow(2), goesAway: true } };
