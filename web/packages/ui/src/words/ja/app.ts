import type { app as english } from '../en/app.js';
import type { Translated } from '../spoken.js';

export const app: Translated<typeof english> = {
  brand: 'costage',
  loading: 'お待ちください…',
  close: '閉じる',
  cancel: 'キャンセル',
  choose: '選択…',
  tryAgain: '再試行',
  retryIn: '{seconds, number}秒後に再試行できます。',
  back: '配信一覧',
  you: 'あなた',

  name: {
    title: 'お名前を教えてください',
    lead: 'これは開発用サーバーです。好きな名前でお試しください。',
    label: '名前',
    placeholder: '例：あかり',
    submit: '続ける',
    busy: 'ログイン中…',
  },

  noToken: {
    title: '入室にはリンクが必要です',
    lead: '受け取ったリンクを開いてください。このアドレスだけでは入室できません。',
  },

  login: {
    title: 'ログインして入室',
    lead: 'ログインページに移動し、終わるとここに戻ります。',
    go: 'ログイン',
  },

  guest: {
    title: '配信を見る',
    lead: 'ゲストとして視聴できます。アカウントは必要ありません。',
    go: 'ゲストとして見る',
    orSignIn: 'ログインして見る',
  },

  signedOut: {
    title: 'アクセスの有効期限が切れました',
    lead: '続けるには、受け取ったリンクをもう一度開いてください。',
    devLead: '続けるには、もう一度名前を選んでください。',
    again: '名前を選ぶ',
  },

  access: {
    expiring: {
      title: 'アクセスの有効期限がまもなく切れます',
      lead: '最初のリンクと同じところから新しいリンクを受け取り、ここに入力してください。途切れずに続けられます。',
    },
    ended: {
      title: 'アクセスの有効期限が切れました',
      lead: 'ステージにいる場合、このページを開いている間は映像と音声が続きますが、操作はできません。続けるには、新しいリンクをここに入力してください。それまでは、ページを閉じたり再読み込みしたりしないでください。',
    },
    timeLeft: '残り{seconds, number}秒',
    newLink: '新しいリンク',
    useLink: '続ける',
    problems: {
      noToken: 'このリンクでは入室できません。リンク全体をコピーしてください。',
      otherPerson: 'これはほかの人のリンクです。',
    },
  },

  serverGone: {
    title: 'サーバーに接続できません',
    lead: 'ネットワークを確認してください。自動で再接続します。',
  },

  broken: {
    title: 'このページで問題が発生しました',
    lead: 'もう一度お試しください。直らない場合は、ページを再読み込みしてください。配信は続いています。',
    reload: 'ページを再読み込み',
  },

  connection: {
    offline: 'オフラインです。ネットワークを待っています…',
    reconnecting: '接続が切れました。再接続中…',
    now: '今すぐ再接続',
    back: '再接続しました。',
    media: '音声と映像を再接続中…',
    mediaAway: '現在、音声と映像を利用できません。',
    mediaAwayLead: 'メディアサーバーが応答していません。チャット、招待、リクエストは引き続き使えます。映像は自動的に戻ります。',
    status: '未接続',
  },

  home: {
    title: '配信',
    startTitle: '配信を作成',
    startLead: 'ライブを始めて、視聴者をステージに招待しましょう。',
    titleLabel: 'タイトル',
    titlePlaceholder: 'どんな配信ですか？',
    start: '配信を作成',
    starting: '準備中…',
    liveNow: 'ライブ中',
    waiting: 'まもなく開始',
    planned: '予定',
    filter: '絞り込み',
    emptyTitle: '配信はありません',
    emptyLead: '最初の配信を始めてみましょう。新しい配信は自動でここに表示されます。',
    hostedBy: 'ホスト：{name}さん',
    watch: '見る',
    open: '開く',
    signedInAs: '{name}さんとしてログイン中',
  },

  unknown: {
    title: 'ページが見つかりません',
    lead: 'アドレスが間違っている可能性があります。',
  },

  discard: {
    go: '配信を削除',
    of: '「{title}」を削除',
    title: '「{title}」を削除しますか？',
    lead: '一覧から消え、リンクを開くと「終了した配信」と表示されます。この操作は取り消せません。',
    confirm: '削除',
  },

  status: {
    idle: 'ライブ開始前',
    live: 'ライブ',
    waitingReconnect: 'ホストが再接続中',
    ended: '終了',
    recorded: '終了',
    terminated: '停止済み',
    error: '問題あり',
  },

  account: {
    language: '言語',
    notify: 'ほかの画面を見ているときも招待を通知',
    notifyBlocked: 'ブラウザがこのページの通知を許可していません。アドレスの横のアイコンから許可してください。',
    open: '招待・ブロック・言語の設定',
    takesNoneShort: '招待を受け取りません',
    takesInvitations: 'ステージへの招待を受け取る',
    takesNone: '現在、誰もあなたを招待できません。ホストには、招待を受け取らない設定であることが表示されます。',
    blocked: 'ブロックした人',
    nobodyBlocked: 'ブロックした人はいません。招待が届いたとき、その横のメニューから相手をブロックできます。',
    since: '{time}から',
    unblock: 'ブロック解除',
    unblockName: '{name}さんのブロックを解除',
    more: 'もっと見る',
    fromInvitation: {
      more: '{name}さんからの招待のメニュー',
      block: '辞退して{name}さんをブロック',
      takeNone: '辞退して今後の招待を受け取らない',
      blocked: '{name}さんはあなたを招待できなくなりました。画面上部の自分の名前から変更できます。',
      takesNone: '誰もあなたを招待できなくなりました。画面上部の自分の名前から変更できます。',
    },
  },

  leaving: {
    host: {
      title: 'ライブから離れますか？',
      lead: '映像と音声はすぐに止まります。視聴者は{seconds, number}秒間待ち、その後、配信は終了します。',
    },
    coHost: {
      title: 'ライブから離れますか？',
      lead: '映像と音声はすぐに止まります。ステージの席は{seconds, number}秒間確保されます。',
    },
    stay: 'ライブを続ける',
    go: 'ページを離れる',
  },

  returning: {
    host: {
      title: '配信が続いています',
      lead: '「{title}」があなたを待っています。',
      go: '配信に戻る',
    },
    coHost: {
      title: 'ステージの席を確保しています',
      lead: '「{title}」は続いています。席がなくなる前に戻りましょう。',
      go: 'ステージに戻る',
    },
  },
};
