export const stage = {
  label: 'Stage',
  wholeTitle: 'All of the title',
  more: 'Also on stage',
  cameOn: '{name} is on stage.',
  wentOff: '{name} is off the stage.',
  host: 'Host',
  coHost: 'Co-host',
  muted: 'Microphone muted',
  speaking: 'Speaking',
  cameraOff: 'Camera off',
  poor: 'Weak connection',

  state: {
    preparing: 'Getting ready…',
    onAir: '',
    reconnecting: 'Reconnecting…',
  },
  menu: 'What to do about {name}',
  isOn: ', on',
  isOff: ', off',
  secondsLeft: '{seconds, number} s',

  actions: {
    off: {
      microphone: 'Mute',
      camera: 'Turn camera off',
    },
    ask: {
      microphone: 'Ask to unmute',
      camera: 'Ask to turn the camera on',
    },
    asked: {
      microphone: 'You are asked to unmute.',
      camera: 'You are asked to turn your camera on.',
    },
    notNow: 'Not now',
    invite: 'May invite',
    moderate: 'May moderate',
    successor: 'Stands in for me if I am gone',
    pin: 'Show large for me',
    spotlight: 'Show large for everybody',
    earlier: 'Move to the front',
    later: 'Move to the back',
  },

  layout: {
    label: 'How the stage is shown',
    automatic: 'Automatic',
    grid: 'Grid',
    spotlight: 'One large',
    sideBySide: 'Side by side',
    pictureInPicture: 'Picture in picture',
    screen: 'Shared screen',
  },

  standsIn: {
    self: 'The host is gone. You stand in, with the rights of the host.',
    other: '{name} stands in for the host.',
    takeBack: 'Take back the show',
    back: {
      self: 'The host is back. You are a co-host again.',
      other: 'The host is back.',
    },
  },
  controls: 'Your camera, microphone and screen',
  changeDevices: 'Change camera or microphone',
} as const;
