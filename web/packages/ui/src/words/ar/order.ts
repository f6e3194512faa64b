import type { order as english } from '../en/order.js';
import type { Translated } from '../spoken.js';

export const order: Translated<typeof english> = {
  open: 'الإشراف',
  openWaiting:
    '{count, plural, zero {الإشراف، لا شيء ينتظر} one {الإشراف، عنصر واحد ينتظر} two {الإشراف، عنصران ينتظران} few {الإشراف، # عناصر تنتظر} many {الإشراف، # عنصرًا ينتظر} other {الإشراف، # عنصر ينتظر}}',
  title: 'الإشراف',
  lead: 'يرى هذا المضيف والمشرفون فقط.',
  messagesWait:
    '{count, plural, zero {لا رسائل تنتظر المراجعة} one {رسالة واحدة تنتظر المراجعة} two {رسالتان تنتظران المراجعة} few {# رسائل تنتظر المراجعة} many {# رسالة تنتظر المراجعة} other {# رسالة تنتظر المراجعة}}',
  reportsWait: '{count, plural, zero {لا بلاغات تنتظر} one {بلاغ واحد ينتظر} two {بلاغان ينتظران} few {# بلاغات تنتظر} many {# بلاغًا ينتظر} other {# بلاغ ينتظر}}',

  parts: {
    held: 'المراجعة',
    reports: 'البلاغات',
    people: 'الأشخاص',
    words: 'الكلمات',
  },
  about: 'خيارات {name}',

  held: {
    title: 'رسائل تنتظر المراجعة',
    none: 'لا توجد رسائل تنتظر. كل رسالة فيها كلمة من القائمة تصل إلى هنا قبل أن يراها الآخرون.',
    show: 'إظهار',
    showOf: 'إظهار رسالة {name} للجميع',
    refuse: 'رفض',
    refuseOf: 'رفض رسالة {name}',
  },

  reports: {
    title: 'رسائل أُبلغ عنها',
    none: 'لا توجد بلاغات.',
    by: '{reason}، بلاغ من {name}',
    removed: 'أُزيلت الرسالة.',
    remove: 'إزالة الرسالة',
    removeOf: 'إزالة رسالة {name} لدى الجميع',
    settle: 'تمت المعالجة',
    settleOf: 'تمت معالجة البلاغ عن {name}',
  },

  people: {
    title: 'المشرفون والمكتومون والممنوعون',
    none: 'لا يوجد مكتومون ولا ممنوعون ولا مشرفون.',
    moderator: 'مشرف',
    muted: 'مكتوم، والمتبقي {time}',
    mutedToTheEnd: 'مكتوم حتى نهاية البث',
    banned: 'ممنوع',
    reason: 'السبب: {reason}',
    unmute: 'إلغاء الكتم',
    unmuteOf: 'إلغاء كتم {name}',
    unban: 'إلغاء المنع',
    unbanOf: 'إلغاء منع {name}',
    dismiss: 'إلغاء الإشراف',
    dismissOf: 'إلغاء إشراف {name}',
  },

  words: {
    title: 'كلمات هذا البث',
    lead: 'الرسائل التي تحوي إحداها تنتظر المراجعة أو تُرفض. تُطابَق الكلمات الكاملة، أيًا كانت حالة الأحرف والتشكيل والأحرف المتشابهة والمسافات بينها.',
    none: 'لا توجد كلمات بعد.',
    word: 'الكلمة',
    wordHint: 'تعني علامة * في النهاية كل ما يبدأ بهذه الأحرف.',
    action: 'الرسائل التي تحويها',
    actions: {
      hold: 'تُراجَع',
      refuse: 'تُرفض',
    },
    add: 'إضافة',
    added: 'أُضيفت {word}، ولم تُحفظ بعد.',
    remove: 'إزالة {word} من القائمة',
    removed: 'أُزيلت {word}، ولم يُحفظ ذلك بعد.',
    links: 'الرسائل التي تحوي روابط',
    linksOf: {
      allow: 'مسموح بها',
      hold: 'تُراجَع',
      refuse: 'تُرفض',
    },
    save: 'حفظ',
    saved: 'حُفظت الكلمات.',
    drop: 'التراجع عن التغييرات',
  },
};
