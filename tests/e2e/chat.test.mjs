// The chat beside a show, on a desk and on a phone, for people with and without an account: writing, answering, changing, taking
// away; what happens to a message on a bad network; reading back; text that would do harm; inviting from a message (S-026, S-027),
// asking to join with one (S-031), badges (S-080, S-081); with the keyboard alone; hearts over the stage.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import * as chat from './chat.mjs';
import { act, hears, input, line, phone, send, shows, showsInAll, showsNot, stored, texts, wide, write } from './chat.mjs';
import { acceptAndJoin, appears, goLive, goes, openStudio, startShow, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, vera, pia;
let host, viewer, small, guest;
let roomId;
const everybody = () => [host, viewer, small, guest];

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, vera, pia] = await Promise.all(['Hanna', 'Vera', 'Pia'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna, null, wide);
  roomId = await startShow(host, 'Cups');
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { guestsMayWatch: true, requestsOpen: true } });
  viewer = await openStudio(browser, vera, roomId, wide);
  small = await openStudio(browser, pia, roomId, phone);
  guest = await chat.openGuest(browser, server, roomId, User);
  await goLive(host);
  await Promise.all(everybody().map((page) => statusIs(page, 'live')));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const looksRight = async (page, screen) => assert.deepEqual(await findings(page, screen), []);
const badge = (page, text) => line(page, text).first().locator('.cs-chat-badge').allInnerTexts();

test('what somebody writes is there for all at once, with name and badge; a guest reads', async () => {
  const began = performance.now();
  await write(viewer, 'Good evening');
  await showsInAll(everybody(), 'Good evening');
  assert.ok(performance.now() - began < 3000, `${performance.now() - began} ms`);
  assert.equal(await input(viewer).inputValue(), '');
  assert.match(await line(host, 'Good evening').innerText(), /Vera/);
  assert.deepEqual(await badge(host, 'Good evening'), []);
  await write(host, 'Welcome to the show');
  await showsInAll(everybody(), 'Welcome to the show');
  assert.deepEqual(await badge(small, 'Welcome to the show'), ['Host']);
  await write(small, 'From my phone');
  await showsInAll(everybody(), 'From my phone');
  await chat.whyNotIs(guest, 'guest', /Sign in/);
  assert.equal(await testId(guest, 'reaction-heart').count(), 0);
  assert.deepEqual(await chat.actions(guest, 'Good evening'), ['copy']);
});

test('an answer says to what; who is named is told', async () => {
  await act(viewer, 'Welcome to the show', 'reply');
  await appears(viewer, 'chat-reply');
  await until(() => input(viewer).evaluate((field) => field === document.activeElement), 'the field to have the focus');
  await write(viewer, 'Thank you @Hanna');
  await showsInAll(everybody(), 'Thank you @Hanna');
  await goes(viewer, 'chat-reply');
  const answer = line(small, 'Thank you @Hanna').first();
  assert.match(await answer.locator('.cs-chat-quoted').innerText(), /Hanna.*Welcome to the show/s);
  await answer.locator('.cs-chat-quoted').click();
  await until(() => hasFocus(small, 'Welcome to the show'), 'what was answered to be shown');
  assert.equal(await line(host, 'Thank you @Hanna').first().getAttribute('data-mentions-me'), 'true');
  await hears(host, /Vera mentions you: Thank you @Hanna/);
});

test('names are completed with the keyboard', async () => {
  await input(viewer).pressSequentially('Hello @Pi');
  await appears(viewer, 'chat-people');
  await viewer.keyboard.press('Tab');
  assert.equal(await input(viewer).inputValue(), 'Hello @Pia ');
  await viewer.keyboard.type('nice');
  await viewer.keyboard.press('Enter');
  await shows(small, 'Hello @Pia nice');
  assert.equal(await line(small, 'Hello @Pia nice').getAttribute('data-mentions-me'), 'true');
});

test('an own message can be changed for two minutes, which all see, and taken away, also for who comes later', async () => {
  await write(viewer, 'A typo hree');
  await shows(host, 'A typo hree');
  await act(viewer, 'A typo hree', 'edit');
  await until(async () => (await input(viewer).inputValue()) === 'A typo hree', 'the text to be in the field');
  await input(viewer).fill('A typo here');
  await input(viewer).press('Enter');
  await showsInAll(everybody(), 'A typo here');
  assert.match(await line(small, 'A typo here').innerText(), /edited/);
  await act(viewer, 'A typo here', 'deleteOwn');
  await Promise.all(everybody().map((page) => showsNot(page, 'A typo here')));
  assert.ok((await texts(small)).includes('Message removed'));
  const late = await openStudio(browser, await User.create(server, 'Late'), roomId, wide);
  await shows(late, 'Good evening');
  assert.ok(!(await late.content()).includes('A typo'));
  await late.context().close();
  assert.ok(!JSON.stringify(await stored(pia, roomId)).includes('A typo'));
  assert.ok(!JSON.stringify(await pia.get(`/v1/rooms/${roomId}/chat`)).includes('A typo'));
});

test('a message whose answer is lost is sent again, and is one', async () => {
  let lost = 0;
  const isSent = (request) => request.method() === 'POST';
  const lose = async (route) => {
    if (!isSent(route.request()) || lost > 0) return route.continue();
    lost++;
    await route.fetch();
    await route.abort('connectionreset');
  };
  await viewer.route('**/chat/messages', lose);
  await write(viewer, 'Only once');
  await showsInAll([host, viewer, small], 'Only once');
  await until(async () => (await line(viewer, 'Only once').first().getAttribute('data-state')) === 'shown', 'it to be sent');
  await never(async () => (await line(viewer, 'Only once').count()) !== 1 || (await line(host, 'Only once').count()) !== 1, 'it is there twice', 4000);
  assert.equal(lost, 1);
  assert.equal((await stored(hanna, roomId)).filter((one) => one.text === 'Only once').length, 1);
  await viewer.unroute('**/chat/messages', lose);
});

test('what is written without a network goes later, in order and once', async () => {
  await small.context().setOffline(true);
  for (const text of ['Tunnel one', 'Tunnel two', 'Tunnel three']) await write(small, text);
  await chat.stateIs(small, 'Tunnel three', 'pending');
  await small.context().setOffline(false);
  await showsInAll([host, viewer], 'Tunnel three');
  const tunnel = (all) => all.filter((text) => text.startsWith('Tunnel'));
  assert.deepEqual(tunnel(await texts(host)), ['Tunnel one', 'Tunnel two', 'Tunnel three']);
  await until(async () => (await small.locator('[data-state=pending], [data-state=failed]').count()) === 0, 'nothing to wait');
  assert.deepEqual(tunnel(await texts(small)), ['Tunnel one', 'Tunnel two', 'Tunnel three']);
  assert.deepEqual(tunnel((await stored(hanna, roomId)).map((one) => one.text).reverse()), ['Tunnel one', 'Tunnel two', 'Tunnel three']);
});

test('what would do harm is refused with words, or shown as what it is: text', async () => {
  const refused = async (text, code, words) => {
    await write(viewer, text);
    assert.match(await chat.refuses(viewer, code), words);
  };
  await refused(`Z${'\u0335\u0321\u0322\u0327\u0328\u0316\u0317\u0318\u0319'.repeat(4)}algo`, 'message_stacked_marks', /too many marks/);
  await refused('invoice\u202Egpj.exe', 'message_misleading', /cannot be seen and mislead/);
  await pause(2500);
  await refused(Array.from({ length: 60 }, () => 'x').join('\n'), 'message_too_many_lines', /too many lines/);
  await input(viewer).fill('a'.repeat(501));
  await hears(viewer, /1 character too long/);
  assert.ok(await testId(viewer, 'chat-send').isDisabled());
  await input(viewer).press('Enter');
  assert.equal((await input(viewer).inputValue()).length, 501, 'nothing is lost');
  await looksRight(viewer, 'a text that is too long');
  await input(viewer).fill('');
  const html = '<img src=x onerror="window.hurt=1"><b>bold</b>';
  await pause(2000);
  await write(viewer, html);
  await shows(host, html);
  assert.equal(await host.locator('.cs-chat-text img, .cs-chat-text b').count(), 0);
  assert.equal(await host.evaluate(() => window.hurt), undefined);
});

test('addresses are links that open elsewhere and tell nothing of this page', async () => {
  await write(viewer, 'See https://example.org/cups, javascript:alert(1) and data:text/html,x');
  await shows(small, 'See https://example.org/cups');
  const links = line(small, 'See https://example.org/cups').locator('a');
  assert.equal(await links.count(), 1);
  assert.equal(await links.getAttribute('href'), 'https://example.org/cups');
  assert.equal(await links.getAttribute('target'), '_blank');
  assert.match(await links.getAttribute('rel'), /noopener.*noreferrer.*nofollow/);
});

test('a screen reader hears what comes, together where much comes', async () => {
  const [one, two] = await Promise.all(['Ida', 'Jon'].map((name) => User.create(server, name)));
  await pause(5500);
  await send(one, roomId, 'First of some');
  await hears(viewer, /^Ida: First of some/);
  await send(two, roomId, 'Second of some');
  await send(one, roomId, 'Third of some');
  await hears(viewer, /2 new messages, last from Ida: Third of some/);
});

// Where the focus is: the test ids around it, innermost first.
const focus = (page) => page.evaluate(() => {
  const ids = [];
  for (let one = document.activeElement; one; one = one.parentElement) if (one.dataset.testid) ids.push(one.dataset.testid);
  return ids;
});
const hasFocus = (page, text) => line(page, text).first().evaluate((one) => one === document.activeElement);
async function tabTo(page, name, key = 'Tab', most = 60) {
  for (let pressed = 0; pressed <= most; ++pressed) {
    if ((await focus(page)).some((id) => id.startsWith(name))) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${most} times ${key} did not lead to ${name}, but to ${await focus(page)}`);
}

test('with the keyboard alone: write, go to a message, answer it, react to it', async () => {
  await viewer.evaluate(() => document.activeElement?.blur());
  await tabTo(viewer, 'chat-input');
  await viewer.keyboard.type('By keyboard');
  await viewer.keyboard.press('Enter');
  await shows(host, 'By keyboard');
  await write(host, 'Seen, Vera');
  await shows(viewer, 'Seen, Vera');
  await tabTo(viewer, 'chat-message-', 'Shift+Tab');
  await viewer.keyboard.press('End');
  await viewer.keyboard.press('ArrowUp');
  assert.ok(await hasFocus(viewer, 'By keyboard'));
  await viewer.keyboard.press('ArrowDown');
  assert.ok(await hasFocus(viewer, 'Seen, Vera'));
  await viewer.keyboard.press('Enter');
  await tabTo(viewer, 'chat-act-reply', 'ArrowDown');
  await viewer.keyboard.press('Enter');
  await until(async () => (await focus(viewer)).includes('chat-input'), 'the field to have the focus');
  await viewer.keyboard.type('By keyboard, too');
  await viewer.keyboard.press('Enter');
  await shows(host, 'By keyboard, too');
  assert.match(await line(host, 'By keyboard, too').locator('.cs-chat-quoted').innerText(), /Seen, Vera/);
  await tabTo(viewer, 'chat-message-', 'Shift+Tab');
  assert.ok(await hasFocus(viewer, 'Seen, Vera'), 'the list is come back to where it was left');
  await viewer.keyboard.press('Enter');
  await tabTo(viewer, 'chat-act-react', 'ArrowDown');
  await viewer.keyboard.press('Enter');
  await until(async () => (await focus(viewer)).includes('chat-emoji-0'), 'the emojis to have the focus');
  await viewer.keyboard.press('Tab');
  await viewer.keyboard.press('Enter');
  await until(async () => /❤️\s*1/.test(await line(host, 'Seen, Vera').innerText()), 'the host to see the heart');
  await until(async () => (await focus(viewer)).some((id) => id.startsWith('chat-message-')), 'the focus to be back at the message');
});

test('an emoji on a message is counted, and taken back', async () => {
  await act(small, 'Seen, Vera', 'react');
  await small.getByTestId('chat-emoji-1').click();
  const heart = (page) => line(page, 'Seen, Vera').locator('.cs-chat-chip');
  await until(async () => /2/.test(await heart(host).innerText()), 'two to be counted');
  assert.equal(await heart(viewer).getAttribute('aria-pressed'), 'true');
  assert.equal(await heart(host).getAttribute('aria-pressed'), 'false');
  await heart(viewer).click();
  await until(async () => /1/.test(await heart(host).innerText()), 'one to be counted');
  await until(async () => (await heart(viewer).getAttribute('aria-pressed')) === 'false', 'it not to be Vera\'s any more');
});

test('nothing of it breaks a rule of accessibility, on a desk, on a phone, for host, viewer and guest', async () => {
  await looksRight(host, 'the chat of the host');
  await looksRight(viewer, 'the chat of a viewer');
  await looksRight(small, 'the chat on a phone');
  await looksRight(guest, 'the chat of a guest');
  await chat.openMenu(viewer, 'Seen, Vera');
  await looksRight(viewer, 'the menu of a message');
  await viewer.keyboard.press('Escape');
});

test('the host invites from a message (S-026), and only who watches (S-027)', async () => {
  await act(host, 'From my phone', 'invite');
  await appears(small, 'invitation-banner');
  await testId(small, 'decline').click();
  const gone = await User.create(server, 'Gone');
  const socket = await gone.watch(roomId);
  await send(gone, roomId, 'I have to leave');
  await shows(host, 'I have to leave');
  await socket.close();
  await until(async () => !(await hanna.get(`/v1/rooms/${roomId}/watchers`)).items.some((one) => one.userId === gone.userId), 'them to be gone');
  await act(host, 'I have to leave', 'invite');
  await appears(host, 'chat-refused');
  assert.match(await testId(host, 'chat-refused').innerText(), /not watching/i);
});

test('a viewer asks to join with a message (S-031), is invited from it, and their coming and badge are in the chat (S-080, S-081)', async () => {
  await input(viewer).fill('May I join?');
  await testId(viewer, 'chat-ask-to-join').click();
  await input(viewer).press('Enter');
  await showsInAll([host, small], 'May I join?');
  assert.deepEqual(await badge(host, 'May I join?'), ['Asks to join']);
  await appears(host, `request-${vera.userId}`);
  assert.equal((await hanna.get(`/v1/rooms/${roomId}/requests?status=waiting`)).items[0].comment, 'May I join?');
  await act(host, 'May I join?', 'invite');
  await appears(viewer, 'invitation-banner');
  await goes(host, `request-${vera.userId}`);
  await acceptAndJoin(viewer);
  for (const page of everybody()) await page.locator('.cs-chat-system', { hasText: /Vera\W* came on stage/ }).waitFor();
  await write(viewer, 'Here I am');
  await shows(small, 'Here I am');
  assert.deepEqual(await badge(small, 'Here I am'), ['Co-host']);
  assert.ok(!(await chat.actions(host, 'Here I am')).includes('invite'));
  await looksRight(viewer, 'the chat of a co-host');
});

const box = (page) => testId(page, 'chat-list');
// Where a line stands in the list, in pixels.
const topOf = (page, text) => line(page, text).first().evaluate((one) => Math.round(one.getBoundingClientRect().top - one.closest('.cs-chat-list').getBoundingClientRect().top));

test('reading back 150 messages moves nothing; older ones come page by page; the newest are one press away', async () => {
  const crowd = await Promise.all(Array.from({ length: 30 }, (_, at) => User.create(server, `Reader ${at}`)));
  for (let round = 0; round < 5; ++round) {
    for (const [at, user] of crowd.entries()) await send(user, roomId, `Crowd ${String(round * 30 + at).padStart(3, '0')}`);
  }
  await showsInAll([viewer, small], 'Crowd 149');
  for (const page of [viewer, small]) {
    const held = await page.locator('.cs-chat-message').count();
    assert.ok(held <= 100, `${held} are held at the end`);
    // To the middle of what is there.
    await line(page, 'Crowd 100').first().evaluate((one) => one.scrollIntoView({ block: 'start' }));
    await until(async () => (await box(page).getAttribute('data-at-end')) === 'false', 'the page to read back');
  }
  const before = await Promise.all([viewer, small].map((page) => topOf(page, 'Crowd 100')));
  const more = await User.create(server, 'More');
  for (let at = 0; at < 5; ++at) await send(more, roomId, `Later ${at}`);
  await Promise.all([viewer, small].map((page) => until(async () => /5 new messages/.test(await testId(page, 'chat-new').innerText().catch(() => '')), `five to be new for ${page.user.name}`)));
  assert.deepEqual(await Promise.all([viewer, small].map((page) => topOf(page, 'Crowd 100'))), before);

  // To the very top, as far as there is something: each page is asked for when it is needed.
  const pages = [];
  viewer.on('request', (request) => { if (/chat\/messages\?/.test(request.url())) pages.push(request.url()); });
  await until(async () => {
    await box(viewer).evaluate((list) => { list.scrollTop = 0; });
    return (await line(viewer, 'Good evening').count()) > 0;
  }, 'the first message of the show', 10_000, 200);
  assert.ok(pages.length >= 1 && pages.length <= 3, `${pages.length} pages were asked for`);
  assert.equal(new Set(await viewer.locator('.cs-chat-message').evaluateAll((all) => all.map((one) => one.dataset.messageId))).size, await viewer.locator('.cs-chat-message').count());
  const crowdTexts = (await texts(viewer)).filter((text) => text.startsWith('Crowd'));
  assert.deepEqual(crowdTexts, Array.from({ length: 150 }, (_, at) => `Crowd ${String(at).padStart(3, '0')}`));

  for (const page of [viewer, small]) {
    await testId(page, 'chat-new').click();
    await goes(page, 'chat-new');
    await line(page, 'Later 4').waitFor();
    assert.ok(await line(page, 'Later 4').evaluate((one) => one.getBoundingClientRect().bottom <= one.closest('.cs-chat-list').getBoundingClientRect().bottom + 1));
  }
});

test('a reload keeps all', async () => {
  const before = (await texts(small)).slice(-50);
  await small.reload();
  await shows(small, 'Later 4');
  assert.deepEqual((await texts(small)).slice(-50), before);
});

const floating = (page) => testId(page, 'floating');
const total = async (kind) => (await hanna.get(`/v1/rooms/${roomId}/chat`)).reactions[kind] ?? 0;
// How many flew since then, of each kind.
async function watchFloats(page) {
  await page.evaluate(() => {
    const seen = (globalThis.seenFloats = {});
    const known = new WeakSet();
    const look = () => document.querySelectorAll('.cs-float').forEach((one) => {
      if (known.has(one)) return;
      known.add(one);
      seen[one.dataset.kind] = (seen[one.dataset.kind] ?? 0) + 1;
    });
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  });
  return (kind) => page.evaluate((one) => globalThis.seenFloats[one] ?? 0, kind);
}

test('hearts pressed by two fly for all, also for guests, and are counted', async () => {
  const pages = [host, viewer, guest];
  for (const page of [...pages, small]) await page.emulateMedia({ reducedMotion: 'no-preference' });
  await Promise.all(pages.map((page) => floating(page).waitFor({ state: 'attached' })));
  const flown = await Promise.all(pages.map(watchFloats));
  for (let at = 0; at < 3; ++at) await testId(viewer, 'reaction-heart').click();
  await testId(small, 'reaction-heart').click();
  await testId(small, 'reaction-fire').click();
  for (const [at, seen] of flown.entries()) {
    await until(async () => (await seen('heart')) === 4 && (await seen('fire')) === 1, async () => `${pages[at].user.name} to see 4 hearts and a fire`);
  }
  assert.equal(await total('heart'), 4);
  assert.equal(await total('fire'), 1);
  await until(async () => (await host.locator('.cs-float').count()) === 0, 'all to be gone again');
});

test('who wants no motion is shown how many there are, and nothing flies', async () => {
  await guest.emulateMedia({ reducedMotion: 'reduce' });
  await goes(guest, 'floating');
  const shown = appears(guest, 'floating-counts');
  await testId(viewer, 'reaction-applause').click();
  await shown;
  assert.match(await testId(guest, 'floating-counts').innerText(), /👏\s*1/);
  assert.equal(await guest.locator('.cs-float').count(), 0);
  await goes(guest, 'floating-counts');
});

test('no page failed', () => {
  for (const page of everybody()) assert.deepEqual(page.failures, [], page.user.name);
});
