// How screens look: that they fit every width, in both directions, and that they look as they are kept in e2e/screens.
// Kept are pictures at a quarter of their size; compared is an eighth, where the edges of letters do not count.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { repository } from '../support/server.mjs';

const kept = fileURLToPath(new URL('./screens/', import.meta.url));
const seen = join(repository, 'build/screens');
const updates = process.env.COSTAGE_UPDATE_SCREENS === '1';

const phone = { width: 360, height: 740 }, desk = { width: 1440, height: 900 };
// The narrowest, a desk at 200 %, a phone on its side, 4K.
const widths = [{ width: 320, height: 640 }, { width: 720, height: 450 }, { width: 740, height: 360 }, { width: 3840, height: 2160 }];
const mostChanged = 0.02;
const settleTime = 3000;

// What is another each time: pictures of cameras, what was just said, figures that were measured.
const hidden = `
  video, .cs-show-picture img, .cs-meter-bar { visibility: hidden !important; }
  .cs-notices, .cs-notice, .cs-reactions { display: none !important; }
  .cs-readiness, .cs-room-time, time { color: transparent !important; }
  * { caret-color: transparent !important; }`;

// The widths of some words: on a machine with other fonts lines break elsewhere, and nothing can be compared.
const fontsOf = (page) => page.evaluate(() => {
  const pen = document.createElement('canvas').getContext('2d');
  return ['400 16px', '700 16px', '700 28px'].map((size) => {
    pen.font = `${size} ${getComputedStyle(document.body).fontFamily}`;
    return Math.round(pen.measureText('The show begins by itself: Hamburgefönstiv 0123456789').width);
  }).join(' ');
});

// In a page of its own, as no other may have strangers' pictures. Gives {picture: small WebP in base64, changed: 0..1 or 1 for another size}.
const compareInPage = async ([now, before]) => {
  const load = async (type, data) => createImageBitmap(await (await fetch(`data:${type};base64,${data}`)).blob());
  const drawn = (image, width, height) => {
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(image, 0, 0, width, height);
    return { canvas, pixels: pen.getImageData(0, 0, width, height).data };
  };
  const full = await load('image/png', now);
  const quarter = drawn(full, Math.round(full.width / 4), Math.round(full.height / 4)).canvas;
  const bytes = new Uint8Array(await (await quarter.convertToBlob({ type: 'image/webp', quality: 0.8 })).arrayBuffer());
  const picture = btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
  if (!before) return { picture, changed: 1 };
  const old = await load('image/webp', before);
  if (old.width !== quarter.width || old.height !== quarter.height) return { picture, changed: 1 };
  const [a, b] = [await load('image/webp', picture), old].map((image) => drawn(image, Math.round(image.width / 2), Math.round(image.height / 2)).pixels);
  let other = 0;
  for (let at = 0; at < a.length; at += 4) if ([0, 1, 2].some((part) => Math.abs(a[at + part] - b[at + part]) > 40)) other++;
  return { picture, changed: other / (a.length / 4) };
};

// Looks at screens of one browser; `findings` are sentences.
export class Screens {
  static async open(browser) {
    const screens = new Screens();
    screens.page = await browser.newPage();
    mkdirSync(kept, { recursive: true });
    mkdirSync(seen, { recursive: true });
    return screens;
  }

  async findings(page, screen) {
    this.fonts ??= await this.sameFonts(page);
    const viewport = page.viewportSize();
    const found = [];
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    found.push(...(await this.looks(page, `${screen}-desk`, desk)), ...(await this.looks(page, `${screen}-phone`, phone)));
    for (const size of widths) found.push(...(await fits(page, screen, size)));
    await turn(page, 'rtl');
    for (const size of widths.slice(0, 2)) found.push(...(await fits(page, `${screen}, right to left`, size)));
    await turn(page, 'ltr');
    await page.setViewportSize(viewport);
    return found;
  }

  async sameFonts(page) {
    const file = join(kept, 'fonts.txt'), now = await fontsOf(page);
    if (updates) writeFileSync(file, `${now}\n`);
    const same = existsSync(file) && readFileSync(file, 'utf8').trim() === now;
    if (!same) console.log(`# screens are not compared with those kept, skipped aloud: other fonts (${now})`);
    return { same };
  }

  async looks(page, name, size) {
    const found = await fits(page, name, size);
    if (!this.fonts.same) return found;
    const fileName = name.replaceAll(/[^a-z0-9-]+/g, '_');
    const file = join(kept, `${fileName}.webp`);
    const before = existsSync(file) ? readFileSync(file).toString('base64') : undefined;
    // Another size is laid out in several steps: chats fold, tiles get their pictures. As kept it may be after some of them.
    const until = performance.now() + (updates ? 0 : settleTime);
    let png, picture, changed;
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(updates ? settleTime : 0);
    do {
      png = await page.screenshot({ style: hidden, animations: 'disabled' });
      ({ picture, changed } = await this.page.evaluate(compareInPage, [png.toString('base64'), before]));
      if (changed <= mostChanged) return found;
    } while (performance.now() < until);
    if (updates) return writeFileSync(file, Buffer.from(picture, 'base64')), found;
    const shot = join(seen, `${fileName}.png`);
    writeFileSync(shot, png);
    return [...found, `${name} looks other than kept, by ${(changed * 100).toFixed(1)} %: see build/screens; if it shall, node e2e/run.mjs --update accessibility`];
  }
}

const turn = (page, direction) => page.evaluate((value) => {
  for (const one of [document.documentElement, ...document.querySelectorAll('.cs-root')]) one.dir = value;
}, direction);

// Nothing stands out of the page sideways. What floats is placed anew a while after the page is.
async function fits(page, screen, size) {
  await page.setViewportSize(size);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (let tries = 0; tries < 20; tries++) {
    if ((await wide()) <= 0) return [];
    await page.waitForTimeout(100);
  }
  return [`${screen}: at ${size.width}×${size.height} it is ${await wide()} pixels too wide`];
}
