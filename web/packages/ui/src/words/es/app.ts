import type { app as english } from '../en/app.js';
import type { Translated } from '../spoken.js';

export const app: Translated<typeof english> = {
  brand: 'costage',
  loading: 'Un momento…',
  close: 'Cerrar',
  cancel: 'Cancelar',
  choose: 'Elegir…',
  tryAgain: 'Reintentar',
  retryIn: 'Vuelve a intentarlo en {seconds, number} s.',
  back: 'Todos los directos',
  you: 'Tú',

  name: {
    title: '¿Cómo te llamas?',
    lead: 'Este es un servidor de desarrollo: elige cualquier nombre y echa un vistazo.',
    label: 'Tu nombre',
    placeholder: 'Por ejemplo, Amina',
    submit: 'Continuar',
    busy: 'Iniciando sesión…',
  },

  noToken: {
    title: 'Necesitas un enlace para entrar',
    lead: 'Abre el enlace que te dieron. Contiene tu acceso; esta dirección por sí sola, no.',
  },

  login: {
    title: 'Inicia sesión para entrar',
    lead: 'Irás a la página de inicio de sesión y volverás aquí.',
    go: 'Iniciar sesión',
  },

  guest: {
    title: 'Ver el directo',
    lead: 'Entras sin registrarte, no necesitas cuenta.',
    go: 'Ver sin cuenta',
    orSignIn: 'Prefiero iniciar sesión',
  },

  signedOut: {
    title: 'Tu acceso ha caducado',
    lead: 'Vuelve a abrir el enlace que te dieron para seguir.',
    devLead: 'Vuelve a elegir tu nombre para seguir.',
    again: 'Elegir un nombre',
  },

  access: {
    expiring: {
      title: 'Tu acceso caduca pronto',
      lead: 'Consigue un enlace nuevo donde obtuviste el primero y pégalo aquí: todo sigue sin cortes.',
    },
    ended: {
      title: 'Tu acceso ha caducado',
      lead: 'Si estás en el escenario, tu imagen y tu sonido siguen mientras esta página esté abierta, pero no puedes cambiar nada. Para seguir, pega aquí un enlace nuevo. No cierres ni recargues esta página antes.',
    },
    timeLeft: '{seconds, plural, one {Queda # segundo} other {Quedan # segundos}}',
    newLink: 'Tu nuevo enlace',
    useLink: 'Seguir',
    problems: {
      noToken: 'Este enlace no contiene ningún acceso. Cópialo entero.',
      otherPerson: 'Este enlace es de otra persona.',
    },
  },

  serverGone: {
    title: 'No se puede conectar con el servidor',
    lead: 'Revisa tu red. Esta página lo reintenta sola.',
  },

  broken: {
    title: 'Algo ha fallado en esta página',
    lead: 'Inténtalo de nuevo. Si no ayuda, recarga la página; el directo sigue.',
    reload: 'Recargar la página',
  },

  connection: {
    offline: 'No tienes conexión. Esperando la red…',
    reconnecting: 'Conexión perdida. Reconectando…',
    now: 'Reconectar ya',
    back: 'Conexión recuperada.',
    media: 'Reconectando sonido y vídeo…',
    mediaAway: 'El sonido y el vídeo no están disponibles por ahora.',
    mediaAwayLead: 'El servidor multimedia no responde. El chat, las invitaciones y las solicitudes siguen funcionando; la imagen vuelve sola.',
    status: 'Sin conexión',
  },

  home: {
    title: 'Directos',
    startTitle: 'Empieza un directo',
    startLead: 'Emite en directo e invita al público al escenario contigo.',
    titleLabel: 'Título',
    titlePlaceholder: '¿De qué va tu directo?',
    start: 'Empezar directo',
    starting: 'Abriendo…',
    liveNow: 'En directo',
    waiting: 'Empiezan pronto',
    planned: 'Programados',
    filter: 'Mostrar solo',
    emptyTitle: 'No hay ningún directo',
    emptyLead: 'Empieza el primero o vuelve más tarde: los nuevos directos aparecen aquí solos.',
    hostedBy: 'con {name}',
    watch: 'Ver',
    open: 'Abrir',
    signedInAs: 'Sesión de {name}',
  },

  unknown: {
    title: 'Esta página no existe',
    lead: 'Puede que la dirección no sea correcta.',
  },

  discard: {
    go: 'Eliminar directo',
    of: 'Eliminar «{title}»',
    title: '¿Eliminar «{title}»?',
    lead: 'Desaparece de la lista y su enlace dirá que ha terminado. Esto no se puede deshacer.',
    confirm: 'Eliminar',
  },

  status: {
    idle: 'Sin empezar',
    live: 'En directo',
    waitingReconnect: 'Reconectando',
    ended: 'Terminado',
    recorded: 'Terminado',
    terminated: 'Detenido',
    error: 'Problema',
  },

  account: {
    language: 'Idioma',
    notify: 'Avisarme de invitaciones aunque mire otra cosa',
    notifyBlocked: 'El navegador no lo permite en esta página. Permite las notificaciones con el símbolo junto a la dirección.',
    open: 'Invitaciones, personas bloqueadas e idioma',
    takesNoneShort: 'No aceptas invitaciones',
    takesInvitations: 'Pueden invitarme al escenario',
    takesNone: 'Nadie puede invitarte por ahora. Quien presenta ve que no aceptas invitaciones.',
    blocked: 'Personas bloqueadas',
    nobodyBlocked: 'No has bloqueado a nadie. Cuando alguien te invita, el menú junto a la invitación te permite bloquear a esa persona.',
    since: 'desde el {time}',
    unblock: 'Desbloquear',
    unblockName: 'Desbloquear a {name}',
    more: 'Mostrar más',
    fromInvitation: {
      more: 'Más sobre la invitación de {name}',
      block: 'Rechazar y bloquear a {name}',
      takeNone: 'Rechazar y no aceptar invitaciones',
      blocked: '{name} ya no puede invitarte. Puedes cambiarlo arriba, en tu nombre.',
      takesNone: 'Ahora nadie puede invitarte. Puedes cambiarlo arriba, en tu nombre.',
    },
  },

  leaving: {
    host: {
      title: '¿Dejar la emisión?',
      lead: 'Tu imagen y tu sonido se cortan al instante. El público te espera {seconds, number} segundos; después, el directo termina.',
    },
    coHost: {
      title: '¿Dejar la emisión?',
      lead: 'Tu imagen y tu sonido se cortan al instante. Tu sitio en el escenario se guarda {seconds, number} segundos.',
    },
    stay: 'Seguir en directo',
    go: 'Salir de la página',
  },

  returning: {
    host: {
      title: 'Tu directo está en marcha',
      lead: '«{title}» te espera.',
      go: 'Volver a tu directo',
    },
    coHost: {
      title: 'Te guardamos tu sitio en el escenario',
      lead: '«{title}» continúa. Vuelve antes de que otra persona ocupe tu sitio.',
      go: 'Volver al escenario',
    },
  },
};
