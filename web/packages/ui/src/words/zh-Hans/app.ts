import type { app as english } from '../en/app.js';
import type { Translated } from '../spoken.js';

export const app: Translated<typeof english> = {
  brand: 'costage',
  loading: '请稍候…',
  close: '关闭',
  cancel: '取消',
  choose: '选择…',
  tryAgain: '重试',
  retryIn: '{seconds, number} 秒后可重试。',
  back: '全部直播',
  you: '你',

  name: {
    title: '你叫什么名字？',
    lead: '这是开发服务器：随便取个名字，四处看看。',
    label: '你的名字',
    placeholder: '例如：小雨',
    submit: '继续',
    busy: '正在登录…',
  },

  noToken: {
    title: '需要链接才能进入',
    lead: '请打开你收到的链接。只有这个网址是无法进入的。',
  },

  login: {
    title: '登录后进入',
    lead: '将前往登录页面，完成后会回到这里。',
    go: '登录',
  },

  guest: {
    title: '观看直播',
    lead: '以游客身份进入，无需账号。',
    go: '以游客身份观看',
    orSignIn: '登录后观看',
  },

  signedOut: {
    title: '访问权限已过期',
    lead: '请重新打开你收到的链接以继续。',
    devLead: '请重新选择名字以继续。',
    again: '选择名字',
  },

  access: {
    expiring: {
      title: '访问权限即将过期',
      lead: '请从获取原链接的地方拿到新链接，填在这里，一切都不会中断。',
    },
    ended: {
      title: '访问权限已过期',
      lead: '如果你在舞台上，只要不关闭此页面，画面和声音会继续，但无法进行任何操作。要继续，请在这里填入新链接。在此之前，请不要关闭或刷新此页面。',
    },
    timeLeft: '还剩 {seconds, number} 秒',
    newLink: '新链接',
    useLink: '继续',
    problems: {
      noToken: '此链接不包含访问权限，请复制完整链接。',
      otherPerson: '此链接属于其他人。',
    },
  },

  serverGone: {
    title: '无法连接服务器',
    lead: '请检查网络，此页面会自动重试。',
  },

  broken: {
    title: '此页面出了点问题',
    lead: '请重试。如果还是不行，请刷新页面，直播不会受影响。',
    reload: '刷新页面',
  },

  connection: {
    offline: '你已离线，正在等待网络…',
    reconnecting: '连接已断开，正在重连…',
    now: '立即重连',
    back: '已重新连接。',
    media: '正在重新连接音视频…',
    mediaAway: '音视频暂时不可用。',
    mediaAwayLead: '媒体服务器没有响应。聊天、邀请和申请照常进行；画面会自动恢复。',
    status: '未连接',
  },

  home: {
    title: '直播',
    startTitle: '创建直播',
    startLead: '开播后，邀请观众和你一起上台。',
    titleLabel: '标题',
    titlePlaceholder: '你想播点什么？',
    start: '创建直播',
    starting: '正在打开…',
    liveNow: '正在直播',
    waiting: '即将开始',
    planned: '已预定',
    filter: '筛选',
    emptyTitle: '暂无直播',
    emptyLead: '来开第一场直播吧，或稍后再来看看。新的直播会自动出现在这里。',
    hostedBy: '主播：{name}',
    watch: '观看',
    open: '打开',
    signedInAs: '已登录：{name}',
  },

  unknown: {
    title: '页面不存在',
    lead: '网址可能有误。',
  },

  discard: {
    go: '删除直播',
    of: '删除“{title}”',
    title: '要删除“{title}”吗？',
    lead: '它将从列表中消失，打开链接会显示直播已结束。此操作无法撤销。',
    confirm: '删除',
  },

  status: {
    idle: '未开播',
    live: '直播中',
    waitingReconnect: '主播重连中',
    ended: '已结束',
    recorded: '已结束',
    terminated: '已中止',
    error: '出现问题',
  },

  account: {
    language: '语言',
    notify: '我在看别处时也通知邀请',
    notifyBlocked: '浏览器不允许此页面发送通知。请点击地址旁的图标开启通知。',
    open: '邀请、黑名单和语言',
    takesNoneShort: '你不接受邀请',
    takesInvitations: '允许别人邀请我上台',
    takesNone: '目前没有人能邀请你。主播会看到你不接受邀请。',
    blocked: '黑名单',
    nobodyBlocked: '你还没有拉黑任何人。有人邀请你时，可以在邀请旁的菜单中拉黑对方。',
    since: '{time}起',
    unblock: '取消拉黑',
    unblockName: '取消拉黑 {name}',
    more: '查看更多',
    fromInvitation: {
      more: '{name} 的邀请的更多操作',
      block: '拒绝并拉黑 {name}',
      takeNone: '拒绝并不再接受邀请',
      blocked: '{name} 无法再邀请你。你可以点击顶部自己的名字进行更改。',
      takesNone: '现在没有人能邀请你。你可以点击顶部自己的名字进行更改。',
    },
  },

  leaving: {
    host: {
      title: '要离开直播吗？',
      lead: '你的画面和声音会立即中断。观众会等你 {seconds, number} 秒，之后直播就会结束。',
    },
    coHost: {
      title: '要离开直播吗？',
      lead: '你的画面和声音会立即中断。舞台位置会为你保留 {seconds, number} 秒。',
    },
    stay: '继续直播',
    go: '离开页面',
  },

  returning: {
    host: {
      title: '你的直播正在进行',
      lead: '“{title}”在等你。',
      go: '回到直播',
    },
    coHost: {
      title: '已为你保留舞台位置',
      lead: '“{title}”还在继续。请在位置被释放前回来。',
      go: '回到舞台',
    },
  },
};
