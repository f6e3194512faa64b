import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: '观看设置',
    pictures: '画面',
    auto: '尽可能清晰',
    medium: '中等',
    low: '小画面，省流量',
    none: '无画面，只听声音',
    where: '显示位置',
    pictureInPicture: '画中画',
    fullScreen: '全屏',
    leaveFullScreen: '退出全屏',
  },
  volume: {
    title: '{name}的音量（仅自己）',
    label: '音量',
  },
  turnCamera: '切换摄像头',
  label: '舞台',
  wholeTitle: '完整标题',
  more: '台上的其他人',
  cameOn: '{name} 上台了。',
  wentOff: '{name} 离开了舞台。',
  host: '主播',
  coHost: '联合主播',
  muted: '麦克风已静音',
  speaking: '正在说话',
  cameraOff: '摄像头已关闭',
  poor: '网络不佳',

  state: {
    preparing: '准备中…',
    onAir: '',
    reconnecting: '重连中…',
  },
  menu: '对 {name} 进行操作',
  isOn: '，已开启',
  isOff: '，已关闭',
  secondsLeft: '{seconds, number} 秒',

  actions: {
    off: {
      microphone: '静音',
      camera: '关闭摄像头',
    },
    ask: {
      microphone: '请对方取消静音',
      camera: '请对方打开摄像头',
    },
    asked: {
      microphone: '有人请你取消静音。',
      camera: '有人请你打开摄像头。',
    },
    notNow: '暂时不要',
    invite: '可以邀请',
    moderate: '可以管理',
    successor: '我不在时由其代班',
    volume: '仅自己的音量…',
    pin: '仅为我放大',
    spotlight: '为所有人放大',
    earlier: '前移',
    later: '后移',
  },

  layout: {
    label: '舞台布局',
    automatic: '自动',
    grid: '网格',
    spotlight: '单人放大',
    sideBySide: '并排',
    pictureInPicture: '画中画',
    screen: '共享屏幕',
  },

  standsIn: {
    self: '主播不在，由你以主播的权限代班。',
    other: '{name} 正在为主播代班。',
    takeBack: '收回直播',
    back: {
      self: '主播回来了，你重新成为联合主播。',
      other: '主播回来了。',
    },
  },
  controls: '你的摄像头、麦克风和屏幕',
  changeDevices: '更换摄像头或麦克风',
};
