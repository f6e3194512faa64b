import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: 'Vista',
    pictures: 'Imágenes',
    auto: 'Lo mejor posible',
    medium: 'Media',
    low: 'Pequeña, ahorra datos',
    none: 'Ninguna, solo sonido',
    where: 'Dónde se muestra',
    pictureInPicture: 'Imagen en imagen',
    fullScreen: 'Pantalla completa',
    leaveFullScreen: 'Salir de pantalla completa',
  },
  volume: {
    title: 'Volumen de {name} para ti',
    label: 'Volumen',
  },
  turnCamera: 'Otra cámara',
  label: 'Escenario',
  wholeTitle: 'Título completo',
  more: 'También en el escenario',
  cameOn: '{name} está en el escenario.',
  wentOff: '{name} ya no está en el escenario.',
  host: 'Presenta',
  coHost: 'Copresenta',
  muted: 'Micrófono silenciado',
  speaking: 'Habla',
  cameraOff: 'Cámara apagada',
  poor: 'Conexión débil',

  state: {
    preparing: 'Preparándose…',
    onAir: '',
    reconnecting: 'Reconectando…',
  },
  menu: 'Acciones para {name}',
  isOn: ', activado',
  isOff: ', desactivado',
  secondsLeft: '{seconds, number} s',

  actions: {
    off: {
      microphone: 'Silenciar',
      camera: 'Apagar cámara',
    },
    ask: {
      microphone: 'Pedir activar micro',
      camera: 'Pedir que encienda la cámara',
    },
    asked: {
      microphone: 'Te piden que actives el micro.',
      camera: 'Te piden que enciendas la cámara.',
    },
    notNow: 'Ahora no',
    invite: 'Puede invitar',
    moderate: 'Puede moderar',
    successor: 'Me sustituye si no estoy',
    volume: 'Volumen para mí…',
    pin: 'En grande para mí',
    spotlight: 'En grande para todos',
    earlier: 'Mover adelante',
    later: 'Mover atrás',
  },

  layout: {
    label: 'Cómo se ve el escenario',
    automatic: 'Automático',
    grid: 'Cuadrícula',
    spotlight: 'Uno en grande',
    sideBySide: 'Lado a lado',
    pictureInPicture: 'Imagen en imagen',
    screen: 'Pantalla',
  },

  standsIn: {
    self: 'Quien presenta no está. Ocupas su lugar, con sus derechos.',
    other: '{name} sustituye a quien presenta.',
    takeBack: 'Recuperar el directo',
    back: {
      self: 'Quien presenta ha vuelto. Vuelves a copresentar.',
      other: 'Quien presenta ha vuelto.',
    },
  },
  controls: 'Tu cámara, micrófono y pantalla',
  changeDevices: 'Cambiar cámara o micrófono',
};
