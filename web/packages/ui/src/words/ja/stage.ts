import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: '表示',
    pictures: '映像',
    auto: 'できるだけ高画質',
    medium: '中画質',
    low: '低画質（データ節約）',
    none: '映像なし（音声のみ）',
    where: '表示する場所',
    pictureInPicture: 'ピクチャーインピクチャー',
    fullScreen: '全画面',
    leaveFullScreen: '全画面を終了',
  },
  volume: {
    title: '{name}さんの音量（自分だけ）',
    label: '音量',
  },
  turnCamera: 'カメラを切り替え',
  label: 'ステージ',
  wholeTitle: 'タイトル全文',
  more: 'ほかにステージにいる人',
  cameOn: '{name}さんがステージに上がりました。',
  wentOff: '{name}さんがステージを降りました。',
  host: 'ホスト',
  coHost: '共同ホスト',
  muted: 'マイクはミュート中',
  speaking: '話しています',
  cameraOff: 'カメラオフ',
  poor: '接続不安定',

  state: {
    preparing: '準備中…',
    onAir: '',
    reconnecting: '再接続中…',
  },
  menu: '{name}さんへの操作',
  isOn: '、オン',
  isOff: '、オフ',
  secondsLeft: '{seconds, number}秒',

  actions: {
    off: {
      microphone: 'ミュート',
      camera: 'カメラをオフ',
    },
    ask: {
      microphone: 'ミュート解除を依頼',
      camera: 'カメラオンを依頼',
    },
    asked: {
      microphone: 'ミュート解除を依頼されました。',
      camera: 'カメラをオンにするよう依頼されました。',
    },
    notNow: '今はしない',
    invite: '招待を許可',
    moderate: 'モデレーションを許可',
    successor: '不在時の代理にする',
    volume: '自分だけの音量…',
    pin: '自分だけ大きく表示',
    spotlight: '全員に大きく表示',
    earlier: '前へ移動',
    later: '後ろへ移動',
  },

  layout: {
    label: 'ステージの表示',
    automatic: '自動',
    grid: 'グリッド',
    spotlight: '1人を大きく',
    sideBySide: '横並び',
    pictureInPicture: 'ピクチャーインピクチャー',
    screen: '共有画面',
  },

  standsIn: {
    self: 'ホストが離れています。あなたがホストの権限で代理を務めます。',
    other: '{name}さんがホストの代理を務めています。',
    takeBack: 'ホストに戻る',
    back: {
      self: 'ホストが戻りました。あなたは共同ホストに戻ります。',
      other: 'ホストが戻りました。',
    },
  },
  controls: 'カメラ、マイク、画面の操作',
  changeDevices: 'カメラやマイクを変更',
};
