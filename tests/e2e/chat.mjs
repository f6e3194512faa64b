// The chat of the studio as people use it.
import assert from 'node:assert/strict';
import { until } from '../support/wait.mjs';
import { appears, goes, openStudio, testId } from './studio.mjs';

export const wide = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export const input = (page) => testId(page, 'chat-input');
// Where the chat shows this text; what is quoted of it elsewhere does not count.
export const line = (page, text) => page.locator('.cs-chat-message').filter({ has: page.locator('.cs-chat-text', { hasText: text }) });

export async function write(page, text) {
  await input(page).fill(text);
  await input(page).press('Enter');
}

export const shows = (page, text, timeout = 5000) => line(page, text).first().waitFor({ timeout });
export const showsNot = (page, text, timeout = 5000) => line(page, text).first().waitFor({ state: 'detached', timeout });

export async function showsInAll(pages, text) {
  await Promise.all(pages.map((page) => shows(page, text)));
}

export const texts = (page) => page.locator('.cs-chat-message .cs-chat-text').allInnerTexts();
export const stateIs = (page, text, state) =>
  until(async () => (await line(page, text).first().getAttribute('data-state')) === state, `"${text}" to be ${state} for ${page.user.name}`);

export async function openMenu(page, text) {
  const message = line(page, text).first();
  await message.hover();
  await message.locator('.cs-chat-more').click();
  await page.locator('[data-testid^="chat-act-"]').first().waitFor();
}

// What the open menu offers, in its order.
export const offered = (page) => page.locator('[data-testid^="chat-act-"]').evaluateAll((items) => items.map((one) => one.dataset.testid.slice('chat-act-'.length)));

export async function actions(page, text) {
  await openMenu(page, text);
  const found = await offered(page);
  await page.keyboard.press('Escape');
  await page.locator('[data-testid^="chat-act-"]').first().waitFor({ state: 'detached' });
  return found;
}

export async function act(page, text, action) {
  await openMenu(page, text);
  await testId(page, `chat-act-${action}`).click();
  await goes(page, `chat-act-${action}`);
}

export const hears = (page, words, timeout = 10_000) => until(async () => {
  const said = await page.locator('[role=status], [role=alert], [aria-live=polite]').allInnerTexts();
  return said.some((text) => words.test(text));
}, `a screen reader of ${page.user.name} to say ${words}`, timeout);

// Over REST, as somebody's application does.
export const send = (user, roomId, text, more = {}) => user.post(`/v1/rooms/${roomId}/chat/messages`, { text, ...more });
export const stored = async (user, roomId) => (await user.get(`/v1/rooms/${roomId}/chat/messages?limit=100`)).items;

export async function refuses(page, code) {
  const failed = page.locator(`[data-testid^="chat-failed-"][data-code="${code}"]`);
  await failed.waitFor();
  const words = await failed.locator('[role=alert]').innerText();
  await failed.locator('[data-testid^="chat-discard-"]').click();
  await failed.waitFor({ state: 'detached' });
  return words;
}

export async function whyNotIs(page, why, words) {
  await until(async () => (await testId(page, 'chat-why-not').getAttribute('data-why', { timeout: 500 }).catch(() => null)) === why, `${page.user.name} not to write: ${why}`);
  assert.match(await testId(page, 'chat-why-not').innerText(), words);
}
export const mayWrite = (page, timeout) => appears(page, 'chat-input', timeout);

// Somebody without an account, who may only watch.
export async function openGuest(browser, server, roomId, User, name = 'Gus', options = wide) {
  const response = await fetch(`${server.http}/v1/rooms/${roomId}/guests`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) });
  assert.ok(response.ok, `${response.status}`);
  return openStudio(browser, new User(server, { name, ...(await response.json()) }), roomId, options);
}
