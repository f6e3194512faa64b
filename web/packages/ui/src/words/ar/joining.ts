import type { joining as english } from '../en/joining.js';
import type { Translated } from '../spoken.js';

export const joining: Translated<typeof english> = {
  invitation: {
    status: {
      pending: 'في انتظار الرد',
      accepted: 'مقبولة',
      rejected: 'مرفوضة',
      cancelled: 'ملغاة',
      expired: 'لا رد في الوقت المحدد',
    },
    revoked: 'سُحبت. لا مكان على المنصة بعد الآن',
    left: 'غادر المنصة',
    changed: {
      pending: 'أُرسلت دعوة إلى {name}.',
      accepted: 'قبل {name} الدعوة ويستعد الآن.',
      rejected: 'رفض {name} الدعوة.',
      cancelled: 'أُلغيت دعوة {name}.',
      expired: 'لم يصل رد من {name} في الوقت المحدد.',
    },
    secondsLeft: '{seconds, number} ث',
    title: 'دعوة إلى المنصة من {host}',
    lead: 'مشاركة في استضافة «{title}» بالكاميرا والميكروفون.',
    accept: 'قبول',
    decline: 'رفض',
    timeLeft:
      '{seconds, plural, zero {انتهى وقت الرد} one {بقيت ثانية واحدة للرد} two {بقيت ثانيتان للرد} few {بقيت # ثوانٍ للرد} many {بقيت # ثانية للرد} other {بقيت # ثانية للرد}}',
    takenBack: 'سحب المضيف الدعوة.',
    expired: 'انتهت صلاحية الدعوة.',
  },

  inviting: {
    showOlder: 'عرض الأقدم',
    hideOlder: 'إخفاء الأقدم',
    older: 'الدعوات الأقدم',
    noOlder: 'لا توجد دعوات أقدم.',
    moreOlder: 'عرض المزيد',
    again: 'يمكن تجديد الدعوة بعد {time}',
    choose: 'اختيار عدة أشخاص',
    stopChoosing: 'إنهاء الاختيار',
    chooseName: 'اختيار {name}',
    nobodyChosen:
      '{most, plural, zero {لا يمكن اختيار أحد.} one {يمكن اختيار شخص واحد.} two {يمكن اختيار شخصين.} few {يمكن اختيار # أشخاص كحد أقصى.} many {يمكن اختيار # شخصًا كحد أقصى.} other {يمكن اختيار # شخص كحد أقصى.}}',
    full: '{names}. {most, plural, zero {لا يمكن دعوة أحد.} one {لا يمكن دعوة أكثر من شخص واحد في المرة.} two {لا يمكن دعوة أكثر من شخصين في المرة.} few {لا يمكن دعوة أكثر من # أشخاص في المرة.} many {لا يمكن دعوة أكثر من # شخصًا في المرة.} other {لا يمكن دعوة أكثر من # شخص في المرة.}}',
    send: '{count, plural, =0 {دعوة} other {دعوة (#)}}',
    invited: 'تمت الدعوة',
    allInvited:
      '{count, plural, zero {لم تتم دعوة أحد} one {تمت دعوة شخص واحد} two {تمت دعوة شخصين} few {تمت دعوة # أشخاص} many {تمت دعوة # شخصًا} other {تمت دعوة # شخص}}',
    someInvited: 'تمت دعوة {count, number} من {most, number}',
  },

  requests: {
    title: '{count, plural, =0 {طلبات الانضمام} other {طلبات الانضمام (#)}}',
    none: 'يظهر هنا المشاهدون الذين يطلبون الانضمام إلى المنصة.',
    closedHint: 'لا يمكن لأحد طلب الانضمام حاليًا.',
    open: 'يمكن للمشاهدين طلب الانضمام',
    newFaces: 'الوجوه الجديدة أولًا',
    came: 'طلب انضمام من {name}.',
    justNow: 'الآن',
    waitingFor: 'منذ {time}',
    appearances:
      '{count, plural, zero {لم يسبق له الصعود} one {سبق له الصعود إلى المنصة} two {صعد إلى المنصة مرتين} few {صعد إلى المنصة # مرات} many {صعد إلى المنصة # مرة} other {صعد إلى المنصة # مرة}}',
    decline: 'رفض',
    declineName: 'رفض {name}',
    declineTitle: 'هل تريد رفض طلب {name}؟',
    declineLead: 'تبقى المشاهدة متاحة لهذا الشخص، ويمكنه الطلب مجددًا بعد قليل.',
    reason: 'السبب (يقرؤه صاحب الطلب)',
    ask: 'طلب الانضمام',
    comment: 'ماذا تود أن تقول أو تعرض؟',
    commentHint: 'يقرأ المضيف هذا بجانب اسمك. يمكنك تركه فارغًا.',
    send: 'إرسال الطلب',
    save: 'حفظ',
    asked: 'طلبت الانضمام',
    place:
      '{place, plural, =1 {دورك هو التالي.} zero {ترتيبك في قائمة الانتظار: #.} one {ترتيبك في قائمة الانتظار: #.} two {ترتيبك في قائمة الانتظار: #.} few {ترتيبك في قائمة الانتظار: #.} many {ترتيبك في قائمة الانتظار: #.} other {ترتيبك في قائمة الانتظار: #.}}',
    withdraw: 'سحب الطلب',
    change: 'تعديل ما كتبته',
    declined: 'رفض المضيف في الوقت الحالي.',
    declinedBecause: 'رفض المضيف: {reason}',
    expired: 'لم يرد أحد على طلبك. يمكنك الطلب مجددًا.',
  },
};
