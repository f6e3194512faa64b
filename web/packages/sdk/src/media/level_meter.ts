/** Milliseconds: as often as an eye follows. */
const kEach = 50;

/**
 * Loudness of a microphone from 0 to 1, twenty times a second. Returns what stops it. Silent itself as long as the browser
 * waits for a tap before it lets sound be looked at: that says nothing about the microphone.
 */
export function meterLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  analyser.smoothingTimeConstant = 0.6;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const tick = (): void => {
    if (context.state === 'running') {
      analyser.getFloatTimeDomainData(samples);
      onLevel(levelOf(samples));
    } else if (navigator.userActivation?.hasBeenActive) {
      void context.resume();
    }
  };
  const timer = setInterval(tick, kEach);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Root mean square on a scale of decibels: -60 dBFS is 0, full scale is 1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms <= 0.001) return 0;
  return Math.min(1, 1 + (20 * Math.log10(rms)) / 60);
}
