import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: 'Ansicht',
    pictures: 'Bilder',
    auto: 'So gut wie möglich',
    medium: 'Mittel',
    low: 'Klein, spart Daten',
    none: 'Keine, nur Ton',
    where: 'Wo es zu sehen ist',
    pictureInPicture: 'Bild im Bild',
    fullScreen: 'Vollbild',
    leaveFullScreen: 'Vollbild beenden',
  },
  volume: {
    title: 'Wie laut du {name} hörst',
    label: 'Lautstärke',
  },
  turnCamera: 'Andere Kamera',
  label: 'Bühne',
  wholeTitle: 'Ganzer Titel',
  more: 'Auch auf der Bühne',
  cameOn: '{name} ist auf der Bühne.',
  wentOff: '{name} ist nicht mehr auf der Bühne.',
  host: 'Host',
  coHost: 'Co-Host',
  muted: 'Mikrofon stumm',
  speaking: 'Spricht',
  cameraOff: 'Kamera aus',
  poor: 'Schwaches Netz',

  state: {
    preparing: 'Macht sich bereit…',
    onAir: '',
    reconnecting: 'Verbindet neu…',
  },
  menu: 'Aktionen für {name}',
  isOn: ', an',
  isOff: ', aus',
  secondsLeft: '{seconds, number} s',

  actions: {
    off: {
      microphone: 'Stumm',
      camera: 'Kamera ausschalten',
    },
    ask: {
      microphone: 'Um Ton bitten',
      camera: 'Bitten, die Kamera einzuschalten',
    },
    asked: {
      microphone: 'Schalte bitte deinen Ton ein.',
      camera: 'Schalte bitte deine Kamera ein.',
    },
    notNow: 'Nicht jetzt',
    invite: 'Darf einladen',
    moderate: 'Darf moderieren',
    successor: 'Vertritt mich, wenn ich weg bin',
    volume: 'Lautstärke für mich …',
    pin: 'Für mich groß zeigen',
    spotlight: 'Für alle groß zeigen',
    earlier: 'Weiter nach vorn',
    later: 'Weiter nach hinten',
  },

  layout: {
    label: 'Ansicht der Bühne',
    automatic: 'Automatisch',
    grid: 'Raster',
    spotlight: 'Eins groß',
    sideBySide: 'Nebeneinander',
    pictureInPicture: 'Bild im Bild',
    screen: 'Bildschirm',
  },

  standsIn: {
    self: 'Der Host ist weg. Du vertrittst ihn, mit den Rechten des Hosts.',
    other: '{name} vertritt den Host.',
    takeBack: 'Show zurücknehmen',
    back: {
      self: 'Der Host ist zurück. Du bist wieder Co-Host.',
      other: 'Der Host ist zurück.',
    },
  },
  controls: 'Kamera, Mikrofon und Bildschirm',
  changeDevices: 'Kamera oder Mikrofon wechseln',
};
