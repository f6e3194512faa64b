// What no HTTP client writes, byte by byte: what strangers could send to get at files or into other people's requests.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from '../support/server.mjs';

const kPage = '<title>the studio</title>';
let server, web;
before(async () => {
  web = mkdtempSync(join(tmpdir(), 'costage-web-'));
  writeFileSync(join(web, 'index.html'), kPage);
  server = await startServer('costage', { web });
});
after(async () => {
  await server?.stop();
  rmSync(web, { recursive: true, force: true });
});

// Everything the server sends until it closes.
function raw(text) {
  return new Promise((done) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk) => (answer += chunk)).on('error', () => {}).on('close', () => done(answer));
  });
}
const get = (target) => raw(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

test('only the files of the studio are given out, whatever the path', async () => {
  assert.match(await get('/'), new RegExp(kPage));
  assert.match(await get('/rooms/a-show'), new RegExp(kPage));
  const file = `${server.data}/costage.db`;
  const targets = ['/%2fetc/hostname', '/%2Fproc/self/environ', `/%2f${file.slice(1)}`, `/%2f${file}`, '/..%2f..%2fetc/hostname',
    '/%2e%2e/%2e%2e/etc/hostname', '/%252fetc/hostname', '/a/..%5c..%5cetc%5chostname', '/index.html%00.css', '//etc/hostname',
    `/${'%2e%2e%2f'.repeat(40)}etc/hostname`, 'file:///etc/hostname', `/${'a'.repeat(20_000)}.css`];
  for (const target of targets) {
    const answer = await get(target);
    assert.ok([400, 404].includes(statusOf(answer)) || answer.endsWith(kPage), `${target}: ${answer.slice(0, 200)}`);
  }
});

test('a target of another scheme is refused, and ends nothing', async () => {
  for (const target of ['hpp:?', 'x:', 'http://?', 'urn:a:b']) assert.equal(statusOf(await get(target)), 400, target);
  assert.equal(statusOf(await get('/healthz')), 200);
});

test('a body whose end nobody can tell is refused, and its bytes are not the next request', async () => {
  const post = (headers, body) => raw(`POST /v1/rooms HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n${body}`);
  const hidden = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const cases = { 'Transfer-Encoding: cow': 501, 'Transfer-Encoding: chunked, cow': 501, 'Transfer-Encoding: cow\r\nTransfer-Encoding: chunked': 501,
    'Transfer-Encoding: chunked\r\nContent-Length: 4': 400, 'Transfer-Encoding:\r\n chunked': 400, 'X-Long: a\r\n\tb': 400 };
  for (const [headers, status] of Object.entries(cases)) {
    const answer = await post(headers, hidden);
    assert.equal(statusOf(answer), status, headers);
    assert.equal(answer.match(/HTTP\/1\.1 /g).length, 1, `${headers}: answered once`);
    assert.match(answer, /connection: close/i);
  }
});

test('pages say what they may load and who may show them in a frame', async () => {
  const page = await get('/');
  assert.match(page, /Content-Security-Policy: [^\r\n]*script-src 'self';/);
  assert.doesNotMatch(/script-src[^;]*/.exec(page)[0], /unsafe/);
  assert.match(page, /frame-ancestors 'self'/);
  assert.match(page, /Permissions-Policy: camera=\(self\), microphone=\(self\)/);
  for (const answer of [page, await get('/v1/server')]) {
    assert.match(answer, /X-Content-Type-Options: nosniff/);
    assert.match(answer, /Referrer-Policy: no-referrer/);
  }
});
