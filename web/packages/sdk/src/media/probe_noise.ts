/** A picture that cannot be compressed: the encoder then spends all that it may, and the way is what limits. */
export interface Noise {
  track: MediaStreamTrack;
  stop(): void;
}

// Firefox gives no picture below 800 x 480 more than 1.3 Mbit/s. The more of it, the fewer of them: this costs a quarter of 720p.
const kWidth = 848;
const kHeight = 480;
export const kNoiseFps = 15;
// Of 255. Full noise takes 600 kbit/s at the worst quality already, and a thin way would be blocked by the first picture.
const kContrast = 64;

/** On a canvas that is on no page, so nothing of it is seen. */
export function startNoise(): Noise {
  const canvas = document.createElement('canvas');
  canvas.width = kWidth;
  canvas.height = kHeight;
  const context = canvas.getContext('2d')!;
  const tile = noiseTile();
  const draw = (): void => context.drawImage(tile, -Math.random() * kWidth, -Math.random() * kHeight);
  draw();
  const [track] = canvas.captureStream(kNoiseFps).getVideoTracks();
  // Not requestAnimationFrame: where the screen is painted 120 times a second, three of four would be for nothing.
  const timer = setInterval(draw, 1000 / kNoiseFps);
  const stop = (): void => {
    clearInterval(timer);
    track!.stop();
    // Some browsers keep the memory of a canvas until it is small.
    canvas.width = canvas.height = tile.width = tile.height = 0;
  };
  return { track: track!, stop };
}

/** Made once: another part of it is shown each time, which is as new to an encoder as new noise, and costs nothing. */
function noiseTile(): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = 2 * kWidth;
  tile.height = 2 * kHeight;
  const context = tile.getContext('2d')!;
  const image = context.createImageData(tile.width, tile.height);
  for (let at = 0; at < image.data.length; at++) image.data[at] = at % 4 === 3 ? 255 : 128 + kContrast * (Math.random() - 0.5);
  context.putImageData(image, 0, 0);
  return tile;
}
