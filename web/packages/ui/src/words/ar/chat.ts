import type { chat as english } from '../en/chat.js';
import type { Translated } from '../spoken.js';

export const chat: Translated<typeof english> = {
  title: 'الدردشة',
  label: 'دردشة البث',
  list: 'الرسائل',
  fold: 'طي الدردشة',
  unfold: 'فتح الدردشة',
  unfoldUnread:
    '{count, plural, zero {فتح الدردشة، لا رسائل جديدة} one {فتح الدردشة، رسالة جديدة واحدة} two {فتح الدردشة، رسالتان جديدتان} few {فتح الدردشة، # رسائل جديدة} many {فتح الدردشة، # رسالة جديدة} other {فتح الدردشة، # رسالة جديدة}}',
  none: 'لم يكتب أحد بعد. ما رأيك في إلقاء التحية؟',
  older: 'عرض الرسائل الأقدم',
  newest: 'إلى الأحدث',
  newMessages:
    '{count, plural, zero {لا رسائل جديدة} one {رسالة جديدة واحدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}}',

  badge: {
    host: 'المضيف',
    coHost: 'مضيف مشارك',
    moderator: 'مشرف',
  },
  edited: 'معدّلة',
  removed: 'أُزيلت الرسالة',
  held: 'في انتظار المراجعة',
  refused: 'لا تظهر للآخرين',
  sending: 'جارٍ الإرسال…',
  notSent: 'لم تُرسل.',
  discard: 'عدم الإرسال',
  waitToRetry: 'بعد {time}:',
  asksToJoin: 'طلب انضمام',
  toQuoted: 'رد على {name}. عرض الرسالة',
  quotedGone: 'لم تعد تلك الرسالة هنا.',
  menu: 'خيارات رسالة {name}',

  system: {
    cameOnStage: 'انضم {name} إلى المنصة',
    leftStage: 'غادر {name} المنصة',
    pinned: 'ثبّت {name} رسالة',
  },

  announced: {
    one: '{name}: {text}',
    several:
      '{count, plural, zero {لا رسائل جديدة} one {رسالة جديدة واحدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}}، آخرها من {name}: {text}',
    mention: 'إشارة إليك من {name}: {text}',
    people:
      '{count, plural, zero {لا نتائج مطابقة.} one {شخص واحد مطابق. الاختيار بمفتاح Tab.} two {شخصان مطابقان. الاختيار بمفاتيح الأسهم.} few {# أشخاص مطابقين. الاختيار بمفاتيح الأسهم.} many {# شخصًا مطابقًا. الاختيار بمفاتيح الأسهم.} other {# شخص مطابق. الاختيار بمفاتيح الأسهم.}}',
  },

  write: {
    label: 'رسالتك',
    placeholder: 'كتابة رسالة…',
    hint: 'مفتاح Enter للإرسال، وShift+Enter لسطر جديد.',
    send: 'إرسال',
    left: '{count, plural, zero {لم يتبقَّ أي حرف} one {بقي حرف واحد} two {بقي حرفان} few {بقيت # أحرف} many {بقي # حرفًا} other {بقي # حرف}}',
    tooLong:
      '{count, plural, zero {لا أحرف زائدة} one {حرف واحد زائد} two {حرفان زائدان} few {# أحرف زائدة} many {# حرفًا زائدًا} other {# حرف زائد}}',
    answers: 'رد على {name}',
    dropAnswer: 'إلغاء الرد',
    editing: 'تعديل رسالتك',
    dropEdit: 'إلغاء التعديل',
    save: 'حفظ',
    askToJoin: 'طلب الانضمام بهذه الرسالة',
    people: 'أشخاص يمكن الإشارة إليهم',
    whyNot: {
      ended: 'انتهى البث.',
      chatOff: 'الدردشة متوقفة.',
      stageOnly: 'الكتابة متاحة حاليًا لمن هم على المنصة فقط.',
      guest: 'الكتابة تتطلب تسجيل الدخول.',
      muted: 'أنت مكتوم، والمتبقي {time}.',
      mutedToTheEnd: 'أنت مكتوم حتى نهاية البث.',
      watchLonger:
        'يمكنك الكتابة بعد {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}} من المشاهدة: بعد {time}.',
      slowMode: 'الوضع البطيء: يمكنك الإرسال بعد {time}.',
    },
    signIn: 'تسجيل الدخول',
  },

  actions: {
    reply: 'رد',
    react: 'تفاعل…',
    copy: 'نسخ',
    edit: 'تعديل',
    deleteOwn: 'إزالة',
    report: 'إبلاغ…',
    delete: 'إزالة لدى الجميع',
    pin: 'تثبيت…',
    mute60: 'كتم لمدة دقيقة',
    mute600: 'كتم لمدة 10 دقائق',
    muteEnd: 'كتم حتى نهاية البث',
    unmute: 'إلغاء الكتم',
    ban: 'منع من البث…',
    unban: 'إلغاء المنع',
    invite: 'دعوة إلى المنصة',
    appoint: 'تعيين كمشرف',
    dismiss: 'إلغاء الإشراف',
  },

  done: {
    copied: 'تم النسخ.',
    reported: 'تم الإبلاغ. سيراه المضيف والمشرفون.',
    muted: 'تم كتم {name}.',
    unmuted: 'تم إلغاء كتم {name}.',
    banned: 'تم منع {name} من البث.',
    unbanned: 'تم إلغاء منع {name}.',
    invited: 'تمت دعوة {name}.',
    appointed: 'تم تعيين {name} للإشراف على هذا البث.',
    dismissed: 'تم إلغاء إشراف {name} على هذا البث.',
    pinned: 'تم التثبيت.',
    nowModerator: 'أصبحت من مشرفي هذا البث: يمكنك إزالة الرسائل وكتم الأشخاص.',
    noModerator: 'لم تعد من مشرفي هذا البث.',
  },

  ban: {
    title: 'هل تريد منع {name} من البث؟',
    lead: 'لن يصل إلى هذا الشخص أي صوت أو صورة من البث، ولن تمكنه العودة إلا بعد إلغاء المنع.',
    confirm: 'منع',
    reason: 'السبب (يقرؤه المضيف والمشرفون)',
  },

  report: {
    title: 'الإبلاغ عن رسالة {name}',
    reason: 'ما المشكلة فيها؟',
    reasons: {
      spam: 'رسائل مزعجة',
      harassment: 'مضايقة',
      hate: 'كراهية',
      sexual: 'محتوى جنسي',
      violence: 'عنف',
      other: 'شيء آخر',
    },
    detail: 'هل من إضافة؟',
    send: 'إبلاغ',
  },

  react: {
    title: 'تفاعل مع {name}',
    other: 'رمز تعبيري آخر',
    otherHint: 'يُرجى إدخال رمز من لوحة الرموز التعبيرية في جهازك.',
    add: 'تفاعل',
    chip: '{emoji}، {count, number}',
    chipMine: '{emoji}، {count, number}، منها تفاعلك',
  },

  floating: {
    label: 'تفاعل مع البث',
    kinds: {
      heart: 'قلب',
      applause: 'تصفيق',
      laugh: 'ضحك',
      wow: 'واو',
      fire: 'نار',
      celebrate: 'احتفال',
    },
  },

  pin: {
    label: 'مثبّت',
    by: 'ثبّته {name}',
    until: 'حتى {time}',
    take: 'إلغاء التثبيت',
    title: 'تثبيت للجميع',
    text: 'الإعلان',
    how: 'المدة',
    toTheEnd: 'حتى إلغاء التثبيت',
    go: 'تثبيت',
  },

  settings: {
    open: 'إعدادات الدردشة',
    title: 'إعدادات الدردشة',
    writers: 'من يمكنه الكتابة',
    writersOf: {
      everybody: 'الجميع',
      stage: 'من على المنصة والمشرفون',
      nobody: 'لا أحد',
    },
    slowMode: 'الوضع البطيء',
    slowModeOff: 'متوقف',
    slowModeOf: 'رسالة كل {time}',
    watched: 'مدة المشاهدة اللازمة للكتابة',
    watchedOf: '{minutes, plural, =0 {دون شرط} zero {# دقيقة} one {دقيقة واحدة} two {دقيقتان} few {# دقائق} many {# دقيقة} other {# دقيقة}}',
    announce: 'تثبيت إعلان…',
  },
};
