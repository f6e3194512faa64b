import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: 'モデレーション',
  openWaiting: '{count, plural, other {モデレーション、#件待ち}}',
  title: 'モデレーション',
  lead: 'ホストとモデレーターにだけ表示されます。',
  messagesWait: '{count, plural, other {確認待ちのメッセージ#件}}',
  reportsWait: '{count, plural, other {未対応の報告#件}}',

  parts: {
    held: '確認待ち',
    reports: '報告',
    people: '人',
    words: '言葉',
  },
  about: '{name}さんへの操作',

  held: {
    title: '確認待ちのメッセージ',
    none: '確認待ちのメッセージはありません。リストの言葉を含むメッセージは、ほかの人に見える前にここに届きます。',
    show: '表示する',
    showOf: '{name}さんのメッセージを全員に表示',
    refuse: '拒否',
    refuseOf: '{name}さんのメッセージを拒否',
  },

  reports: {
    title: '報告されたメッセージ',
    none: '報告はありません。',
    by: '{reason}、{name}さんが報告',
    removed: 'メッセージは削除されました。',
    remove: 'メッセージを削除',
    removeOf: '{name}さんのメッセージを全員の画面から削除',
    settle: '対応済み',
    settleOf: '{name}さんについての報告を対応済みにする',
  },

  people: {
    title: 'モデレーター・発言停止・入室禁止の人',
    none: '発言停止や入室禁止の人、モデレーターはいません。',
    moderator: 'モデレーター',
    muted: '発言停止（残り{time}）',
    mutedToTheEnd: '配信終了まで発言停止',
    banned: '入室禁止',
    reason: '理由：{reason}',
    unmute: '発言停止を解除',
    unmuteOf: '{name}さんの発言停止を解除',
    unban: '入室禁止を解除',
    unbanOf: '{name}さんの入室禁止を解除',
    dismiss: '外す',
    dismissOf: '{name}さんをモデレーターから外す',
  },

  words: {
    title: 'この配信の言葉リスト',
    lead: 'リストの言葉を含むメッセージは確認待ちになるか、拒否されます。大文字・小文字、アクセント記号、似た文字、間の空白にかかわらず、単語全体が一致すると見つかります。',
    none: 'まだ言葉はありません。',
    word: '言葉',
    wordHint: '末尾に * を付けると、先頭が一致する言葉を探します。',
    action: 'この言葉を含むメッセージ',
    actions: {
      hold: '確認待ちにする',
      refuse: '拒否する',
    },
    add: '追加',
    added: '「{word}」を追加しました（未保存）。',
    remove: '「{word}」をリストから外す',
    removed: '「{word}」を外しました（未保存）。',
    links: 'リンクを含むメッセージ',
    linksOf: {
      allow: '許可する',
      hold: '確認待ちにする',
      refuse: '拒否する',
    },
    save: '保存',
    saved: '言葉リストを保存しました。',
    drop: '変更を元に戻す',
  },
};
