import type { stage as english } from '../en/stage.js';
import type { Translated } from '../spoken.js';

export const stage: Translated<typeof english> = {
  view: {
    open: 'العرض',
    pictures: 'الصورة',
    auto: 'بأفضل جودة ممكنة',
    medium: 'متوسطة',
    low: 'صغيرة، توفر البيانات',
    none: 'بلا صورة، صوت فقط',
    where: 'مكان العرض',
    pictureInPicture: 'صورة داخل صورة',
    fullScreen: 'ملء الشاشة',
    leaveFullScreen: 'إنهاء ملء الشاشة',
  },
  volume: {
    title: 'مستوى صوت {name} لديك',
    label: 'مستوى الصوت',
  },
  turnCamera: 'الكاميرا الأخرى',
  label: 'المنصة',
  wholeTitle: 'العنوان كاملًا',
  more: 'على المنصة أيضًا',
  cameOn: '{name} على المنصة الآن.',
  wentOff: 'غادر {name} المنصة.',
  host: 'المضيف',
  coHost: 'مضيف مشارك',
  muted: 'الميكروفون مكتوم',
  speaking: 'يتحدث',
  cameraOff: 'الكاميرا متوقفة',
  poor: 'اتصال ضعيف',

  state: {
    preparing: 'جارٍ الاستعداد…',
    onAir: '',
    reconnecting: 'جارٍ إعادة الاتصال…',
  },
  menu: 'خيارات {name}',
  isOn: '، مفعّل',
  isOff: '، متوقف',
  secondsLeft: '{seconds, number} ث',

  actions: {
    off: {
      microphone: 'كتم الصوت',
      camera: 'إيقاف الكاميرا',
    },
    ask: {
      microphone: 'طلب إلغاء الكتم',
      camera: 'طلب تشغيل الكاميرا',
    },
    asked: {
      microphone: 'طُلب منك إلغاء كتم الصوت.',
      camera: 'طُلب منك تشغيل الكاميرا.',
    },
    notNow: 'ليس الآن',
    invite: 'السماح بدعوة الآخرين',
    moderate: 'السماح بالإشراف',
    successor: 'ينوب عني في غيابي',
    volume: 'مستوى الصوت لدي…',
    pin: 'تكبير لي فقط',
    spotlight: 'تكبير للجميع',
    earlier: 'نقل إلى الأمام',
    later: 'نقل إلى الخلف',
  },

  layout: {
    label: 'طريقة عرض المنصة',
    automatic: 'تلقائي',
    grid: 'شبكة',
    spotlight: 'صورة كبيرة',
    sideBySide: 'جنبًا إلى جنب',
    pictureInPicture: 'صورة داخل صورة',
    screen: 'الشاشة المشتركة',
  },

  standsIn: {
    self: 'المضيف غائب. أنت تنوب عنه بصلاحياته.',
    other: 'ينوب {name} عن المضيف.',
    takeBack: 'استعادة البث',
    back: {
      self: 'عاد المضيف، وعدت مضيفًا مشاركًا.',
      other: 'عاد المضيف.',
    },
  },
  controls: 'الكاميرا والميكروفون والشاشة لديك',
  changeDevices: 'تغيير الكاميرا أو الميكروفون',
};
