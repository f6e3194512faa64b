// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import './define.js';
import { isToPage, isToShow } from './messages.js';
import { CostageShowElement } from './show_element.js';

const kServer = 'https://live.example';
let show: CostageShowElement;
let given: unknown[];

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const frame = (): HTMLIFrameElement => show.shadowRoot!.querySelector('iframe')!;

/** As if the frame had said it. */
function hear(data: unknown, from: { origin?: string; source?: Window | null } = {}): void {
  // A MessageEvent takes real windows only.
  window.dispatchEvent(Object.assign(new Event('message'), { data, origin: kServer, source: frame().contentWindow, ...from }));
}

async function make(attributes: Record<string, string>): Promise<void> {
  show = document.createElement('costage-show') as CostageShowElement;
  for (const [name, value] of Object.entries(attributes)) show.setAttribute(name, value);
  document.body.append(show);
  await settled();
}

beforeAll(() => {
  // Nothing is loaded here: what a frame would be told is caught instead.
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
    get(this: HTMLIFrameElement & { told?: object }) {
      return (this.told ??= { postMessage: (message: unknown, origin: string) => given.push([message, origin]) });
    },
  });
});
beforeEach(() => {
  given = [];
});
afterEach(() => show.remove());

describe('<costage-show>', () => {
  it('frames the show of its server, with what a stage needs', async () => {
    await make({ url: `${kServer}/shop/`, room: 'a/b', theme: 'dark', title: 'Pots' });
    expect(frame().src).toBe(`${kServer}/shop/embed/a%2Fb?theme=dark`);
    expect(frame().title).toBe('Pots');
    for (const what of ['camera', 'microphone', 'display-capture', 'autoplay', 'fullscreen']) expect(frame().allow).toContain(what);
  });

  it('waits until it knows server and room, and follows another room', async () => {
    await make({ url: kServer });
    expect(show.shadowRoot).toBeNull();
    show.setAttribute('room', 'one');
    await settled();
    expect(frame().src).toBe(`${kServer}/embed/one`);
    show.setAttribute('room', 'two');
    await settled();
    expect(frame().src).toBe(`${kServer}/embed/two`);
    expect(show.shadowRoot!.querySelectorAll('iframe')).toHaveLength(1);
  });

  it('gives its token when the show is ready for it, to its server only, and each new one', async () => {
    await make({ url: kServer, room: 'r', token: 'first' });
    expect(given).toEqual([]);
    hear({ costage: 'ready' });
    await settled();
    show.token = 'second';
    await settled();
    expect(given).toEqual([[{ costage: 'token', token: 'first' }, kServer], [{ costage: 'token', token: 'second' }, kServer]]);
  });

  it('fetches a token at the start and before one ends', async () => {
    await make({ url: kServer, room: 'r' });
    let count = 0;
    show.getToken = async () => `token ${++count}`;
    hear({ costage: 'ready' });
    await settled();
    hear({ costage: 'event', event: { type: 'tokenexpiring', roomId: 'r', expiresAt: 1 } });
    await settled();
    expect(given.map((one) => (one as [{ token: string }])[0].token)).toEqual(['token 1', 'token 2']);
  });

  it.each([
    ['getToken', () => 'early'],
    ['token', 'early'],
  ])('knows %s that a page set before the script was there', async (name, value) => {
    const late = `costage-late-${name.toLowerCase()}`;
    show = document.createElement(late) as CostageShowElement;
    Object.assign(show, { [name]: value });
    show.setAttribute('url', kServer);
    show.setAttribute('room', 'r');
    document.body.append(show);
    customElements.define(late, class extends CostageShowElement {});
    await settled();
    hear({ costage: 'ready' });
    await settled();
    expect(given).toEqual([[{ costage: 'token', token: 'early' }, kServer]]);
  });

  it('says so when no token can be fetched', async () => {
    await make({ url: kServer, room: 'r' });
    const failed: unknown[] = [];
    show.addEventListener('failed', (event) => failed.push((event as CustomEvent).detail));
    show.getToken = () => Promise.reject(new Error('signed out'));
    hear({ costage: 'ready' });
    await settled();
    expect(failed).toEqual([{ type: 'failed', roomId: 'r', code: 'unauthenticated', message: 'signed out' }]);
  });

  it('fires what happens in the show', async () => {
    await make({ url: kServer, room: 'r' });
    const heard: unknown[] = [];
    for (const type of ['live', 'invited', 'ended']) show.addEventListener(type, (event) => heard.push((event as CustomEvent).detail));
    const invited = { type: 'invited', roomId: 'r', invitationId: 'i', inviterName: 'Hana' };
    hear({ costage: 'event', event: { type: 'live', roomId: 'r' } });
    hear({ costage: 'event', event: invited });
    expect(heard).toEqual([{ type: 'live', roomId: 'r' }, invited]);
  });

  it('believes nobody else', async () => {
    await make({ url: kServer, room: 'r', token: 'secret' });
    const heard: string[] = [];
    show.addEventListener('live', () => heard.push('live'));
    const live = { costage: 'event', event: { type: 'live', roomId: 'r' } };
    for (const data of [{ costage: 'ready' }, live]) {
      hear(data, { origin: 'https://evil.example' });
      hear(data, { source: window });
    }
    for (const data of [null, 'ready', { costage: 'event' }, { costage: 'event', event: null }, { type: 'live' }]) hear(data);
    await settled();
    expect([given, heard]).toEqual([[], []]);
  });
});

describe('messages', () => {
  it.each([[null], ['token'], [{}], [{ costage: 'token' }], [{ costage: 'token', token: '' }], [{ costage: 'token', token: 5 }]])('%j is no token', (data) => {
    expect(isToShow(data)).toBe(false);
  });
  it('are told apart', () => {
    expect(isToShow({ costage: 'token', token: 't' })).toBe(true);
    expect(isToPage({ costage: 'token', token: 't' })).toBe(false);
    expect(isToPage({ costage: 'ready' })).toBe(true);
  });
});
