import type { RoomHandle, Scene } from '@costage/sdk';
import type { ReactElement } from 'react';
import { useAction } from '../lib/hooks.js';
import { messages } from '../messages.js';
import { Choice } from './field.js';
import { Problem } from './problem.js';

const kLayouts: readonly Scene['layout'][] = ['automatic', 'grid', 'spotlight', 'sideBySide', 'pictureInPicture', 'screen'];

/** How the stage is shown to everybody. */
export function LayoutChoice({ room, scene }: { room: RoomHandle; scene: Scene }): ReactElement {
  const action = useAction();
  return (
    <>
      <Choice
        label={messages.stage.layout.label}
        options={kLayouts.map((id) => ({ id, name: messages.stage.layout[id] }))}
        value={scene.layout}
        onChange={(layout) => void action.run(() => room.stage.setScene({ ...scene, layout: layout as Scene['layout'] }))}
        isDisabled={action.busy}
        testId="layout"
      />
      <Problem error={action.error} />
    </>
  );
}
