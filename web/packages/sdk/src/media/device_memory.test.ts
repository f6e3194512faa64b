import { describe, expect, it } from 'vitest';
import { DeviceMemory, type KeyValueStore } from './device_memory.js';

function store(text: string | null = null): KeyValueStore & { text: string | null } {
  const made = { text, getItem: () => made.text, setItem: (_key: string, value: string) => void (made.text = value) };
  return made;
}

const kMuted = { camera: true, microphone: false };

describe('what was on', () => {
  it('outlives the page, and another window sees it', () => {
    const shared = store();
    new DeviceMemory(() => shared).keep('lease_1', kMuted);
    expect(new DeviceMemory(() => shared).recall('lease_1')).toEqual(kMuted);
  });

  it('is known of this seat only', () => {
    const memory = new DeviceMemory(() => store());
    memory.keep('lease_1', kMuted);
    expect(memory.recall('lease_2')).toBeUndefined();
  });

  it('is the newest', () => {
    const shared = store();
    const [one, other] = [new DeviceMemory(() => shared), new DeviceMemory(() => shared)];
    one.keep('lease_1', { camera: true, microphone: true });
    other.keep('lease_1', kMuted);
    expect(one.recall('lease_1')).toEqual(kMuted);
  });

  it('is forgotten after twenty others', () => {
    const shared = store();
    const memory = new DeviceMemory(() => shared);
    for (let at = 0; at <= 20; at++) memory.keep(`lease_${at}`, kMuted);
    expect([memory.recall('lease_0'), memory.recall('lease_1')]).toEqual([undefined, kMuted]);
    expect(JSON.parse(shared.text!)).toHaveLength(20);
  });

  it.each(['{', '{"a":1}', '[1,null,{"leaseId":"lease_1","camera":"yes","microphone":true}]'])('is unknown from %s', (text) => {
    expect(new DeviceMemory(() => store(text)).recall('lease_1')).toBeUndefined();
  });

  it('lasts as long as the page where storage is forbidden', () => {
    const memory = new DeviceMemory(() => {
      throw new DOMException('no', 'SecurityError');
    });
    memory.keep('lease_1', kMuted);
    expect(memory.recall('lease_1')).toEqual(kMuted);
    expect(memory.recall('lease_2')).toBeUndefined();
    memory.doubt();
    expect(memory.recall('lease_1')).toBeUndefined();
  });
});
