import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: 'Exibição',
    pictures: 'Imagens',
    auto: 'A melhor possível',
    medium: 'Média',
    low: 'Pequena, poupa dados',
    none: 'Nenhuma, só o som',
    where: 'Onde é mostrado',
    pictureInPicture: 'Imagem na imagem',
    fullScreen: 'Tela cheia',
    leaveFullScreen: 'Sair da tela cheia',
  },
  volume: {
    title: 'Volume de {name} para você',
    label: 'Volume',
  },
  turnCamera: 'Outra câmera',
  label: 'Palco',
  wholeTitle: 'Título completo',
  more: 'Também no palco',
  cameOn: '{name} está no palco.',
  wentOff: '{name} saiu do palco.',
  host: 'Host',
  coHost: 'Co-host',
  muted: 'Microfone silenciado',
  speaking: 'Falando',
  cameraOff: 'Câmera desligada',
  poor: 'Conexão fraca',

  state: {
    preparing: 'Preparando…',
    onAir: '',
    reconnecting: 'Reconectando…',
  },
  menu: 'Ações para {name}',
  isOn: ', ativado',
  isOff: ', desativado',
  secondsLeft: '{seconds, number} s',

  actions: {
    off: {
      microphone: 'Silenciar',
      camera: 'Desligar câmera',
    },
    ask: {
      microphone: 'Pedir para ativar o som',
      camera: 'Pedir para ligar a câmera',
    },
    asked: {
      microphone: 'Pediram que você ative o som.',
      camera: 'Pediram que você ligue a câmera.',
    },
    notNow: 'Agora não',
    invite: 'Pode convidar',
    moderate: 'Pode moderar',
    successor: 'Me substitui se eu cair',
    volume: 'Volume para mim…',
    pin: 'Ampliar para mim',
    spotlight: 'Ampliar para todos',
    earlier: 'Mover para frente',
    later: 'Mover para trás',
  },

  layout: {
    label: 'Como o palco aparece',
    automatic: 'Automático',
    grid: 'Grade',
    spotlight: 'Um grande',
    sideBySide: 'Lado a lado',
    pictureInPicture: 'Imagem na imagem',
    screen: 'Tela',
  },

  standsIn: {
    self: 'O host saiu. Você fica no lugar, com os direitos de host.',
    other: '{name} substitui o host.',
    takeBack: 'Retomar a live',
    back: {
      self: 'O host voltou. Você é co-host de novo.',
      other: 'O host voltou.',
    },
  },
  controls: 'Sua câmera, seu microfone e sua tela',
  changeDevices: 'Trocar câmera ou microfone',
};
