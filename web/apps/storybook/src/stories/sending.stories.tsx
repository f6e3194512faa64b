import type { Meta, StoryObj } from '@storybook/react-vite';
import { anIngress } from '../fake/sending.js';
import { anEgress, anInvitation, aRoom, aShow, at, withEgresses, type Show } from '../fake/show.js';
import { StoryShow } from '../story_show.js';

const meta: Meta<typeof StoryShow> = { title: 'Recording, other platforms, streaming software', component: StoryShow };
export default meta;
type Story = StoryObj<typeof StoryShow>;

/** What a person does first in a story. */
const press = (testId: string): Pick<Story, 'play'> => ({
  play: async ({ canvas, userEvent }) => userEvent.click(await canvas.findByTestId(testId, undefined, { timeout: 10_000 })),
});

const twitch = { url: 'rtmps://ingest.example.tv/app/…', failed: false };
const refused = { url: 'rtmp://a.rtmp.example.com/live2/…', failed: true };
const restream = () => anEgress({ egressId: 'EG_3', kind: 'restream', startedAt: at(-120), destinations: [twitch, refused] });
const ended = () => [
  anEgress({ egressId: 'EG_2', state: 'complete', startedAt: at(-3600), endedAt: at(-1800), file: { location: 's3://shows/pottery/room_pottery-2026-11-30T190000.mp4', seconds: 1801, bytes: 1_240_000_000 } }),
  anEgress({ egressId: 'EG_0', state: 'failed', startedAt: at(-4000), endedAt: at(-3990), error: 'Start signal not received' }),
];

const both = (show: Show): Show => ({ ...show, state: { ...show.state, ingressAvailable: true } });
const recorded = (onStage: number): Show => withEgresses(aShow(onStage), [restream(), anEgress()]);

export const HostMayRecord: Story = { args: { me: 'hanna', show: () => both(withEgresses(aShow(2), [])) } };
export const HostRecords: Story = { args: { me: 'hanna', show: () => both(recorded(2)) } };
export const HostStopsRecording: Story = { ...press('record-stop'), args: { me: 'hanna', show: () => recorded(1) } };
export const HostChoosesPlatforms: Story = { ...press('restream-open'), args: { me: 'hanna', show: () => withEgresses(aShow(1), ended()) } };
export const HostStreamsElsewhere: Story = { ...press('restream-open'), args: { me: 'hanna', show: () => withEgresses(aShow(1), [restream(), ...ended()]) } };
export const ViewerOfARecordedShow: Story = { args: { me: 'leila', show: () => recorded(2) } };
export const CoHostIsRecorded: Story = { args: { me: 'bo', show: () => both({ ...recorded(2), state: { ...recorded(2).state, invitations: [anInvitation('bo', { status: 'accepted' })] } }) } };
export const CoHostGetsReadyForARecordedShow: Story = {
  ...press('rejoin-stage'),
  args: { me: 'leila', show: () => both(withEgresses(aShow(1, { invitations: [anInvitation('leila', { status: 'accepted' })] }), [anEgress()])) },
};
export const HostChoosesSoftware: Story = { ...press('software-open'), args: { me: 'hanna', show: () => both(aShow(1)) } };
export const HostChoosesSoftwareBeforeTheShow: Story = { ...press('software-open'), args: { me: 'hanna', show: () => both(aShow(0, { room: aRoom({ status: 'idle', liveAt: undefined }) })) } };
export const HostHasOpenedSoftware: Story = { args: { me: 'hanna', show: () => ({ ...both(withEgresses(aShow(2), [])), ingress: anIngress() }) } };
export const HostIsOnStageBySoftware: Story = { args: { me: 'hanna', show: () => ({ ...both(withEgresses(aShow(2), [anEgress()])), ingress: anIngress({ state: 'publishing' }) }) } };
export const CoHostsSoftwareFailed: Story = { args: { me: 'bo', show: () => ({ ...both(aShow(2)), ingress: anIngress({ input: 'whip', url: 'https://live.example.org/w', state: 'failed', error: 'unsupported codec: hevc' }) }) } };
