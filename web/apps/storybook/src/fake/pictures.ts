// Pictures without cameras: a coloured canvas with a name, and silence without a microphone.

const kHue = 47;

/** One per person, for as long as the page lives. */
const kCameras = new Map<string, MediaStreamTrack>();

export function cameraOf(name: string): MediaStreamTrack {
  let track = kCameras.get(name);
  if (!track || track.readyState === 'ended') kCameras.set(name, (track = draw(name)));
  return track;
}

function draw(name: string): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const context = canvas.getContext('2d')!;
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * kHue, 0) % 360;
  const paint = (): void => {
    context.fillStyle = `hsl(${hue} 35% 30%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = `hsl(${hue} 45% 55%)`;
    context.beginPath();
    context.arc(320, 150, 70, 0, 2 * Math.PI);
    context.arc(320, 400, 160, 0, 2 * Math.PI);
    context.fill();
  };
  paint();
  const [track] = canvas.captureStream().getVideoTracks();
  // An element that is attached later gets no frame of a canvas that nobody paints.
  const timer = setInterval(() => (track!.readyState === 'ended' ? clearInterval(timer) : paint()), 500);
  return track!;
}

export function silence(): MediaStreamTrack {
  return new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;
}

const device = (kind: MediaDeviceKind, deviceId: string, label: string): MediaDeviceInfo => ({ kind, deviceId, label, groupId: '', toJSON: () => ({}) });

/** So that the list shows which one is in use. */
const from = (deviceId: string, track: MediaStreamTrack): MediaStreamTrack => Object.assign(track, { getSettings: () => ({ deviceId }) });

/** From then on the page has these devices, and the browser asks nobody. */
export function fakeDevices(name: string): void {
  const devices = Object.assign(new EventTarget(), {
    enumerateDevices: async () => [device('videoinput', 'camera', 'Fake camera'), device('audioinput', 'microphone', 'Fake microphone'), device('audiooutput', 'speaker', 'Fake speaker')],
    getUserMedia: async ({ video }: MediaStreamConstraints) => new MediaStream([video ? from('camera', draw(name)) : from('microphone', silence())]),
    getDisplayMedia: async () => new MediaStream([draw('screen')]),
  });
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: devices });
}
