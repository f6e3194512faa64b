// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { EgressDetails } from '@costage/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleEgress, sampleEvent, sampleRoom, sampleState } from '../../../sdk/src/testing/samples.js';
import { AnsweringRoom, refusal } from '../testing/answering.js';
import { EgressBadges } from './egress_badges.js';
import { EgressControls } from './egress_controls.js';

let server: AnsweringRoom;

beforeEach(() => {
  server = new AnsweringRoom();
});
afterEach(cleanup);

const live = sampleRoom({ status: 'live' });
const state = (change: Parameters<typeof sampleState>[0] = {}) => sampleState({ room: live, egressAvailable: true, ...change });
const details = (change: Partial<EgressDetails> = {}): EgressDetails => ({ ...sampleEgress(), destinations: [], ...change });
const statuses = (): string[] => screen.getAllByRole('status').map((one) => one.textContent ?? '').filter((text) => text !== '');

function controls(now = state()): { again: (next: ReturnType<typeof state>) => void } {
  const shown = (next: ReturnType<typeof state>) => <EgressControls room={server.room} state={next} />;
  const { rerender } = render(shown(now));
  return { again: (next) => rerender(shown(next)) };
}

const type = (testId: string, value: string): void => void fireEvent.change(screen.getByTestId(testId), { target: { value } });

describe('what everybody reads', () => {
  it('is heard when it begins and when it is over, and is not there before', () => {
    const { rerender } = render(<EgressBadges state={state()} />);
    expect(screen.queryByTestId('recording-badge')).toBeNull();
    expect(statuses()).toEqual([]);
    rerender(<EgressBadges state={state({ egresses: [sampleEgress({ state: 'starting' })] })} />);
    expect(screen.getByTestId('recording-badge').textContent).toBe('Recording');
    expect(screen.queryByTestId('restream-badge')).toBeNull();
    rerender(<EgressBadges state={state({ egresses: [sampleEgress({ kind: 'restream' })] })} />);
    expect(statuses()).toEqual(['The recording has ended.', 'Live on other platforms']);
  });

  it('is over with the show', () => {
    render(<EgressBadges state={state({ room: sampleRoom({ status: 'ended' }), egresses: [sampleEgress()] })} />);
    expect(statuses()).toEqual([]);
  });
});

describe('recording', () => {
  it('is not offered where the server cannot, nor before the show', () => {
    const { again } = controls(state({ egressAvailable: false }));
    expect(screen.queryByTestId('record-start')).toBeNull();
    again(state({ room: sampleRoom({ status: 'idle' }) }));
    expect(screen.queryByTestId('record-start')).toBeNull();
  });

  it('starts at once, and says why it does not', async () => {
    server.answers['POST egresses'] = () => refusal('egress_running', 409);
    controls();
    fireEvent.click(screen.getByTestId('record-start'));
    expect((await screen.findByTestId('problem')).textContent).toContain('This is running already.');
    expect(server.asked).toEqual([['POST egresses', { kind: 'recording' }]]);
  });

  it('is stopped after a question', async () => {
    server.answers['DELETE egresses/EG_1'] = () => Response.json(details({ state: 'ending' }));
    const { again } = controls(state({ egresses: [sampleEgress()] }));
    fireEvent.click(screen.getByTestId('record-stop'));
    expect(server.requests).toEqual([]);
    fireEvent.click(screen.getByTestId('confirm-record-stop'));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(server.requests).toEqual(['DELETE egresses/EG_1']);
    again(state({ egresses: [sampleEgress({ state: 'ending' })] }));
    expect(screen.getByTestId('record-stop').getAttribute('aria-disabled')).toBe('true');
  });

  it('that ends by itself takes the question along', () => {
    const { again } = controls(state({ egresses: [sampleEgress()] }));
    fireEvent.click(screen.getByTestId('record-stop'));
    again(state());
    again(state({ egresses: [sampleEgress({ egressId: 'EG_2' })] }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

describe('other platforms', () => {
  it('are checked before anything is sent, and their keys are not to be read', async () => {
    server.answers['GET egresses'] = () => Response.json({ items: [] });
    server.answers['POST egresses'] = () => Response.json(details({ kind: 'restream' }), { status: 201 });
    controls();
    fireEvent.click(screen.getByTestId('restream-open'));
    type('destination-url-0', 'https://live.example.org');
    fireEvent.click(screen.getByTestId('restream-start'));
    expect(await screen.findByText(/The address begins with/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByTestId('destination-url-0'));
    expect(server.requests).not.toContain('POST egresses');
    type('destination-url-0', 'rtmps://live.example.org/app/');
    type('destination-key-0', 'secret');
    expect(screen.getByTestId<HTMLInputElement>('destination-key-0').type).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: 'Show the key' }));
    expect(screen.getByTestId<HTMLInputElement>('destination-key-0').type).toBe('text');
    fireEvent.click(screen.getByTestId('restream-start'));
    await waitFor(() => expect(server.asked).toContainEqual(['POST egresses', { kind: 'restream', urls: ['rtmps://live.example.org/app/secret'] }]));
  });

  it('are five at most, and one at least', async () => {
    server.answers['GET egresses'] = () => Response.json({ items: [] });
    controls();
    fireEvent.click(screen.getByTestId('restream-open'));
    expect(screen.queryByTestId('destination-remove-0')).toBeNull();
    for (let at = 1; at < 5; at++) fireEvent.click(screen.getByTestId('restream-add'));
    expect(screen.getByTestId<HTMLButtonElement>('restream-add').disabled).toBe(true);
    expect(document.activeElement).toBe(screen.getByTestId('destination-url-4'));
    type('destination-url-4', 'rtmp://five.example/live');
    fireEvent.click(screen.getByTestId('destination-remove-0'));
    expect(screen.getByTestId<HTMLInputElement>('destination-url-3').value).toBe('rtmp://five.example/live');
    expect(document.activeElement).toBe(screen.getByTestId('restream-add'));
    expect(await screen.findByText(/Nothing was recorded/)).toBeTruthy();
  });

  it('are told of one by one, and read again with each event', async () => {
    const sent = details({ egressId: 'EG_2', kind: 'restream', destinations: [{ url: 'rtmp://a.example/…', failed: false }, { url: 'rtmp://b.example/…', failed: true }] });
    const recorded = details({ state: 'complete', file: { location: '/recordings/1.mp4', seconds: 61, bytes: 2_500_000 } });
    const failed = details({ egressId: 'EG_0', state: 'failed', error: 'no space left' });
    let items = [sent, failed];
    server.answers['GET egresses'] = () => Response.json({ items });
    server.answers['DELETE egresses/EG_2'] = () => Response.json(sent);
    controls(state({ egresses: [sampleEgress({ egressId: 'EG_2', kind: 'restream' })] }));
    fireEvent.click(screen.getByTestId('restream-open'));
    expect(await screen.findByText('Nothing is sent there any more')).toBeTruthy();
    expect(screen.getByText('Sending')).toBeTruthy();
    expect(within(screen.getByTestId('egress-list')).getByText('no space left')).toBeTruthy();
    items = [recorded, sent, failed];
    act(() => server.tell(sampleEvent(5, 'egress.ended', { egresses: [] })));
    expect(await screen.findByText(/Complete.* · 1:01 · 2\.5 MB/)).toBeTruthy();
    expect(screen.getByText('/recordings/1.mp4')).toBeTruthy();
    fireEvent.click(screen.getByTestId('restream-stop'));
    await waitFor(() => expect(server.requests).toContain('DELETE egresses/EG_2'));
  });

  it('are asked for again where that failed', async () => {
    server.answers['GET egresses'] = () => refusal('not_permitted', 403);
    controls();
    fireEvent.click(screen.getByTestId('restream-open'));
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(server.requests).toEqual(['GET egresses', 'GET egresses']));
  });
});
