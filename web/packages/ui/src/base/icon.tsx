import type { ReactElement } from 'react';

const paths = {
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6',
  microphoneOff: 'M9 9v2a3 3 0 0 0 4.6 2.5M15 10V6a3 3 0 0 0-5.7-1.3M6 11a6 6 0 0 0 9.5 4.9M17.8 12.6c.1-.5.2-1 .2-1.6M12 17v4M9 21h6M4 4l16 16',
  camera: 'M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM15 11l6-3v8l-6-3',
  cameraOff: 'M9 7h4a2 2 0 0 1 2 2v3M15 15a2 2 0 0 1-2 2H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h.5M15 11l6-3v8l-3-1.5M3 3l18 18',
  screen: 'M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM8.500 21h7M12 14V8.500M9.500 10.500L12 8l2.500 2.500',
  screenOff: 'M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM8.500 21h7M9.800 8.800l4.400 4.400M14.200 8.800l-4.400 4.400',
  close: 'M6 6l12 12M18 6L6 18',
  leave: 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h10M17 8l4 4-4 4',
  stop: 'M7 7h10v10H7z',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12ZM12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600Z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l4.500 4.500',
  sound: 'M4 9.500v5h3.500L12 18.500v-13L7.500 9.500H4ZM15.500 9a4 4 0 0 1 0 6M18 6.500a7.500 7.500 0 0 1 0 11',
  weak: 'M4 19v-3M9 19v-6M14 19V9M3 4l18 17',
  signal: 'M4 19v-3M9 19v-6M14 19V9M19 19V5',
  alert: 'M12 4l9 16H3ZM12 10v4M12 17v.2',
  back: 'M15 5l-7 7 7 7',
  chevron: 'M7 10l5 5 5-5',
  up: 'M7 14l5-5 5 5',
  view: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M9 12h6M12 9v6',
  turn: 'M5 9a8 8 0 0 1 13.500-2.500L21 9M21 4v5h-5M19 15a8 8 0 0 1-13.500 2.500L3 15M3 20v-5h5',
  more: 'M12 4.500a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM12 17.500a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z',
  inviteOff: 'M7 5.500a4 4 0 0 0 5.200 5.800M14 8a4 4 0 0 0-4-4M3 20c.5-3.500 3.500-5.500 7-5.500 1.500 0 2.900.4 4 1M15 17h6M4 3l16 18',
  send: 'M4 12L20 4l-4 16-4.500-6.500L4 12ZM11.500 13.500L20 4',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6ZM12 15v5',
  shield: 'M12 3l7 2.500v5.500c0 4.500-3 8-7 10-4-2-7-5.500-7-10V5.500ZM9 12l2.200 2.200L15.200 10',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  invite: 'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20c.5-3.500 3.500-5.500 7-5.500 1.500 0 2.900.4 4 1M18 14v6M15 17h6',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: what it means is said by the label beside or around it. */
export function Icon({ name, flips = false }: { name: IconName; flips?: boolean }): ReactElement {
  return (
    <svg className="cs-icon" data-flips={flips || undefined} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
