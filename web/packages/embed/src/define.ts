import { CostageShowElement, setDefaultUrl } from './show_element.js';

// As a plain script of the server: <script src="https://live.example.org/embed.js" async></script>
const script = globalThis.document?.currentScript;
// Not by its class, which is not there on a server that renders.
if (script && 'src' in script && script.src) setDefaultUrl(new URL('.', script.src).href);

const { customElements } = globalThis;
if (customElements && !customElements.get('costage-show')) customElements.define('costage-show', CostageShowElement);
