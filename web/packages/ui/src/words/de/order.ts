import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: 'Moderieren',
  openWaiting: '{count, plural, one {Moderieren, # wartet} other {Moderieren, # warten}}',
  title: 'Moderieren',
  lead: 'Das sehen nur der Host und die Mods.',
  messagesWait: '{count, plural, one {# Nachricht wartet auf Prüfung} other {# Nachrichten warten auf Prüfung}}',
  reportsWait: '{count, plural, one {# Meldung wartet} other {# Meldungen warten}}',

  parts: {
    held: 'Prüfen',
    reports: 'Meldungen',
    people: 'Personen',
    words: 'Wörter',
  },
  about: 'Aktionen für {name}',

  held: {
    title: 'Nachrichten, die auf Prüfung warten',
    none: 'Keine Nachricht wartet. Was ein Wort der Liste enthält, kommt hierher, bevor andere es sehen.',
    show: 'Zeigen',
    showOf: 'Nachricht von {name} allen zeigen',
    refuse: 'Ablehnen',
    refuseOf: 'Nachricht von {name} ablehnen',
  },

  reports: {
    title: 'Gemeldete Nachrichten',
    none: 'Niemand hat etwas gemeldet.',
    by: '{reason}, gemeldet von {name}',
    removed: 'Die Nachricht wurde entfernt.',
    remove: 'Nachricht entfernen',
    removeOf: 'Nachricht von {name} für alle entfernen',
    settle: 'Erledigt',
    settleOf: 'Erledigt: Meldung über {name}',
  },

  people: {
    title: 'Mods, stummgeschaltete und gebannte Personen',
    none: 'Niemand ist stummgeschaltet oder gebannt und es gibt keine Mods.',
    moderator: 'Mod',
    muted: 'Noch {time} stummgeschaltet',
    mutedToTheEnd: 'Bis zum Ende der Show stumm',
    banned: 'Gebannt',
    reason: 'Grund: {reason}',
    unmute: 'Wieder schreiben lassen',
    unmuteOf: 'Wieder schreiben lassen: {name}',
    unban: 'Wieder reinlassen',
    unbanOf: 'Wieder reinlassen: {name}',
    dismiss: 'Absetzen',
    dismissOf: 'Als Mod absetzen: {name}',
  },

  words: {
    title: 'Wörter dieser Show',
    lead: 'Nachrichten mit einem davon warten auf Prüfung oder werden abgelehnt. Gefunden werden ganze Wörter, egal welche Groß- und Kleinschreibung, Akzente, ähnlichen Buchstaben und Leerzeichen dazwischen.',
    none: 'Noch keine Wörter.',
    word: 'Wort',
    wordHint: 'Ein * am Ende findet Wortanfänge.',
    action: 'Nachrichten damit werden',
    actions: {
      hold: 'geprüft',
      refuse: 'abgelehnt',
    },
    add: 'Hinzufügen',
    added: '{word} ist hinzugefügt, noch nicht gespeichert.',
    remove: '{word} aus der Liste nehmen',
    removed: '{word} ist entfernt, noch nicht gespeichert.',
    links: 'Nachrichten mit Links werden',
    linksOf: {
      allow: 'erlaubt',
      hold: 'erst geprüft',
      refuse: 'abgelehnt',
    },
    save: 'Speichern',
    saved: 'Die Wörter sind gespeichert.',
    drop: 'Verwerfen',
  },
};
