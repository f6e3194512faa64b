import { useLive } from '@costage/react';
import type { StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';
import { Dialog, Heading, Label, Modal, ModalOverlay, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { Button } from '../base/button.js';
import { messages } from '../words/messages.js';

interface Props {
  media: StageMedia;
  userId: string;
  name: string;
  onClose: () => void;
}

/** How loud one person is on this page. */
export function VolumeDialog({ media, userId, name, onClose }: Props): ReactElement {
  const volume = useLive(media.watching).volumes[userId] ?? 1;
  return (
    <ModalOverlay className="cs-overlay" isOpen onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className="cs-modal">
        <Dialog className="cs-dialog">
          <Heading slot="title">{messages.stage.volume.title({ name })}</Heading>
          <Slider className="cs-slider" value={volume} minValue={0} maxValue={1} step={0.05} formatOptions={{ style: 'percent' }} onChange={(value) => media.watching.setVolume(userId, value)}>
            <Label>{messages.stage.volume.label}</Label>
            <SliderOutput />
            <SliderTrack className="cs-slider-track">
              <SliderThumb className="cs-slider-thumb" data-testid="volume" />
            </SliderTrack>
          </Slider>
          <div className="cs-actions">
            <Button onPress={onClose} data-testid="volume-close">{messages.close}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
