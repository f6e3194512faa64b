import { CostageError, type DeviceList } from '@costage/sdk';

/** "Choose another one" is no advice where there is none: that the one of last time is gone is then not what matters. */
export function whereNoneIs(error: CostageError | undefined, { cameras, microphones }: DeviceList): CostageError | undefined {
  if (error?.code === 'camera_gone' && cameras.length === 0) return new CostageError('camera_missing', error.message, { cause: error });
  if (error?.code === 'microphone_gone' && microphones.length === 0) return new CostageError('microphone_missing', error.message, { cause: error });
  return error;
}
