import type { ChatSettings as Settings, RoomHandle } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useNewest } from '../base/use_newest.js';
import { duration } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { Button, IconButton } from '../base/button.js';
import { Choice } from '../base/field.js';
import { Problem } from '../base/problem.js';
import { PinDialog } from './pinned.js';

const kWriters: Settings['writers'][] = ['everybody', 'stage', 'nobody'];
const kSlowModes = [0, 5, 10, 30, 60, 300];
const kWatched = [0, 1, 5, 10, 30];

/** Who may write and how often, and an announcement: for who moderates. */
export function ChatSettings({ room, settings }: { room: RoomHandle; settings: Settings }): ReactElement {
  const words = messages.chat.settings;
  const [isOpen, setOpen] = useState(false);
  const [isPinning, setPinning] = useState(false);
  const pin = (): void => {
    setOpen(false);
    setPinning(true);
  };
  return (
    <>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <IconButton icon="settings" label={words.open} data-testid="chat-settings" />
        <Popover className="cs-menu-box" placement="bottom end">
          <Dialog className="cs-chat-settings">
            <Heading slot="title" level={3}>{words.title}</Heading>
            <Button small icon="pin" onPress={pin} data-testid="chat-announce">{words.announce}</Button>
            <Changes room={room} settings={settings} />
          </Dialog>
        </Popover>
      </DialogTrigger>
      {isPinning && <PinDialog room={room} onClose={() => setPinning(false)} />}
    </>
  );
}

/** The arrow keys choose faster than a server saves. */
function Changes({ room, settings }: { room: RoomHandle; settings: Settings }): ReactElement {
  const words = messages.chat.settings;
  const { value, edit, error } = useNewest(settings, (all) => room.chat.updateSettings(all));
  const set = (change: Partial<Settings>): void => void edit((before) => ({ ...before, ...change }));
  return (
    <>
      <Choice
        label={words.writers}
        options={kWriters.map((id) => ({ id, name: words.writersOf[id] }))}
        value={value.writers}
        onChange={(id) => set({ writers: id as Settings['writers'] })}
        testId="chat-writers"
      />
      <Choice
        label={words.slowMode}
        options={among(kSlowModes, value.slowModeSeconds).map((one) => ({ id: String(one), name: one === 0 ? words.slowModeOff : words.slowModeOf({ time: duration(one) }) }))}
        value={String(value.slowModeSeconds)}
        onChange={(id) => set({ slowModeSeconds: Number(id) })}
        testId="chat-slow-mode"
      />
      <Choice
        label={words.watched}
        options={among(kWatched, value.watchedMinutes).map((one) => ({ id: String(one), name: words.watchedOf({ minutes: one }) }))}
        value={String(value.watchedMinutes)}
        onChange={(id) => set({ watchedMinutes: Number(id) })}
        testId="chat-watched"
      />
      <Problem error={error} />
    </>
  );
}

/** One that was set elsewhere is among the choices, too. */
function among(choices: readonly number[], value: number): number[] {
  return choices.includes(value) ? [...choices] : [...choices, value].sort((a, b) => a - b);
}
