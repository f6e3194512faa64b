import type { app as english } from '../en/app.js';
import type { Translated } from '../spoken.js';

export const app: Translated<typeof english> = {
  brand: 'costage',
  loading: 'Un instant…',
  close: 'Fermer',
  cancel: 'Annuler',
  choose: 'Choisir…',
  tryAgain: 'Réessayer',
  retryIn: 'Réessayez dans {seconds, number} s.',
  back: 'Tous les lives',
  you: 'Vous',

  name: {
    title: 'Comment vous appelez-vous ?',
    lead: 'C’est un serveur de développement : choisissez un nom et jetez un œil.',
    label: 'Votre nom',
    placeholder: 'Par exemple Amina',
    submit: 'Continuer',
    busy: 'Connexion…',
  },

  noToken: {
    title: 'Il vous faut un lien pour entrer',
    lead: 'Ouvrez le lien que vous avez reçu. C’est lui qui contient votre accès, pas cette adresse.',
  },

  login: {
    title: 'Connectez-vous pour entrer',
    lead: 'Vous passez par la page de connexion, puis revenez ici.',
    go: 'Se connecter',
  },

  guest: {
    title: 'Regarder le live',
    lead: 'Vous regardez sans compte, en invité.',
    go: 'Regarder sans compte',
    orSignIn: 'Plutôt se connecter',
  },

  signedOut: {
    title: 'Votre accès a expiré',
    lead: 'Rouvrez le lien que vous avez reçu pour continuer.',
    devLead: 'Choisissez de nouveau votre nom pour continuer.',
    again: 'Choisir un nom',
  },

  access: {
    expiring: {
      title: 'Votre accès expire bientôt',
      lead: 'Demandez un nouveau lien là où vous avez eu le premier et collez-le ici : tout continue sans coupure.',
    },
    ended: {
      title: 'Votre accès a expiré',
      lead: 'Si vous êtes sur scène, votre image et votre son continuent tant que cette page reste ouverte, mais rien ne peut être modifié. Pour continuer, collez un nouveau lien ici. Ne fermez pas et ne rechargez pas cette page avant.',
    },
    timeLeft: '{seconds, plural, one {Encore # seconde} other {Encore # secondes}}',
    newLink: 'Votre nouveau lien',
    useLink: 'Continuer',
    problems: {
      noToken: 'Ce lien ne contient pas d’accès. Copiez-le en entier.',
      otherPerson: 'Ce lien est à quelqu’un d’autre.',
    },
  },

  serverGone: {
    title: 'Le serveur est injoignable',
    lead: 'Vérifiez votre réseau. Cette page réessaie toute seule.',
  },

  broken: {
    title: 'Un problème est survenu sur cette page',
    lead: 'Réessayez. Si cela ne suffit pas, rechargez la page ; le live, lui, continue.',
    reload: 'Recharger la page',
  },

  connection: {
    offline: 'Vous êtes hors ligne. En attente du réseau…',
    reconnecting: 'Connexion perdue. Reconnexion…',
    now: 'Reconnecter',
    back: 'Connexion rétablie.',
    media: 'Reconnexion du son et de la vidéo…',
    mediaAway: 'Le son et la vidéo sont indisponibles pour le moment.',
    mediaAwayLead: 'Le serveur multimédia ne répond pas. Le chat, les invitations et les demandes continuent ; l’image reviendra d’elle-même.',
    status: 'Non connecté',
  },

  home: {
    title: 'Lives',
    startTitle: 'Lancez un live',
    startLead: 'Passez en direct, puis invitez le public sur scène avec vous.',
    titleLabel: 'Titre',
    titlePlaceholder: 'De quoi parle votre live ?',
    start: 'Lancer un live',
    starting: 'Ouverture…',
    liveNow: 'En direct',
    waiting: 'Bientôt',
    planned: 'Prévus',
    filter: 'Afficher',
    emptyTitle: 'Aucun live en ce moment',
    emptyLead: 'Lancez le premier ou revenez plus tard : les nouveaux lives apparaissent ici tout seuls.',
    hostedBy: 'avec {name}',
    watch: 'Regarder',
    open: 'Ouvrir',
    signedInAs: 'Session de {name}',
  },

  unknown: {
    title: 'Cette page n’existe pas',
    lead: 'L’adresse est peut-être fausse.',
  },

  discard: {
    go: 'Supprimer',
    of: 'Supprimer « {title} »',
    title: 'Supprimer « {title} » ?',
    lead: 'Il disparaît de la liste et son lien indique qu’il est terminé. C’est définitif.',
    confirm: 'Supprimer',
  },

  status: {
    idle: 'Pas commencé',
    live: 'En direct',
    waitingReconnect: 'L’hôte se reconnecte',
    ended: 'Terminé',
    recorded: 'Terminé',
    terminated: 'Arrêté',
    error: 'Problème',
  },

  account: {
    language: 'Langue',
    notify: 'Me signaler les invitations même quand je suis ailleurs',
    notifyBlocked: 'Le navigateur ne l’autorise pas pour cette page. Autorisez les notifications avec le symbole à côté de l’adresse.',
    open: 'Invitations, personnes bloquées et langue',
    takesNoneShort: 'Invitations désactivées',
    takesInvitations: 'On peut m’inviter sur scène',
    takesNone: 'Personne ne peut vous inviter pour le moment. Les hôtes voient que vous n’acceptez pas d’invitations.',
    blocked: 'Personnes bloquées',
    nobodyBlocked: 'Vous n’avez bloqué personne. Quand quelqu’un vous invite, le menu à côté de l’invitation permet de bloquer cette personne.',
    since: 'depuis le {time}',
    unblock: 'Débloquer',
    unblockName: 'Débloquer {name}',
    more: 'Afficher plus',
    fromInvitation: {
      more: 'Plus d’options pour l’invitation de {name}',
      block: 'Refuser et bloquer {name}',
      takeNone: 'Refuser et désactiver les invitations',
      blocked: '{name} ne peut plus vous inviter. Vous pouvez changer cela en haut, sous votre nom.',
      takesNone: 'Personne ne peut plus vous inviter. Vous pouvez changer cela en haut, sous votre nom.',
    },
  },

  leaving: {
    host: {
      title: 'Quitter le direct ?',
      lead: 'Votre image et votre son s’arrêtent aussitôt. Le public vous attend {seconds, number} secondes, puis le live se termine.',
    },
    coHost: {
      title: 'Quitter le direct ?',
      lead: 'Votre image et votre son s’arrêtent aussitôt. Votre place sur scène est gardée {seconds, number} secondes.',
    },
    stay: 'Rester en direct',
    go: 'Quitter la page',
  },

  returning: {
    host: {
      title: 'Votre live est en cours',
      lead: '« {title} » vous attend.',
      go: 'Revenir à votre live',
    },
    coHost: {
      title: 'Votre place sur scène est gardée',
      lead: '« {title} » continue. Revenez avant que votre place soit donnée.',
      go: 'Revenir sur scène',
    },
  },
};
