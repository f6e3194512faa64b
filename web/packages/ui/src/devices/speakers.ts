// The loudspeaker: which there are, and a tone through one of them.

export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype && navigator.mediaDevices !== undefined;
}

/** None before a microphone is allowed. A browser that lists nothing is one without a choice. */
export async function listSpeakers(): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return all.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '');
}

const kToneSeconds = 0.9;
/** Two notes, so that it is heard as a sign and not as a fault. */
const kNotes = [523.25, 659.25];
const kLoudness = 0.2;

/** Ends with the tone. Through an element, because only elements take a loudspeaker in each browser that can choose. */
export async function playTestTone(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const out = context.createMediaStreamDestination();
    element.srcObject = out.stream;
    if (speakerId !== undefined && canChooseSpeaker()) await element.setSinkId(speakerId);
    await Promise.all([context.resume(), element.play()]);
    await notes(context, out);
  } finally {
    element.pause();
    element.srcObject = null;
    await context.close();
  }
}

function notes(context: AudioContext, out: AudioNode): Promise<void> {
  const length = kToneSeconds / kNotes.length;
  return new Promise((resolve) => {
    kNotes.forEach((frequency, at) => {
      const start = context.currentTime + 0.05 + at * length;
      const [source, gain] = [context.createOscillator(), context.createGain()];
      source.frequency.value = frequency;
      // From and to nothing: an edge would click.
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(kLoudness, start + 0.03);
      gain.gain.linearRampToValueAtTime(0, start + length);
      source.connect(gain).connect(out);
      source.start(start);
      source.stop(start + length);
      if (at === kNotes.length - 1) source.onended = () => resolve();
    });
  });
}
