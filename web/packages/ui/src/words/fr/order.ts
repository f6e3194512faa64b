import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: 'Modérer',
  openWaiting: '{count, plural, one {Modérer, # en attente} other {Modérer, # en attente}}',
  title: 'Modérer',
  lead: 'Seuls l’hôte et les modos voient ceci.',
  messagesWait: '{count, plural, one {# message à examiner} other {# messages à examiner}}',
  reportsWait: '{count, plural, one {# signalement en attente} other {# signalements en attente}}',

  parts: {
    held: 'À examiner',
    reports: 'Signalements',
    people: 'Personnes',
    words: 'Mots',
  },
  about: 'Actions pour {name}',

  held: {
    title: 'Messages à examiner',
    none: 'Aucun message en attente. Ce qui contient un mot de la liste arrive ici avant d’être vu par les autres.',
    show: 'Publier',
    showOf: 'Publier le message de {name} pour tout le monde',
    refuse: 'Refuser',
    refuseOf: 'Refuser le message de {name}',
  },

  reports: {
    title: 'Messages signalés',
    none: 'Personne n’a rien signalé.',
    by: '{reason}, signalé par {name}',
    removed: 'Le message a été supprimé.',
    remove: 'Supprimer le message',
    removeOf: 'Supprimer le message de {name} pour tout le monde',
    settle: 'Réglé',
    settleOf: 'Réglé : le signalement sur {name}',
  },

  people: {
    title: 'Modos, personnes en sourdine et bannies',
    none: 'Personne n’est en sourdine ni banni, et il n’y a pas de modos.',
    moderator: 'Modo',
    muted: 'En sourdine encore {time}',
    mutedToTheEnd: 'En sourdine jusqu’à la fin du live',
    banned: 'Bannissement',
    reason: 'Motif : {reason}',
    unmute: 'Laisser écrire',
    unmuteOf: 'Laisser écrire : {name}',
    unban: 'Laisser revenir',
    unbanOf: 'Laisser revenir : {name}',
    dismiss: 'Retirer',
    dismissOf: 'Retirer des modos : {name}',
  },

  words: {
    title: 'Mots de ce live',
    lead: 'Les messages qui en contiennent un attendent un examen ou sont refusés. On trouve les mots entiers, quels que soient la casse, les accents, les lettres ressemblantes et les espaces entre elles.',
    none: 'Aucun mot pour l’instant.',
    word: 'Mot',
    wordHint: 'Un * à la fin trouve les débuts de mots.',
    action: 'Ces messages sont',
    actions: {
      hold: 'retenus',
      refuse: 'refusés',
    },
    add: 'Ajouter',
    added: '{word} est ajouté, pas encore enregistré.',
    remove: 'Retirer {word} de la liste',
    removed: '{word} est retiré, pas encore enregistré.',
    links: 'Les messages avec liens sont',
    linksOf: {
      allow: 'autorisés',
      hold: 'à examiner',
      refuse: 'refusés',
    },
    save: 'Enregistrer',
    saved: 'Les mots sont enregistrés.',
    drop: 'Annuler',
  },
};
