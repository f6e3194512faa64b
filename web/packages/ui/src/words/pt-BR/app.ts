import type { app as english } from '../en/app.js';
import type { Translated } from '../spoken.js';

export const app: Translated<typeof english> = {
  brand: 'costage',
  loading: 'Um momento…',
  close: 'Fechar',
  cancel: 'Cancelar',
  choose: 'Escolher…',
  tryAgain: 'Tentar de novo',
  retryIn: 'Tente de novo em {seconds, number} s.',
  back: 'Todas as lives',
  you: 'Você',

  name: {
    title: 'Qual é o seu nome?',
    lead: 'Este é um servidor de desenvolvimento: escolha qualquer nome e dê uma olhada.',
    label: 'Seu nome',
    placeholder: 'Por exemplo, Amina',
    submit: 'Continuar',
    busy: 'Fazendo login…',
  },

  noToken: {
    title: 'Você precisa de um link para entrar',
    lead: 'Abra o link que você recebeu. Ele contém seu acesso; este endereço sozinho, não.',
  },

  login: {
    title: 'Faça login para entrar',
    lead: 'Você vai para a página de login e depois volta para cá.',
    go: 'Fazer login',
  },

  guest: {
    title: 'Assistir à live',
    lead: 'Você assiste como visitante e não precisa de conta.',
    go: 'Assistir sem conta',
    orSignIn: 'Prefiro fazer login',
  },

  signedOut: {
    title: 'Seu acesso expirou',
    lead: 'Abra de novo o link que você recebeu para continuar.',
    devLead: 'Escolha seu nome de novo para continuar.',
    again: 'Escolher um nome',
  },

  access: {
    expiring: {
      title: 'Seu acesso expira em breve',
      lead: 'Pegue um novo link onde você recebeu o primeiro e cole aqui: tudo continua sem interrupção.',
    },
    ended: {
      title: 'Seu acesso expirou',
      lead: 'Se você está no palco, sua imagem e seu som continuam enquanto esta página ficar aberta, mas nada pode ser mudado. Para continuar, cole um novo link aqui. Não feche nem recarregue esta página antes disso.',
    },
    timeLeft: '{seconds, plural, one {Falta # segundo} other {Faltam # segundos}}',
    newLink: 'Seu novo link',
    useLink: 'Continuar',
    problems: {
      noToken: 'Este link não contém acesso. Copie o link inteiro.',
      otherPerson: 'Este link é de outra pessoa.',
    },
  },

  serverGone: {
    title: 'Não foi possível acessar o servidor',
    lead: 'Verifique sua rede. Esta página tenta de novo sozinha.',
  },

  broken: {
    title: 'Algo deu errado nesta página',
    lead: 'Tente de novo. Se não adiantar, recarregue a página; a live continua.',
    reload: 'Recarregar a página',
  },

  connection: {
    offline: 'Você está offline. Aguardando a rede…',
    reconnecting: 'Conexão perdida. Reconectando…',
    now: 'Reconectar agora',
    back: 'Conexão de volta.',
    media: 'Reconectando som e vídeo…',
    mediaAway: 'O som e o vídeo estão indisponíveis no momento.',
    mediaAwayLead: 'O servidor de mídia não responde. O chat, os convites e os pedidos continuam; a imagem volta sozinha.',
    status: 'Sem conexão',
  },

  home: {
    title: 'Lives',
    startTitle: 'Comece uma live',
    startLead: 'Entre ao vivo e chame o público para o palco com você.',
    titleLabel: 'Título',
    titlePlaceholder: 'Sobre o que é a sua live?',
    start: 'Começar live',
    starting: 'Abrindo…',
    liveNow: 'Ao vivo agora',
    waiting: 'Já vai começar',
    planned: 'Agendadas',
    filter: 'Mostrar só',
    emptyTitle: 'Nenhuma live no ar',
    emptyLead: 'Comece a primeira ou volte mais tarde: novas lives aparecem aqui sozinhas.',
    hostedBy: 'com {name}',
    watch: 'Assistir',
    open: 'Abrir',
    signedInAs: 'Conta de {name}',
  },

  unknown: {
    title: 'Esta página não existe',
    lead: 'O endereço pode estar errado.',
  },

  discard: {
    go: 'Excluir live',
    of: 'Excluir “{title}”',
    title: 'Excluir “{title}”?',
    lead: 'Ela sai da lista e o link dela avisa que acabou. Isso não pode ser desfeito.',
    confirm: 'Excluir',
  },

  status: {
    idle: 'Não começou',
    live: 'Ao vivo',
    waitingReconnect: 'Host reconectando',
    ended: 'Encerrada',
    recorded: 'Encerrada',
    terminated: 'Interrompida',
    error: 'Problema',
  },

  account: {
    language: 'Idioma',
    notify: 'Avisar de convites mesmo quando eu estiver em outra aba',
    notifyBlocked: 'O navegador não permite isso nesta página. Permita as notificações no símbolo ao lado do endereço.',
    open: 'Convites, pessoas bloqueadas e idioma',
    takesNoneShort: 'Você não aceita convites',
    takesInvitations: 'Podem me convidar para o palco',
    takesNone: 'Ninguém pode convidar você no momento. Os hosts veem que você não aceita convites.',
    blocked: 'Pessoas bloqueadas',
    nobodyBlocked: 'Você não bloqueou ninguém. Quando alguém convidar você, o menu ao lado do convite permite bloquear essa pessoa.',
    since: 'desde {time}',
    unblock: 'Desbloquear',
    unblockName: 'Desbloquear {name}',
    more: 'Mostrar mais',
    fromInvitation: {
      more: 'Mais sobre o convite de {name}',
      block: 'Recusar e bloquear {name}',
      takeNone: 'Recusar e não aceitar convites',
      blocked: '{name} não pode mais convidar você. Dá para mudar isso no topo, em seu nome.',
      takesNone: 'Agora ninguém pode convidar você. Dá para mudar isso no topo, em seu nome.',
    },
  },

  leaving: {
    host: {
      title: 'Sair do ar?',
      lead: 'Sua imagem e seu som param na hora. O público espera você por {seconds, number} segundos; depois a live acaba.',
    },
    coHost: {
      title: 'Sair do ar?',
      lead: 'Sua imagem e seu som param na hora. Seu lugar no palco fica guardado por {seconds, number} segundos.',
    },
    stay: 'Ficar no ar',
    go: 'Sair da página',
  },

  returning: {
    host: {
      title: 'Sua live está no ar',
      lead: '“{title}” espera por você.',
      go: 'Voltar para sua live',
    },
    coHost: {
      title: 'Seu lugar no palco está guardado',
      lead: '“{title}” continua. Volte antes que seu lugar seja dado a outra pessoa.',
      go: 'Voltar ao palco',
    },
  },
};
