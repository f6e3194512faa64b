import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: 'Affichage',
    pictures: 'Images',
    auto: 'La meilleure possible',
    medium: 'Moyenne',
    low: 'Petite, moins de données',
    none: 'Aucune, le son seul',
    where: 'Où l’afficher',
    pictureInPicture: 'Image dans l’image',
    fullScreen: 'Plein écran',
    leaveFullScreen: 'Quitter le plein écran',
  },
  volume: {
    title: 'Volume de {name} pour vous',
    label: 'Volume',
  },
  turnCamera: 'Autre caméra',
  label: 'Scène',
  wholeTitle: 'Titre complet',
  more: 'Aussi sur scène',
  cameOn: '{name} est sur scène.',
  wentOff: '{name} n’est plus sur scène.',
  host: 'Hôte',
  coHost: 'Co-hôte',
  muted: 'Micro coupé',
  speaking: 'Parle',
  cameraOff: 'Caméra coupée',
  poor: 'Connexion faible',

  state: {
    preparing: 'Se prépare…',
    onAir: '',
    reconnecting: 'Reconnexion…',
  },
  menu: 'Actions pour {name}',
  isOn: ', activé',
  isOff: ', désactivé',
  secondsLeft: '{seconds, number} s',

  actions: {
    off: {
      microphone: 'Couper le micro',
      camera: 'Couper la caméra',
    },
    ask: {
      microphone: 'Demander le micro',
      camera: 'Demander d’activer la caméra',
    },
    asked: {
      microphone: 'On vous demande d’activer votre micro.',
      camera: 'On vous demande d’activer votre caméra.',
    },
    notNow: 'Plus tard',
    invite: 'Peut inviter',
    moderate: 'Peut modérer',
    successor: 'Me remplace si je pars',
    volume: 'Volume pour moi…',
    pin: 'En grand pour moi',
    spotlight: 'En grand pour tout le monde',
    earlier: 'Avancer',
    later: 'Reculer',
  },

  layout: {
    label: 'Affichage de la scène',
    automatic: 'Automatique',
    grid: 'Grille',
    spotlight: 'Une en grand',
    sideBySide: 'Côte à côte',
    pictureInPicture: 'Image dans l’image',
    screen: 'Écran partagé',
  },

  standsIn: {
    self: 'L’hôte n’est plus là. Vous assurez le remplacement, avec ses droits.',
    other: '{name} remplace l’hôte.',
    takeBack: 'Reprendre le live',
    back: {
      self: 'L’hôte est de retour. Vous êtes de nouveau co-hôte.',
      other: 'L’hôte est de retour.',
    },
  },
  controls: 'Votre caméra, votre micro et votre écran',
  changeDevices: 'Changer de caméra ou de micro',
};
