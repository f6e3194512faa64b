import { CostageError, type DeviceList } from '@costage/sdk';

/** "Choose another one" is no advice where there is none: that the one of last time is gone is then not what matters. */
export function whereNoneIs(error: CostageError | undefined, { cameras, microphones }: DeviceList): CostageError | undefined {
  const hasNone = { camera_gone: cameras.length === 0, microphone_gone: microphones.length === 0 }[error?.code ?? ''];
  return error && hasNone ? new CostageError(error.code.replace('_gone', '_missing'), error.message, { cause: error }) : error;
}
