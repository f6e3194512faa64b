import type { DeviceList } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Choice } from '../base/field.js';

interface Props {
  list: DeviceList;
  cameraId: string | undefined;
  microphoneId: string | undefined;
  onCamera: (deviceId: string) => void;
  onMicrophone: (deviceId: string) => void;
  isDisabled?: boolean;
}

/** Which camera and which microphone; a list of none is not shown. */
export function DeviceChoices({ list, cameraId, microphoneId, onCamera, onMicrophone, isDisabled = false }: Props): ReactElement {
  return (
    <div className="cs-device-choices">
      <Choice label={messages.preview.camera} options={options(list.cameras)} value={cameraId} onChange={onCamera} isDisabled={isDisabled} testId="choose-camera" />
      <Choice label={messages.preview.microphone} options={options(list.microphones)} value={microphoneId} onChange={onMicrophone} isDisabled={isDisabled} testId="choose-microphone" />
    </div>
  );
}

function options(devices: MediaDeviceInfo[]): { id: string; name: string }[] {
  return devices.map((device, at) => ({ id: device.deviceId, name: device.label || `${at + 1}` }));
}
