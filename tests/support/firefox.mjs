// Debian's Firefox with a fake camera and microphone, driven by WebDriver BiDi over its one WebSocket: what Playwright
// drives is a Firefox of its own, which cannot be had from Debian.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { freePort, startProcess, temporaryFolder } from './server.mjs';
import { until } from './wait.mjs';

const executable = [process.env.COSTAGE_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));
export const hasFirefox = executable !== undefined;

const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.normandy.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
};

async function connect(port) {
  let socket;
  await until(() => new Promise((done) => {
    socket = new WebSocket(`ws://127.0.0.1:${port}/session`);
    socket.once('open', () => done(true));
    socket.once('error', () => done(false));
  }), 'Firefox to listen', 60_000);
  return socket;
}

// Sends commands and gives their results.
function commander(socket) {
  const waiting = new Map();
  let last = 0;
  socket.on('message', (text) => {
    const { id, type, result, error, message } = JSON.parse(text);
    const answer = waiting.get(id);
    waiting.delete(id);
    if (type === 'success') answer?.resolve(result);
    else answer?.reject(new Error(`${error}: ${message}`));
  });
  return (method, params = {}) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params }));
  });
}

export async function launchFirefox() {
  const profile = temporaryFolder('firefox');
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(join(profile.path, 'user.js'), lines.join('\n'));
  const port = await freePort('tcp');
  const args = ['--headless', '--no-remote', '--profile', profile.path, '--remote-debugging-port', String(port)];
  const running = startProcess(executable, args, { env: { ...process.env, HOME: profile.path } });
  const send = commander(await connect(port));
  await send('session.new', { capabilities: {} });
  const close = async () => {
    await send('browser.close').catch(() => {});
    await running.terminate();
    profile.remove();
  };
  return { close, open: async (url) => openTab(send, url) };
}

async function openTab(send, url) {
  const { context } = await send('browsingContext.create', { type: 'tab' });
  await send('browsingContext.navigate', { context, url, wait: 'complete' });
  // The value of an expression in the page, awaited; it must be JSON.
  const evaluate = async (expression) => {
    const answer = await send('script.evaluate', { expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
      target: { context }, awaitPromise: true, userActivation: true });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value);
  };
  const element = (testId) => `document.querySelector('[data-testid="${testId}"]')`;
  const click = async (testId) => {
    await until(() => evaluate(`(${element(testId)}?.disabled === false)`), `${testId} to be there`, 30_000);
    await evaluate(`(${element(testId)}.click(), true)`);
  };
  return { evaluate, click };
}
