import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: '秩序管理',
  openWaiting: '{count, plural, other {秩序管理，# 项待处理}}',
  title: '秩序管理',
  lead: '只有主播和房管能看到。',
  messagesWait: '{count, plural, other {# 条消息待审核}}',
  reportsWait: '{count, plural, other {# 条举报待处理}}',

  parts: {
    held: '审核',
    reports: '举报',
    people: '人员',
    words: '词语',
  },
  about: '对 {name} 进行操作',

  held: {
    title: '待审核的消息',
    none: '没有待审核的消息。含有列表词语的消息会先到这里，其他人之后才能看到。',
    show: '显示',
    showOf: '向所有人显示 {name} 的消息',
    refuse: '不通过',
    refuseOf: '不通过 {name} 的消息',
  },

  reports: {
    title: '被举报的消息',
    none: '没有任何举报。',
    by: '{reason}，由 {name} 举报',
    removed: '消息已删除。',
    remove: '删除消息',
    removeOf: '为所有人删除 {name} 的消息',
    settle: '已处理',
    settleOf: '将有关 {name} 的举报标为已处理',
  },

  people: {
    title: '房管、禁言和封禁的人',
    none: '没有人被禁言或封禁，也没有房管。',
    moderator: '房管',
    muted: '禁言中，还剩 {time}',
    mutedToTheEnd: '禁言至直播结束',
    banned: '已封禁',
    reason: '原因：{reason}',
    unmute: '解除禁言',
    unmuteOf: '解除 {name} 的禁言',
    unban: '解除封禁',
    unbanOf: '解除 {name} 的封禁',
    dismiss: '取消房管',
    dismissOf: '取消 {name} 的房管',
  },

  words: {
    title: '这场直播的词语列表',
    lead: '含有列表词语的消息会等待审核或不予通过。按完整词语匹配，忽略大小写、重音符号、形近字母和中间的空格。',
    none: '还没有词语。',
    word: '词语',
    wordHint: '末尾加 * 可匹配以此开头的词语。',
    action: '含有该词语的消息',
    actions: {
      hold: '等待审核',
      refuse: '不通过',
    },
    add: '添加',
    added: '已添加“{word}”，尚未保存。',
    remove: '从列表中移除“{word}”',
    removed: '已移除“{word}”，尚未保存。',
    links: '含有链接的消息',
    linksOf: {
      allow: '允许',
      hold: '等待审核',
      refuse: '不通过',
    },
    save: '保存',
    saved: '词语列表已保存。',
    drop: '撤销更改',
  },
};
