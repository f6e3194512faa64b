// A sine to publish and a detector to find it again at the other end.
import { AudioFrame, AudioSource, AudioStream, LocalAudioTrack, TrackPublishOptions, TrackSource }
  from './rtc_node.mjs';

const toneHz = 440;
const amplitude = 0.6 * 32767;

// `options` of the publication: dtx, red, ...
export async function publishTone(room, { rate = 48000, channels = 1, ...options } = {}) {
  const source = new AudioSource(rate, channels);
  const track = LocalAudioTrack.createAudioTrack('tone', source);
  const publication = await room.localParticipant.publishTrack(track,
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE, ...options }));
  let running = true;
  const playing = play(source, rate, channels, () => running);
  const stop = async () => { running = false; await playing; await track.close(); };
  return { publication, track, stop };
}

async function play(source, rate, channels, running) {
  const samples = rate / 100;
  for (let t = 0; running(); t += samples) {
    const frame = AudioFrame.create(rate, channels, samples);
    for (let i = 0; i < samples; ++i) {
      const value = Math.round(amplitude * Math.sin((2 * Math.PI * toneHz * (t + i)) / rate));
      frame.data.fill(value, i * channels, (i + 1) * channels);
    }
    await source.captureFrame(frame);
  }
}

// Share of the signal's power that lies at the tone, per channel, 0..1 (Goertzel's algorithm).
function toneShare(samples, rate) {
  const coefficient = 2 * Math.cos((2 * Math.PI * toneHz) / rate);
  let s1 = 0, s2 = 0, power = 0;
  for (const x of samples) {
    [s1, s2] = [x + coefficient * s1 - s2, s1];
    power += x * x;
  }
  const atTone = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  return power === 0 ? 0 : (2 * atTone) / (samples.length * power);
}

// Listens until half a second of each channel is clearly the tone; gives the best shares heard after `patience` frames.
export async function hearTone(track, { rate = 48000, channels = 1, patience = 600 } = {}) {
  const reader = new AudioStream(track, { sampleRate: rate, numChannels: channels }).getReader();
  const windows = Array.from({ length: channels }, () => []);
  let best = [];
  for (let frames = 0; frames < patience; ++frames) {
    const { done, value } = await reader.read();
    if (done) break;
    if (value.sampleRate !== rate || value.channels !== channels) throw new Error('frame of another format');
    for (let i = 0; i < value.data.length; ++i) windows[i % channels].push(value.data[i]);
    if (windows[0].length < rate / 2) continue;
    best = windows.map((window) => toneShare(window, rate));
    if (best.every((share) => share > 0.8)) break;
    for (const window of windows) window.splice(0, rate / 10);
  }
  await reader.cancel();
  return best;
}
