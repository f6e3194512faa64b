import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: 'Moderar',
  openWaiting: '{count, plural, one {Moderar, # pendente} other {Moderar, # pendentes}}',
  title: 'Moderar',
  lead: 'Só o host e os mods veem isto.',
  messagesWait: '{count, plural, one {# mensagem em análise} other {# mensagens em análise}}',
  reportsWait: '{count, plural, one {# denúncia pendente} other {# denúncias pendentes}}',

  parts: {
    held: 'Análise',
    reports: 'Denúncias',
    people: 'Pessoas',
    words: 'Palavras',
  },
  about: 'Ações para {name}',

  held: {
    title: 'Mensagens em análise',
    none: 'Nenhuma mensagem pendente. O que contém uma palavra da lista vem para cá antes que outros vejam.',
    show: 'Mostrar',
    showOf: 'Mostrar a todos a mensagem de {name}',
    refuse: 'Recusar',
    refuseOf: 'Recusar a mensagem de {name}',
  },

  reports: {
    title: 'Mensagens denunciadas',
    none: 'Ninguém denunciou nada.',
    by: '{reason}, denúncia de {name}',
    removed: 'A mensagem foi removida.',
    remove: 'Remover mensagem',
    removeOf: 'Remover a mensagem de {name} para todos',
    settle: 'Resolvida',
    settleOf: 'Resolvida: a denúncia sobre {name}',
  },

  people: {
    title: 'Mods, pessoas silenciadas e banidas',
    none: 'Não há ninguém silenciado ou banido, nem mods.',
    moderator: 'Mod',
    muted: 'Em silêncio por mais {time}',
    mutedToTheEnd: 'Em silêncio até o fim da live',
    banned: 'Banimento',
    reason: 'Motivo: {reason}',
    unmute: 'Deixar escrever',
    unmuteOf: 'Deixar escrever: {name}',
    unban: 'Deixar voltar',
    unbanOf: 'Deixar voltar: {name}',
    dismiss: 'Remover',
    dismissOf: 'Remover como mod: {name}',
  },

  words: {
    title: 'Palavras desta live',
    lead: 'Mensagens que contêm uma delas esperam análise ou são recusadas. Encontramos palavras inteiras, sem importar maiúsculas, acentos, letras parecidas e espaços entre elas.',
    none: 'Nenhuma palavra ainda.',
    word: 'Palavra',
    wordHint: 'Um * no fim encontra começos.',
    action: 'Mensagens com ela são',
    actions: {
      hold: 'retidas',
      refuse: 'recusadas',
    },
    add: 'Adicionar',
    added: '{word} entrou na lista, ainda sem salvar.',
    remove: 'Tirar {word} da lista',
    removed: '{word} saiu da lista, ainda sem salvar.',
    links: 'Mensagens com links são',
    linksOf: {
      allow: 'permitidas',
      hold: 'retidas para análise',
      refuse: 'recusadas',
    },
    save: 'Salvar',
    saved: 'As palavras foram salvas.',
    drop: 'Descartar',
  },
};
