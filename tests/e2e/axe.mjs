// Accessibility of what a page shows, in its light and its dark form, against axe-core's rules (WCAG 2.2 A and AA, good practice).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { until } from '../support/wait.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const inWords = ({ id, help, nodes }) =>
  `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n    ${failureSummary.replaceAll('\n', '\n    ')}`).join('\n')}`;

// Colours that are still on their way from one scheme to the other are no finding.
const isStill = (page) => page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));

async function violations(page) {
  await isStill(page);
  await page.evaluate(axeSource);
  return page.evaluate(async (values) => {
    // What a library reads out for some seconds may name a button that has gone meanwhile.
    const { violations: found } = await globalThis.axe.run({ exclude: ['[data-live-announcer]'] }, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return found;
  }, tags);
}

// In words, one entry per broken rule.
export async function inBothSchemes(page, screen) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const one of await violations(page)) found.push(`${screen}, ${colorScheme}: ${inWords(one)}`);
  }
  return found;
}

// The same, and at 360 pixels nothing may stand out of the page.
export async function findings(page, screen) {
  const found = await inBothSchemes(page, screen);
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  // What floats is placed anew after the page is, which on a busy machine is a while later.
  let width;
  const fits = async () => (width = await page.evaluate(() => document.documentElement.scrollWidth)) <= 360;
  await until(fits, 'the page to fit', 3000).catch(() => {});
  if (width > 360) found.push(`${screen}: ${width} pixels wide on a screen of 360`);
  await page.setViewportSize(viewport);
  return found;
}
