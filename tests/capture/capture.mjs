// Real packets of Chromium for the tests of src/sfu/wire: publishes one fake camera or microphone per codec to
// capture.cpp and keeps its first packets in src/sfu/wire/testdata. See tests/README.md.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const DEPENDENCY_DESCRIPTOR = 'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension';
const program = process.argv[2];
const only = process.argv.slice(3);
const folder = process.env.COSTAGE_CAPTURES ?? fileURLToPath(new URL('../../src/sfu/wire/testdata/', import.meta.url));

// `mode` is the scalability mode, `fmtp` what the format parameters must contain.
const captures = [
  { name: 'h264_mode1', mime: 'video/H264', fmtp: /packetization-mode=1.*42e01f/, pictures: 3 },
  { name: 'h264_mode0', mime: 'video/H264', fmtp: /packetization-mode=0.*42e01f/, pictures: 3 },
  { name: 'vp9_l3t3_key', mime: 'video/VP9', fmtp: /profile-id=0/, mode: 'L3T3_KEY', pictures: 5 },
  { name: 'vp9_l1t3', mime: 'video/VP9', fmtp: /profile-id=0/, mode: 'L1T3', pictures: 5 },
  { name: 'av1_l3t3_key', mime: 'video/AV1', fmtp: /./, mode: 'L3T3_KEY', pictures: 5 },
  { name: 'av1_l1t1', mime: 'video/AV1', fmtp: /./, mode: 'L1T1', pictures: 3 },
  { name: 'red_opus', mime: 'audio/red', fmtp: /./, pictures: 40 },
];

const lines = (sdp, prefix) => sdp.split('\r\n').filter((line) => line.startsWith(prefix));
const value = (sdp, prefix) => lines(sdp, prefix)[0].slice(prefix.length);

// In the page: the offer of a connection that sends one track in this codec.
async function offer({ mime, mode, extension }) {
  const kind = mime.split('/')[0];
  const constraints = kind === 'audio' ? { audio: true } : { video: { width: 960, height: 540, frameRate: 30 } };
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  globalThis.connection = new RTCPeerConnection();
  const encoding = { maxBitrate: 3_000_000, ...(mode && { scalabilityMode: mode }) };
  const transceiver = connection.addTransceiver(stream.getTracks()[0], { direction: 'sendonly', sendEncodings: [encoding] });
  const all = RTCRtpSender.getCapabilities(kind).codecs;
  const first = all.filter((codec) => codec.mimeType.toLowerCase() === mime.toLowerCase());
  transceiver.setCodecPreferences([...first, ...all.filter((codec) => !first.includes(codec))]);
  const { sdp } = await connection.createOffer();
  const munged = kind === 'audio' || sdp.includes(extension) ? sdp : sdp.replace('a=sendonly', `a=extmap:13 ${extension}\r\na=sendonly`);
  await connection.setLocalDescription({ type: 'offer', sdp: munged });
  return munged;
}

function payloadType(sdp, { mime, fmtp }) {
  const name = mime.split('/')[1].toLowerCase();
  const types = lines(sdp, 'a=rtpmap:').map((line) => line.slice(9).split(/[ /]/)).filter(([, codec]) => codec.toLowerCase() === name);
  return types.map(([type]) => type).find((type) => lines(sdp, `a=fmtp:${type} `).some((line) => fmtp.test(line)));
}

function answer(sdp, type, [ufrag, password, port, ...fingerprint]) {
  const isRed = lines(sdp, `a=rtpmap:${type} red`).length > 0;
  const types = isRed ? [type, value(sdp, `a=fmtp:${type} `).split('/')[0]] : [type];
  const about = types.flatMap((t) => [...lines(sdp, `a=rtpmap:${t} `), ...lines(sdp, `a=fmtp:${t} `)]);
  const extensions = lines(sdp, 'a=extmap:').filter((line) => line.includes('dependency-descriptor') || line.includes('sdes:mid'));
  return [
    'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite', 'a=group:BUNDLE 0', 'a=extmap-allow-mixed',
    `m=${value(sdp, 'm=').split(' ')[0]} 9 UDP/TLS/RTP/SAVPF ${types.join(' ')}`, 'c=IN IP4 0.0.0.0', 'a=rtcp-mux', 'a=mid:0', 'a=recvonly',
    `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${password}`, `a=fingerprint:${fingerprint.join(' ')}`, 'a=setup:passive',
    ...about.map((line) => (isRed || !line.startsWith('a=fmtp') ? line : `${line};x-google-start-bitrate=2000`)), ...extensions,
    `a=candidate:1 1 udp 2130706431 127.0.0.1 ${port} typ host`, 'a=end-of-candidates', '',
  ].join('\r\n');
}

async function capture(browser, wanted) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  const sdp = await page.evaluate(offer, { ...wanted, extension: DEPENDENCY_DESCRIPTOR });
  const type = payloadType(sdp, wanted);
  if (!type) throw new Error(`${wanted.name}: this browser does not offer it`);
  const recorder = spawn(program, [`${folder}/${wanted.name}.rtp`, type, `${wanted.pictures}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [ours] = await once(recorder.stdout, 'data');
  recorder.stdin.end(`${value(sdp, 'a=ice-ufrag:')} ${value(sdp, 'a=ice-pwd:')} ${value(sdp, 'a=fingerprint:')}\n`);
  await page.evaluate((text) => connection.setRemoteDescription({ type: 'answer', sdp: text }), answer(sdp, type, `${ours}`.trim().split(' ')));
  const [code] = await once(recorder, 'exit');
  await page.close();
  if (code !== 0) throw new Error(`${wanted.name}: no packets came, or too few`);
  console.log(`${wanted.name}: captured`);
}

mkdirSync(folder, { recursive: true });
// Cameras are for secure contexts alone, and a page of 127.0.0.1 is one.
const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>')).listen(0, '127.0.0.1');
const browser = await chromium.launch({
  headless: false,
  executablePath: process.env.COSTAGE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
try {
  for (const wanted of captures.filter(({ name }) => only.length === 0 || only.includes(name))) await capture(browser, wanted);
} finally {
  await browser.close();
  site.close();
}
