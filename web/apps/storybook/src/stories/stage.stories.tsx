import type { Meta, StoryObj } from '@storybook/react-vite';
import { aShow } from '../fake/show.js';
import { StoryShow } from '../story_show.js';

const meta: Meta<typeof StoryShow> = { title: 'Stage', component: StoryShow };
export default meta;
type Story = StoryObj<typeof StoryShow>;

const watched = (onStage: number): Story => ({ args: { me: 'viewer', show: () => aShow(onStage) } });

export const One = watched(1);
export const Two = watched(2);
export const Five = watched(5);
export const Six = watched(6);
export const Twelve = watched(12);

export const Spotlight: Story = { args: { me: 'viewer', show: () => aShow(5, { scene: { layout: 'spotlight', spotlightId: 'carla', order: [] } }) } };
export const CamerasOff: Story = {
  args: {
    me: 'viewer',
    show: () => {
      const show = aShow(4);
      for (const seat of show.state.stage.seats.slice(1)) Object.assign(seat, { camera: 'muted', microphone: 'muted' });
      return show;
    },
  },
};
export const SharedScreen: Story = {
  args: {
    me: 'viewer',
    show: () => {
      const show = aShow(2);
      show.state.stage.seats[1]!.screen = 'on';
      return show;
    },
  },
};
