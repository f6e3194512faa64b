import { createPreview, createReadiness, type Preview, type PreviewState, type Readiness, type ReadinessState, type RoomHandle } from '@costage/sdk';
import { useEffect, useMemo, useState } from 'react';
import { useLive } from './use_live.js';

/** My own camera and microphone before going on air, running while `on`. Hand `preview` to `join` or `goOnStage`, which takes them over. */
export function usePreview(on = true): PreviewState & { preview: Preview } {
  const [preview] = useState(createPreview);
  useEffect(() => {
    if (!on) return;
    void preview.start();
    return () => preview.stop();
  }, [preview, on]);
  const state = useLive(preview);
  return useMemo(() => ({ preview, ...state }), [preview, state]);
}

/** Whether camera, microphone and connection are good enough to go on stage; whoever invites sees it beside the invitation. */
export function useReadiness(room: RoomHandle, preview: Preview): ReadinessState & { readiness: Readiness } {
  const readiness = useMemo(() => createReadiness(room, preview), [room, preview]);
  const state = useLive(readiness);
  return useMemo(() => ({ readiness, ...state }), [readiness, state]);
}
