// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useSession, useUser } from './provider.js';
import { World } from './testing/world.js';
import { useAction } from './use_action.js';

let world: World;

beforeEach(async () => {
  world = await World.start();
});
afterEach(async () => {
  cleanup();
  await world.stop();
});

function Who(): string {
  return `I am ${useUser().name}`;
}

describe('CostageProvider', () => {
  it('shows the fallback until the server has said who I am', async () => {
    render(<Who />, { wrapper: world.Around });
    expect(screen.getByText('waiting')).toBeTruthy();
    expect(await screen.findByText('I am Carl')).toBeTruthy();
  });

  it('renders on a server, where nothing is asked', () => {
    expect(renderToString(<world.Around><Who /></world.Around>)).toContain('waiting');
    expect(world.asked).toEqual([]);
  });

  it('tells what went wrong, and goes on with another token after a refusal', async () => {
    const problem = { code: 'token_expired', title: 'Too old' };
    const { answer } = world;
    world.answer = () => Response.json(problem, { status: 401 });
    render(<Who />, { wrapper: world.Around });
    expect(await screen.findByText('token_expired')).toBeTruthy();
    world.answer = answer;
    world.client.setToken('another');
    expect(await screen.findByText('I am Carl')).toBeTruthy();
  });

  it('shows at once what the server answered something new about me', async () => {
    function Rename(): string {
      const { user, onUser } = useSession();
      if (user.name === 'Carl') queueMicrotask(() => onUser({ ...user, name: 'Carla' }));
      return user.name;
    }
    render(<Rename />, { wrapper: world.Around });
    expect(await screen.findByText('Carla')).toBeTruthy();
  });

  it('is missed with a sentence that says what to do', () => {
    expect(() => renderToString(<Who />)).toThrow('<CostageProvider>');
  });
});

describe('useAction', () => {
  it('is busy until the work is done, does nothing twice, and shows a refusal until the next try', async () => {
    const ran: string[] = [];
    let finish = (): void => {};
    function Press(): React.ReactNode {
      const { busy, error, run } = useAction();
      const work = async (): Promise<void> => {
        ran.push('ran');
        await new Promise<void>((resolve) => (finish = resolve));
        if (ran.length === 1) throw new Error('refused');
      };
      return <button onClick={() => void run(work)}>{busy ? 'busy' : (error?.message ?? 'ready')}</button>;
    }
    render(<Press />, { wrapper: world.Around });
    (await screen.findByText('ready')).click();
    const busy = await screen.findByText('busy');
    busy.click();
    finish();
    (await screen.findByText('refused')).click();
    await screen.findByText('busy');
    finish();
    await screen.findByText('ready');
    expect(ran).toEqual(['ran', 'ran']);
  });
});
