import type { app as english } from '../en/app.js';
import type { Translated } from '../spoken.js';

export const app: Translated<typeof english> = {
  brand: 'costage',
  loading: 'Einen Moment…',
  close: 'Schließen',
  cancel: 'Abbrechen',
  choose: 'Auswählen…',
  tryAgain: 'Neu versuchen',
  retryIn: 'Versuch es in {seconds, number} s noch mal.',
  back: 'Alle Shows',
  you: 'Du',

  name: {
    title: 'Wie heißt du?',
    lead: 'Das ist ein Entwicklungsserver: Nimm irgendeinen Namen und schau dich um.',
    label: 'Dein Name',
    placeholder: 'Zum Beispiel Amina',
    submit: 'Weiter',
    busy: 'Anmeldung läuft…',
  },

  noToken: {
    title: 'Du brauchst einen Link',
    lead: 'Öffne den Link, den du bekommen hast. Er enthält deinen Zugang, diese Adresse allein nicht.',
  },

  login: {
    title: 'Melde dich an',
    lead: 'Du kommst zur Anmeldeseite und danach wieder hierher.',
    go: 'Anmelden',
  },

  guest: {
    title: 'Show ansehen',
    lead: 'Du schaust als Gast zu und brauchst kein Konto.',
    go: 'Als Gast zuschauen',
    orSignIn: 'Lieber anmelden',
  },

  signedOut: {
    title: 'Dein Zugang ist abgelaufen',
    lead: 'Öffne deinen Link noch einmal, um weiterzumachen.',
    devLead: 'Gib deinen Namen noch einmal ein, um weiterzumachen.',
    again: 'Namen eingeben',
  },

  access: {
    expiring: {
      title: 'Dein Zugang läuft bald ab',
      lead: 'Hol dir dort, wo du den ersten Link bekommen hast, einen neuen und füge ihn hier ein: Alles läuft ohne Pause weiter.',
    },
    ended: {
      title: 'Dein Zugang ist abgelaufen',
      lead: 'Wenn du auf der Bühne bist, laufen Bild und Ton weiter, solange diese Seite offen bleibt, aber du kannst nichts ändern. Füge hier einen neuen Link ein, um weiterzumachen. Schließe diese Seite vorher nicht und lade sie nicht neu.',
    },
    timeLeft: '{seconds, plural, one {Noch # Sekunde} other {Noch # Sekunden}}',
    newLink: 'Dein neuer Link',
    useLink: 'Weiter',
    problems: {
      noToken: 'Dieser Link enthält keinen Zugang. Kopiere ihn ganz.',
      otherPerson: 'Dieser Link gehört jemand anderem.',
    },
  },

  serverGone: {
    title: 'Server nicht erreichbar',
    lead: 'Prüfe deine Internetverbindung. Die Seite versucht es von selbst weiter.',
  },

  broken: {
    title: 'Auf dieser Seite ging etwas schief',
    lead: 'Versuch es noch mal. Wenn das nicht hilft, lade die Seite neu. Die Show läuft weiter.',
    reload: 'Seite neu laden',
  },

  connection: {
    offline: 'Du bist offline. Warten auf Internet…',
    reconnecting: 'Verbindung weg. Neuer Versuch…',
    now: 'Jetzt verbinden',
    back: 'Wieder verbunden.',
    media: 'Ton und Video werden neu verbunden…',
    mediaAway: 'Ton und Bild sind gerade nicht da.',
    mediaAwayLead: 'Der Medienserver antwortet nicht. Chat, Einladungen und Anfragen gehen weiter; das Bild kommt von selbst zurück.',
    status: 'Nicht verbunden',
  },

  home: {
    title: 'Shows',
    startTitle: 'Starte eine Show',
    startLead: 'Geh live und hol dir Zuschauende auf die Bühne.',
    titleLabel: 'Titel',
    titlePlaceholder: 'Worum geht es in deiner Show?',
    start: 'Show starten',
    starting: 'Wird geöffnet…',
    liveNow: 'Jetzt live',
    waiting: 'Startet gleich',
    planned: 'Geplant',
    filter: 'Nur zeigen',
    emptyTitle: 'Gerade läuft keine Show',
    emptyLead: 'Starte die erste oder komm später wieder: Neue Shows erscheinen hier von selbst.',
    hostedBy: 'mit {name}',
    watch: 'Ansehen',
    open: 'Öffnen',
    signedInAs: 'Angemeldet als {name}',
  },

  unknown: {
    title: 'Diese Seite gibt es nicht',
    lead: 'Vielleicht stimmt die Adresse nicht.',
  },

  discard: {
    go: 'Show löschen',
    of: '„{title}“ löschen',
    title: '„{title}“ löschen?',
    lead: 'Sie verschwindet aus der Liste und ihr Link zeigt, dass sie vorbei ist. Das lässt sich nicht rückgängig machen.',
    confirm: 'Löschen',
  },

  status: {
    idle: 'Noch nicht live',
    live: 'Live',
    waitingReconnect: 'Host verbindet neu',
    ended: 'Beendet',
    recorded: 'Beendet',
    terminated: 'Gestoppt',
    error: 'Problem',
  },

  account: {
    language: 'Sprache',
    notify: 'Einladungen auch melden, wenn ich woanders bin',
    notifyBlocked: 'Der Browser lässt das auf dieser Seite nicht zu. Erlaube Benachrichtigungen über das Symbol neben der Adresse.',
    open: 'Einladungen, blockierte Personen und Sprache',
    takesNoneShort: 'Einladungen sind aus',
    takesInvitations: 'Andere dürfen mich auf die Bühne einladen',
    takesNone: 'Zurzeit kann dich niemand einladen. Hosts sehen, dass du keine Einladungen annimmst.',
    blocked: 'Blockierte Personen',
    nobodyBlocked: 'Du hast niemanden blockiert. Wenn dich jemand einlädt, kannst du die Person im Menü neben der Einladung blockieren.',
    since: 'seit {time}',
    unblock: 'Freigeben',
    unblockName: '{name} freigeben',
    more: 'Mehr anzeigen',
    fromInvitation: {
      more: 'Mehr zur Einladung von {name}',
      block: 'Ablehnen und {name} blockieren',
      takeNone: 'Ablehnen und Einladungen ausschalten',
      blocked: '{name} kann dich nicht mehr einladen. Ändern kannst du das oben unter deinem Namen.',
      takesNone: 'Jetzt kann dich niemand einladen. Ändern kannst du das oben unter deinem Namen.',
    },
  },

  leaving: {
    host: {
      title: 'Nicht mehr live sein?',
      lead: 'Dein Bild und Ton enden sofort. Dein Publikum wartet {seconds, number} Sekunden auf dich, dann ist die Show vorbei.',
    },
    coHost: {
      title: 'Nicht mehr live sein?',
      lead: 'Dein Bild und Ton enden sofort. Dein Platz auf der Bühne bleibt {seconds, number} Sekunden frei.',
    },
    stay: 'Live bleiben',
    go: 'Seite verlassen',
  },

  returning: {
    host: {
      title: 'Deine Show läuft',
      lead: '„{title}“ wartet auf dich.',
      go: 'Zurück zu deiner Show',
    },
    coHost: {
      title: 'Dein Platz auf der Bühne ist noch frei',
      lead: '„{title}“ läuft weiter. Komm zurück, bevor dein Platz vergeben wird.',
      go: 'Zurück auf die Bühne',
    },
  },
};
