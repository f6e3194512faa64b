import { useAction } from '@costage/react';
import type { Room, RoomHandle } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from '../base/button.js';
import { Text } from '../base/field.js';
import { Problem } from '../base/problem.js';
import { useDraft } from '../base/use_draft.js';
import { messages } from '../words/messages.js';
import { fromLocalField, toLocalField } from './local_time.js';
import { ShowPicture } from './show_picture.js';
import { shrunk } from './shrunk.js';

interface Props {
  room: RoomHandle;
  /** As it is now. */
  show: Room;
}

/** What viewers see of a show before it begins: when, and its cover. Folded, as most shows have neither. */
export function PlanFields({ room, show }: Props): ReactElement {
  return (
    <details className="cs-devices cs-plan">
      <summary data-testid="plan">{messages.plan.title}</summary>
      <div className="cs-plan-fields">
        <PlannedStart room={room} show={show} />
        <Cover room={room} show={show} />
      </div>
    </details>
  );
}

function PlannedStart({ room, show }: Props): ReactElement {
  const draft = useDraft(toLocalField(show.scheduledAt), (time) => room.update({ scheduledAt: fromLocalField(time) }));
  return (
    <div>
      <Text
        type="datetime-local"
        label={messages.plan.start}
        description={messages.plan.startHint}
        value={draft.value}
        onChange={draft.set}
        onBlur={draft.leave}
        isInvalid={draft.error !== undefined}
        testId="planned-start"
      />
      <Problem error={draft.error} />
    </div>
  );
}

function Cover({ room, show }: Props): ReactElement {
  const [isUnusable, setUnusable] = useState(false);
  const action = useAction();
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const picture = await shrunk(file).catch(() => undefined);
    setUnusable(picture === undefined);
    if (picture) await action.run(() => room.chooseCover(picture));
  };
  const hasCover = show.coverAt !== undefined;
  return (
    <div className="cs-cover" role="group" aria-label={messages.plan.cover}>
      <ShowPicture room={show} />
      <div className="cs-cover-acts">
        <strong>{messages.plan.cover}</strong>
        <p className="cs-hint">{messages.plan.coverHint}</p>
        <div className="cs-actions">
          <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => void choose(files?.[0])}>
            <Button small isDisabled={action.busy} data-testid="choose-cover">
              {hasCover ? messages.plan.changeCover : messages.plan.chooseCover}
            </Button>
          </FileTrigger>
          {hasCover && (
            <Button small tone="quiet" isDisabled={action.busy} onPress={() => void action.run(() => room.removeCover())} data-testid="remove-cover">
              {messages.plan.removeCover}
            </Button>
          )}
        </div>
        {isUnusable && <p className="cs-problem" role="alert" data-testid="cover-unusable">{messages.plan.unusable}</p>}
        <Problem error={action.error} />
      </div>
    </div>
  );
}
