import { afterEach, expect, it, vi } from 'vitest';
import { onPageEnd } from './page_end.js';

afterEach(() => vi.unstubAllGlobals());

function page(): EventTarget {
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  return target;
}

const hide = (persisted: boolean): Event => Object.assign(new Event('pagehide'), { persisted });

it('is called when the page ends, not when the user is asked, when the page may come back, or afterwards', () => {
  const target = page();
  const work = vi.fn();
  const stop = onPageEnd(work);
  target.dispatchEvent(new Event('beforeunload'));
  target.dispatchEvent(hide(true));
  expect(work).not.toHaveBeenCalled();
  target.dispatchEvent(hide(false));
  expect(work).toHaveBeenCalledTimes(1);
  stop();
  target.dispatchEvent(hide(false));
  expect(work).toHaveBeenCalledTimes(1);
});
