// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { Ingress } from '@costage/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleRoom, sampleState } from '../../../sdk/src/testing/samples.js';
import { AnsweringRoom, refusal } from '../testing/answering.js';
import { SeatElsewhere } from './seat_elsewhere.js';
import { SoftwareButton } from './software_button.js';

let server: AnsweringRoom;
let current: Ingress | undefined;

const opened: Ingress = { ingressId: 'IN_1', input: 'rtmp', url: 'rtmp://live.example.org/live', streamKey: 'secret', state: 'waiting' };
const state = (ingressAvailable = true) => sampleState({ room: sampleRoom({ status: 'live' }), ingressAvailable });

beforeEach(() => {
  server = new AnsweringRoom();
  current = undefined;
  Object.assign(server.answers, {
    'GET ingress': () => (current ? Response.json(current) : refusal('ingress_not_found', 404)),
    'PUT ingress': (body: unknown) => Response.json((current = { ...opened, ...(body as object) })),
    'DELETE ingress': () => {
      current = undefined;
      return new Response(null, { status: 204 });
    },
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** From the first look to the next. */
const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const later = (): Promise<void> => pass(2100);

describe('the dialog', () => {
  it('is not offered where the server takes nothing from software', () => {
    render(<SoftwareButton room={server.room} state={state(false)} />);
    expect(screen.queryByTestId('software-open')).toBeNull();
  });

  it('opens a way for the software, keeps its key from view, and follows how it goes', async () => {
    vi.useFakeTimers();
    render(<SoftwareButton room={server.room} state={state()} />);
    fireEvent.click(screen.getByTestId('software-open'));
    await pass(0);
    await act(async () => fireEvent.click(screen.getByTestId('software-input-whip')));
    await pass(0);
    expect(server.asked).toContainEqual(['PUT ingress', { input: 'whip' }]);
    expect(screen.getByTestId<HTMLInputElement>('software-url').value).toBe('rtmp://live.example.org/live');
    expect(screen.getByTestId<HTMLInputElement>('software-key').type).toBe('password');
    expect(screen.getByTestId('software-state').textContent).toBe('Waiting for your software');
    current = { ...opened, state: 'failed', error: 'unsupported codec' };
    await later();
    expect(screen.getByTestId('software-state').textContent).toBe('It failed: unsupported codec');
    await act(async () => fireEvent.click(screen.getByTestId('software-close')));
    await pass(0);
    expect(screen.getByTestId('software-input-rtmp')).toBeTruthy();
  });

  it('says when the show begins, before the show', async () => {
    render(<SoftwareButton room={server.room} state={sampleState({ ingressAvailable: true })} />);
    fireEvent.click(screen.getByTestId('software-open'));
    expect(await screen.findByText('The show begins when your software sends.')).toBeTruthy();
  });
});

describe('a seat that is not of this window', () => {
  const take = vi.fn(() => Promise.resolve());
  const seat = (available = true) => (
    <SeatElsewhere room={server.room} state={state(available)} isKept={false} onTake={take}>
      <button>End show</button>
    </SeatElsewhere>
  );
  beforeEach(() => take.mockClear());

  it('is on stage in another window, without a word to a server that knows no software', async () => {
    render(seat(false), { wrapper: server.Around });
    expect(await screen.findByTestId('elsewhere')).toBeTruthy();
    expect(server.requests).toEqual([]);
  });

  it('is so too where there is none; that is asked once', async () => {
    vi.useFakeTimers();
    render(seat(), { wrapper: server.Around });
    await later();
    await later();
    expect(screen.getByTestId('elsewhere')).toBeTruthy();
    expect(server.requests).toEqual(['GET ingress']);
  });

  it('is the software’s, with what can be done and the way back', async () => {
    current = { ...opened, state: 'publishing' };
    render(seat(), { wrapper: server.Around });
    expect((await screen.findByTestId('software-panel')).textContent).toContain('You are on stage by streaming software');
    expect(screen.queryByTestId('elsewhere')).toBeNull();
    expect(screen.getByText('End show')).toBeTruthy();
    fireEvent.click(screen.getByTestId('software-close'));
    await waitFor(() => expect(take).toHaveBeenCalledTimes(1));
    expect(server.requests).toContain('DELETE ingress');
  });

  it('says why the way back failed, with another way to try', async () => {
    current = opened;
    take.mockRejectedValueOnce(new Error('No.'));
    render(seat(), { wrapper: server.Around });
    fireEvent.click(await screen.findByTestId('software-close'));
    expect((await screen.findByTestId('problem')).textContent).toContain('Something went wrong');
    expect(screen.getByTestId('use-this-window')).toBeTruthy();
  });
});
