import { useAction } from '@costage/react';
import type { RoomHandle, Scene } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Choice } from '../base/field.js';
import { Problem } from '../base/problem.js';

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
