import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: 'Moderar',
  openWaiting: '{count, plural, one {Moderar, # pendiente} other {Moderar, # pendientes}}',
  title: 'Moderar',
  lead: 'Solo lo ven quien presenta y los mods.',
  messagesWait: '{count, plural, one {# mensaje por revisar} other {# mensajes por revisar}}',
  reportsWait: '{count, plural, one {# denuncia pendiente} other {# denuncias pendientes}}',

  parts: {
    held: 'Revisar',
    reports: 'Denuncias',
    people: 'Personas',
    words: 'Palabras',
  },
  about: 'Acciones para {name}',

  held: {
    title: 'Mensajes por revisar',
    none: 'No hay mensajes pendientes. Lo que contiene una palabra de la lista llega aquí antes de que otros lo vean.',
    show: 'Mostrar',
    showOf: 'Mostrar a todos el mensaje de {name}',
    refuse: 'Rechazar',
    refuseOf: 'Rechazar el mensaje de {name}',
  },

  reports: {
    title: 'Mensajes denunciados',
    none: 'Nadie ha denunciado nada.',
    by: '{reason}, denunciado por {name}',
    removed: 'El mensaje se eliminó.',
    remove: 'Eliminar mensaje',
    removeOf: 'Eliminar el mensaje de {name} para todos',
    settle: 'Resuelta',
    settleOf: 'Resuelta: la denuncia sobre {name}',
  },

  people: {
    title: 'Mods, personas silenciadas y expulsadas',
    none: 'No hay nadie silenciado ni expulsado, y no hay mods.',
    moderator: 'Mod',
    muted: 'En silencio {time} más',
    mutedToTheEnd: 'En silencio hasta el final del directo',
    banned: 'Expulsión',
    reason: 'Motivo: {reason}',
    unmute: 'Dejar escribir',
    unmuteOf: 'Dejar escribir: {name}',
    unban: 'Dejar volver',
    unbanOf: 'Dejar volver: {name}',
    dismiss: 'Quitar',
    dismissOf: 'Quitar moderación: {name}',
  },

  words: {
    title: 'Palabras de este directo',
    lead: 'Los mensajes que contienen una esperan revisión o se rechazan. Se encuentran palabras enteras, sin importar mayúsculas, acentos, letras parecidas ni espacios entre ellas.',
    none: 'Aún no hay palabras.',
    word: 'Palabra',
    wordHint: 'Un * al final encuentra comienzos.',
    action: 'Estos mensajes',
    actions: {
      hold: 'se revisan',
      refuse: 'se rechazan',
    },
    add: 'Añadir',
    added: '{word} se ha añadido, aún sin guardar.',
    remove: 'Quitar {word} de la lista',
    removed: '{word} se ha quitado, aún sin guardar.',
    links: 'Los mensajes con enlaces',
    linksOf: {
      allow: 'se permiten',
      hold: 'se revisan',
      refuse: 'se rechazan',
    },
    save: 'Guardar',
    saved: 'Las palabras se han guardado.',
    drop: 'Descartar',
  },
};
