import { beforeEach, describe, expect, it } from 'vitest';
import { Navigation, type NavigationWindow } from './navigation.js';

/** A browser's history, whose moves happen when the test says so. */
class FakeWindow implements NavigationWindow {
  entries: { path: string; state: unknown }[] = [{ path: '/', state: null }];
  at = 0;
  moves: number[] = [];
  private onPop = (): void => {};

  readonly history = {
    state: null as unknown,
    pushState: (state: unknown, _title: string, path: string): void => {
      this.entries = [...this.entries.slice(0, this.at + 1), { path, state }];
      this.at++;
      this.history.state = state;
    },
    replaceState: (state: unknown): void => {
      this.entries[this.at]!.state = state;
      this.history.state = state;
    },
    go: (delta: number): void => void this.moves.push(delta),
  } as unknown as NavigationWindow['history'] & { state: unknown };

  get location() {
    return { pathname: this.entries[this.at]!.path };
  }

  addEventListener(_type: 'popstate', listener: () => void): void {
    this.onPop = listener;
  }

  /** The user, or a `go` that was asked for. */
  move(delta: number): void {
    this.at += delta;
    this.history.state = this.entries[this.at]!.state;
    this.onPop();
  }

  settle(): void {
    for (let delta = this.moves.shift(); delta !== undefined; delta = this.moves.shift()) this.move(delta);
  }

  /** Another fragment in the address bar makes an entry of its own. */
  fragment(): void {
    this.entries = [...this.entries.slice(0, this.at + 1), { path: this.location.pathname, state: null }];
    this.move(1);
  }
}

let browser: FakeWindow;
let navigation: Navigation;
let questions: (() => void)[];

beforeEach(() => {
  browser = new FakeWindow();
  navigation = new Navigation(browser);
  questions = [];
});

const guard = (): (() => void) => navigation.guard((proceed) => questions.push(proceed));

describe('without a guard', () => {
  it('shows what the address bar says, and tells of it', () => {
    let told = 0;
    navigation.subscribe(() => told++);
    navigation.navigate('/rooms/a');
    expect([navigation.getPathname(), told]).toEqual(['/rooms/a', 1]);
    browser.move(-1);
    expect([navigation.getPathname(), told]).toEqual(['/', 2]);
  });

  it('makes no entry for the page that is shown', () => {
    navigation.navigate('/');
    expect(browser.entries).toHaveLength(1);
  });
});

describe('a guarded page', () => {
  beforeEach(() => navigation.navigate('/rooms/a'));

  it('stays until the answer to a link is yes', () => {
    guard();
    navigation.navigate('/');
    expect([navigation.getPathname(), browser.location.pathname]).toEqual(['/rooms/a', '/rooms/a']);
    questions[0]!();
    expect(navigation.getPathname()).toBe('/');
  });

  it('stays, with its address, when the browser goes back', () => {
    guard();
    browser.move(-1);
    browser.settle();
    expect([navigation.getPathname(), browser.location.pathname, questions.length]).toEqual(['/rooms/a', '/rooms/a', 1]);
  });

  it('goes where the browser wanted to go when the answer is yes', () => {
    const end = guard();
    browser.move(-1);
    browser.settle();
    questions[0]!();
    browser.settle();
    end();
    expect([navigation.getPathname(), browser.location.pathname, browser.at]).toEqual(['/', '/', 0]);
  });

  it('asks again after a no, and for forward too', () => {
    navigation.navigate('/rooms/b');
    browser.move(-1);
    guard();
    for (const delta of [1, -1]) {
      browser.move(delta);
      browser.settle();
      expect([navigation.getPathname(), browser.location.pathname]).toEqual(['/rooms/a', '/rooms/a']);
    }
    expect(questions).toHaveLength(2);
  });

  it('asks also before something else that ends what it does', () => {
    let done = 0;
    const end = guard();
    navigation.attempt(() => done++);
    expect(done).toBe(0);
    questions[0]!();
    end();
    navigation.attempt(() => done++);
    expect(done).toBe(2);
  });

  it('is free again when the guard ends', () => {
    guard()();
    browser.move(-1);
    expect([navigation.getPathname(), questions.length]).toEqual(['/', 0]);
  });

  it('is not left by another fragment, and knows its place afterwards', () => {
    guard();
    browser.fragment();
    expect([questions.length, navigation.getPathname()]).toEqual([0, '/rooms/a']);
    browser.move(-2);
    browser.settle();
    expect([navigation.getPathname(), browser.location.pathname, browser.at, questions.length]).toEqual(['/rooms/a', '/rooms/a', 2, 1]);
  });
});
