// node tests/interop/go_client/make_media.mjs: writes media/*.ivf, what the Go client publishes, by Chromium's encoders: a moving
// square as VP8 in three sizes, a key frame first, and 440 Hz as Opus. Done once; the files are kept.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openPage } from '../../support/browser.mjs';

const folder = fileURLToPath(new URL('media/', import.meta.url));
const pictures = { q: [320, 180, 60_000], h: [640, 360, 120_000], f: [1280, 720, 240_000] };

// In the page: gives each encoded frame in base64.
async function encodePictures([width, height, bitrate]) {
  const frames = [];
  const encoder = new VideoEncoder({ output: (chunk) => frames.push(window.base64(chunk)), error: (error) => { throw error; } });
  encoder.configure({ codec: 'vp8', width, height, bitrate, framerate: 25, latencyMode: 'realtime' });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  for (let n = 0; n < 50; ++n) {
    context.fillStyle = '#246';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#fd8';
    context.fillRect(n * (width / 64), height / 3, height / 4, height / 4);
    const frame = new VideoFrame(canvas, { timestamp: n * 40_000 });
    encoder.encode(frame, { keyFrame: n === 0 });
    frame.close();
    await encoder.flush();
  }
  return frames;
}

async function encodeTone() {
  const packets = [];
  const encoder = new AudioEncoder({ output: (chunk) => packets.push(window.base64(chunk)), error: (error) => { throw error; } });
  encoder.configure({ codec: 'opus', sampleRate: 48000, numberOfChannels: 1, bitrate: 32_000 });
  const data = Float32Array.from({ length: 48000 }, (_, t) => 0.5 * Math.sin((2 * Math.PI * 440 * t) / 48000));
  encoder.encode(new AudioData({ format: 'f32', sampleRate: 48000, numberOfFrames: 48000, numberOfChannels: 1, timestamp: 0, data }));
  await encoder.flush();
  return packets;
}

function ivf(fourcc, [width, height], rate, frames) {
  const header = Buffer.alloc(32);
  header.write('DKIF');
  header.writeUInt16LE(32, 6);
  header.write(fourcc, 8);
  header.writeUInt16LE(width, 12);
  header.writeUInt16LE(height, 14);
  header.writeUInt32LE(rate, 16);
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(frames.length, 24);
  const entries = frames.map((text, n) => {
    const data = Buffer.from(text, 'base64');
    const head = Buffer.alloc(12);
    head.writeUInt32LE(data.length);
    head.writeUInt32LE(n, 4);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, ...entries]);
}

const browser = await launchBrowser({ fps: 20 });
const site = createServer((_, response) => response.end('<!doctype html>')).listen(0, '127.0.0.1');  // encoders need a secure origin
await new Promise((done) => site.once('listening', done));
const page = await openPage(browser, { url: `http://127.0.0.1:${site.address().port}/` });
await page.evaluate(() => {
  window.base64 = (chunk) => {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    return btoa(String.fromCharCode(...bytes));
  };
});
for (const [name, shape] of Object.entries(pictures))
  writeFileSync(`${folder}${name}.ivf`, ivf('VP80', shape, 25, await page.evaluate(encodePictures, shape)));
writeFileSync(`${folder}tone.ivf`, ivf('OPUS', [0, 0], 50, await page.evaluate(encodeTone)));
await browser.close();
site.close();
