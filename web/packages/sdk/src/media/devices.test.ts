import { describe, expect, it, vi } from 'vitest';
import { Devices, VanishWatch, type DeviceList } from './devices.js';

const device = (kind: MediaDeviceKind, deviceId: string): MediaDeviceInfo => ({ kind, deviceId, label: deviceId, groupId: '', toJSON: () => '' });
const list = (...cameras: string[]): DeviceList => ({ cameras: cameras.map((id) => device('videoinput', id)), microphones: [] });

function fakeDevices(): { plugged: MediaDeviceInfo[]; source: MediaDevices & EventTarget } {
  const plugged: MediaDeviceInfo[] = [];
  const source = Object.assign(new EventTarget(), { enumerateDevices: async () => [...plugged] });
  return { plugged, source: source as unknown as MediaDevices };
}

describe('Devices', () => {
  it('follows what is plugged in, while somebody listens', async () => {
    const { plugged, source } = fakeDevices();
    const devices = new Devices(() => source);
    const stop = devices.subscribe(() => {});
    plugged.push(device('videoinput', 'cam1'), device('audioinput', 'mic1'), device('audiooutput', 'out1'));
    source.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() => expect(devices.getSnapshot().cameras).toHaveLength(1));
    expect(devices.getSnapshot().microphones.map((one) => one.deviceId)).toEqual(['mic1']);
    stop();
    plugged.length = 0;
    source.dispatchEvent(new Event('devicechange'));
    devices.refresh();
    await Promise.resolve();
    expect(devices.getSnapshot().cameras).toHaveLength(1);
  });

  it('does not list those whose names the browser still keeps to itself', async () => {
    const { plugged, source } = fakeDevices();
    plugged.push(device('videoinput', ''), device('videoinput', 'cam1'));
    const devices = new Devices(() => source);
    devices.subscribe(() => {});
    await vi.waitFor(() => expect(devices.getSnapshot().cameras.map((one) => one.deviceId)).toEqual(['cam1']));
  });

  it('is empty where there are none, as on insecure pages', () => {
    const devices = new Devices(() => undefined);
    devices.subscribe(() => {});
    expect(devices.getSnapshot()).toEqual({ cameras: [], microphones: [] });
  });
});

describe('VanishWatch', () => {
  it('says once that the camera in use is gone, and once that there is one again', () => {
    const watch = new VanishWatch();
    expect(watch.check('camera', 'cam1', list('cam1', 'cam2'))).toBeUndefined();
    expect(watch.check('camera', 'cam1', list('cam2'))).toBe(true);
    expect(watch.check('camera', 'cam1', list('cam2'))).toBeUndefined();
    expect(watch.check('camera', 'cam2', list('cam2'))).toBe(false);
  });

  it.each([
    ['another one was unplugged', 'cam1', list('cam1')],
    ['it was never listed', 'default', list('cam2')],
    ['none is in use', undefined, list()],
  ])('is silent when %s', (_when, used, now) => {
    const watch = new VanishWatch();
    watch.check('camera', used, list('cam1', 'cam2'));
    expect(watch.check('camera', used, now)).toBeUndefined();
  });
});
