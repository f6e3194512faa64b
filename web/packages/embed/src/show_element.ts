import { isToPage, type ShowEvent, type ToShow } from './messages.js';

/** What the frame is allowed of what the page around it may do. */
const kAllow = 'camera; microphone; display-capture; autoplay; fullscreen; picture-in-picture; clipboard-write; screen-wake-lock';
const kStyle = ':host { display: block; min-block-size: 30rem } :host([hidden]) { display: none } iframe { display: block; inline-size: 100%; block-size: 100%; min-block-size: inherit; border: 0 }';

/** Where there is no page, as on a server that renders, the class can still be named. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** Address of the server that the script came from, for pages that take it from there. */
let defaultUrl: string | undefined;

export function setDefaultUrl(url: string): void {
  defaultUrl = url;
}

/**
 * `<costage-show url room token>`: the whole show, for host, co-host and viewer, in a frame of its own: styles and scripts of the page
 * and of the show do not touch. Fires each `ShowEvent` as an event of its `type`, with itself as `detail`.
 *
 * `url` is the server, and may be left out where the script comes from it. `theme` is `light` or `dark`; left out, that of the system.
 * The server has to allow the page's origin (`studio.frameAncestors`).
 */
export class CostageShowElement extends Base {
  static readonly observedAttributes = ['url', 'room', 'token', 'theme'];
  /** Brings a fresh token, at the start and whenever one is about to end; instead of the attribute. */
  // Only declared: pages set it before this script is there, and a field would be made anew over it.
  declare getToken: (() => string | Promise<string>) | undefined;
  private frame: HTMLIFrameElement | undefined;
  private isReady = false;
  private isPlanned = false;

  connectedCallback(): void {
    this.takeEarlyToken();
    window.addEventListener('message', this.onMessage);
    this.plan();
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.onMessage);
    this.frame?.remove();
    this.frame = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (name === 'token') void this.giveToken();
    else this.plan();
  }

  get token(): string | null {
    return this.getAttribute('token');
  }

  set token(token: string | null) {
    if (token === null) this.removeAttribute('token');
    else this.setAttribute('token', token);
  }

  /** Set before this script was there, it is a property of the element that hides the accessor. */
  private takeEarlyToken(): void {
    if (!Object.hasOwn(this, 'token')) return;
    const { token } = this;
    delete (this as { token?: unknown }).token;
    this.token = token;
  }

  /** Undefined as long as something is missing. */
  private get address(): URL | undefined {
    const url = this.getAttribute('url') ?? defaultUrl;
    const room = this.getAttribute('room');
    if (!url || !room) return undefined;
    const address = new URL(`${url.replace(/\/+$/, '')}/embed/${encodeURIComponent(room)}`, document.baseURI);
    const theme = this.getAttribute('theme');
    if (theme) address.searchParams.set('theme', theme);
    return address;
  }

  /** Attributes that are set one after the other make one frame. */
  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    queueMicrotask(() => {
      this.isPlanned = false;
      if (this.isConnected) this.load();
    });
  }

  private load(): void {
    const { address } = this;
    if (!address) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (this.frame?.src === address.href && this.frame.isConnected) return;
    const frame = document.createElement('iframe');
    const style = document.createElement('style');
    style.textContent = kStyle;
    frame.allow = kAllow;
    frame.title = this.title || 'Live show';
    frame.src = address.href;
    this.isReady = false;
    this.frame = frame;
    root.replaceChildren(style, frame);
  }

  /** From the very frame and its origin only: other frames of the page may say anything. */
  private readonly onMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (!this.frame || source !== this.frame.contentWindow || origin !== this.address?.origin || !isToPage(data)) return;
    if (data.costage === 'event') return this.fire(data.event);
    this.isReady = true;
    void this.giveToken();
  };

  private fire(event: ShowEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
    if (event.type === 'tokenexpiring' && this.getToken) void this.giveToken();
  }

  private async giveToken(): Promise<void> {
    if (!this.isReady) return;
    const { frame, address } = this;
    const token = await this.fetchToken();
    if (!token || !address || frame !== this.frame) return;
    const message: ToShow = { costage: 'token', token };
    frame?.contentWindow?.postMessage(message, address.origin);
  }

  private async fetchToken(): Promise<string | null> {
    if (!this.getToken) return this.token;
    try {
      return await this.getToken();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      this.fire({ type: 'failed', roomId: this.getAttribute('room') ?? '', code: 'unauthenticated', message });
      return null;
    }
  }
}
