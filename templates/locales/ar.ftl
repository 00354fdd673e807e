### العربية. نخاطب القراء وهيئة التحرير بصيغة المفرد.

## Numbers

number-1234 = ١٬٢٣٤
number-12345 = ١٢٬٣٤٥

percent = { $number }٪

## Dates

date = { $day } { month-in-date } { $year }

month-in-date = { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}

weekday = { $weekday ->
    [1] الاثنين
    [2] الثلاثاء
    [3] الأربعاء
    [4] الخميس
    [5] الجمعة
    [6] السبت
   *[7] الأحد
}

weekday-and-date = { weekday } { date }

date-and-time = { weekday-and-date }، { $time } ({ $zone })

month-and-year = { month-in-date } { $year }

## Lengths of time

duration-days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
duration-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
duration-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
duration-seconds = { $count ->
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $count } ثوانٍ
    [many] { $count } ثانية
   *[other] { $count } ثانية
}

duration-pair = { $first } و{ $second }

## Lists

list-pair = { $first } و{ $second }
list-middle = { $list } و{ $item }
list-end = { $list } و{ $item }

two-sentences = { $first } { $second }

## A comparison of two tools, in the mail, on its page and on the card

ship = اعتماد
skip = استبعاد

versus = مقابل

sample = مثال توضيحي: الأداتان خياليتان

panel = لجنة المراجعين

## The result, as a heading

result-wins = الفوز من نصيب { $tool }
result-tie = تعادل
result-split = انقسام في اللجنة
result-no-contest = بلا حسم

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] يؤيد المراجع الوحيد اعتمادها.
    [2] يؤيد المراجعان كلاهما اعتمادها.
    [3] يؤيد المراجعون الثلاثة جميعًا اعتمادها.
    [4] يؤيد المراجعون الأربعة جميعًا اعتمادها.
    [5] يؤيد المراجعون الخمسة جميعًا اعتمادها.
   *[other] يؤيد المراجعون جميعًا، وعددهم { $count }، اعتمادها.
}
result-some-would-ship-it = { $ship ->
    [1] يؤيد اعتمادها مراجع واحد من أصل { $count }.
    [2] يؤيد اعتمادها مراجعان من أصل { $count }.
   *[other] { $count ->
        [few] يؤيد اعتمادها { $ship } من أصل { $count } مراجعين.
        [many] يؤيد اعتمادها { $ship } من أصل { $count } مراجعًا.
       *[other] يؤيد اعتمادها { $ship } من أصل { $count } مراجع.
    }
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] لم يراجع { $tool } سوى مراجع واحد، وهو مع استبعادها.
       *[other] لا يؤيد أحد من المراجعين اعتماد { $tool } ({ $ship } من { $count }).
    }
    [1] { $count ->
        [1] لم يراجع { $tool } سوى مراجع واحد، وهو مع اعتمادها.
       *[other] يؤيد واحد من { $count } اعتماد { $tool }.
    }
    [2] يؤيد اثنان من { $count } اعتماد { $tool }.
   *[other] يؤيد { $ship } من { $count } اعتماد { $tool }.
}
result-each = { $ship ->
    [0] لا يؤيد أحد من المراجعين اعتماد أي من الأداتين ({ $ship } من { $count }).
    [1] يؤيد مراجع واحد من أصل { $count } اعتماد كل من الأداتين.
    [2] يؤيد مراجعان من أصل { $count } اعتماد كل من الأداتين.
   *[other] { $count ->
        [few] يؤيد { $ship } من أصل { $count } مراجعين اعتماد كل من الأداتين.
        [many] يؤيد { $ship } من أصل { $count } مراجعًا اعتماد كل من الأداتين.
       *[other] يؤيد { $ship } من أصل { $count } مراجع اعتماد كل من الأداتين.
    }
}
result-only-one = { $ship ->
    [0] لم تراجع اللجنة سوى { $tool }، ولا يؤيد أحد اعتمادها.
   *[other] لم تراجع اللجنة سوى { $tool }: { $ship } من { $count } مع اعتمادها.
}
result-neither = لم تراجع اللجنة أيًّا من الأداتين بعد.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $tool }: { $ship } من { $count } مع اعتمادها
result-short-not-reviewed = { $tool }: بلا مراجعة

different-panels = بعض المراجعين لم يجرّب سوى إحدى الأداتين.

pick-tool = { $against ->
    [panel] اختيار المحررين: { $tool }، خلافًا لرأي اللجنة.
   *[none] اختيار المحررين: { $tool }.
}
pick-tie = { $against ->
    [panel] اختيار المحررين: التعادل، خلافًا لرأي اللجنة.
   *[none] اختيار المحررين: التعادل.
}

## Reviewers

role-name = { $role ->
    [builder] المطوّر
    [skeptic] المتشكك
    [futurist] المستشرف
    [creator] صانع المحتوى
    [founder] المؤسس
   *[other] { $role }
}
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
   *[other] مع اعتماد { $ship } واستبعاد { $skip }: { $roles }.
}
split-not-reviewed = لم يراجع أحد من اللجنة { $tool }.
split-only-reviewer = { $verdict ->
    [ship] لم يراجع { $tool } سوى { $role }، والرأي: اعتمادها.
   *[skip] لم يراجع { $tool } سوى { $role }، والرأي: استبعادها.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] يؤيد المراجعان كلاهما اعتماد { $tool }.
        [3] يؤيد المراجعون الثلاثة جميعًا اعتماد { $tool }.
        [4] يؤيد المراجعون الأربعة جميعًا اعتماد { $tool }.
        [5] يؤيد المراجعون الخمسة جميعًا اعتماد { $tool }.
       *[other] يؤيد المراجعون جميعًا، وعددهم { $count }، اعتماد { $tool }.
    }
   *[skip] { $count ->
        [2] يؤيد المراجعان كلاهما استبعاد { $tool }.
        [3] يؤيد المراجعون الثلاثة جميعًا استبعاد { $tool }.
        [4] يؤيد المراجعون الأربعة جميعًا استبعاد { $tool }.
        [5] يؤيد المراجعون الخمسة جميعًا استبعاد { $tool }.
       *[other] يؤيد المراجعون جميعًا، وعددهم { $count }، استبعاد { $tool }.
    }
}
split-in-half = { $count ->
   *[other] انقسمت اللجنة حول { $tool }: مع اعتمادها { $ship }، ومع استبعادها { $skip }.
}
split-minority = { $verdict ->
    [ship] { $count ->
       *[other] لا يؤيد اعتماد { $tool } سوى { $roles }.
    }
   *[skip] { $count ->
       *[other] لا يؤيد استبعاد { $tool } سوى { $roles }.
    }
}

## The table of both tools' figures

winner = الفائزة
row-panel = اللجنة
row-community = القراء
row-price = السعر
row-maker = الجهة المطوّرة
row-category = الفئة

panel-figures = { $ship } من { $count } مع اعتمادها
not-reviewed = بلا مراجعة
votes = { $count ->
    [zero] لا أصوات
    [one] صوت واحد
    [two] صوتان
    [few] { $count }{"\u00A0"}أصوات
    [many] { $count }{"\u00A0"}صوتًا
   *[other] { $count }{"\u00A0"}صوت
}
votes-too-few = أقل من خمسة أصوات

price-free = مجاني
price-paid = مدفوع
price-freemium = مجاني جزئيًا
price-trial = تجربة مجانية
price-open-weights = أوزان مفتوحة
price-open-source = مفتوح المصدر

## Below the table

facts = أبرز المعلومات
source = المصدر: { $site }
scorecard = تقييمات المراجعين
quote = «{ $text }»

## Readers' votes

last-time = في المرة السابقة: { $title }.
last-time-too-few = لم تبلغ الأصوات خمسة لأي من الأداتين.
readers-would-ship = يؤيد { $share } من القراء اعتماد { $tool } ({ votes }).
voting-closes = ينتهي التصويت في { $date }.

sign-up = المقارنة القادمة في بريدك

## Mails to readers

mail-greeting = مرحبًا { $name }،
mail-greeting-without-name = مرحبًا،

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = القراءة على الموقع
mail-vote = ما حكمك أنت؟
mail-maker = من { $maker }
mail-last-time-link = قراءتها مرة أخرى

mail-forwarded = هل أُعيد توجيه هذه الرسالة إليك؟
mail-forwarded-text = المقارنة القادمة في بريدك.

mail-why = تصلك هذه الرسالة لأنك اشتركت في «{ $newsletter }» بهذا العنوان:
mail-unsubscribe = إلغاء الاشتراك
mail-settings-link = الإيقاف المؤقت أو تغيير الإعدادات

## The digest

mail-digest-subject-one = { $month }: { $title }
mail-digest-subject = { $month }: { $count ->
    [zero] لا مقارنات
    [one] مقارنة واحدة
    [two] مقارنتان
    [few] { $count } مقارنات
    [many] { $count } مقارنة
   *[other] { $count } مقارنة
}
mail-digest-panel = { $tool }: اللجنة { $panel }
mail-digest-panel-and-community = { $tool }: اللجنة { $panel }، القراء { $community }

## The correction notice

mail-correction-subject = تصحيح: { $title }
mail-correction-intro = في { $date } أرسلنا إليك «{ $title }» وفيه خطأ. نعتذر عن ذلك. إليك ما صححناه:
mail-correction-before = كتبنا: { $text }
mail-correction-now = والصواب: { $text }
mail-correction-removed = لقد حذفنا هذا.
mail-correction-button = اقرأ المقارنة المصححة

## The welcome mail, for readers who have just confirmed

mail-welcome-subject = أهلًا بك في «{ $newsletter }»
mail-welcome-title = تم اشتراكك
mail-welcome-thanks = شكرًا على اشتراكك في «{ $newsletter }». سنرسل كل عدد جديد إلى هذا العنوان.
mail-welcome-latest = إلى أن يصلك عددك الأول، إليك أحدث عدد:

## Short mails, each with one purpose

mail-button-fallback = إذا لم يعمل الزر، فافتح هذا الرابط:
mail-ignore = إن لم تطلب ذلك، فتجاهل هذه الرسالة.
mail-ignore-unchanged = إن لم تطلب ذلك، فتجاهل هذه الرسالة، ولن يتغير شيء.
mail-link-expires = الرابط صالح لمدة ٢٤ ساعة. إن لم تطلب ذلك، فتجاهل هذه الرسالة، ولن يتغير شيء.

mail-confirm-subject = تأكيد اشتراكك في «{ $newsletter }»
mail-confirm-preview = أكّد ليبدأ اشتراكك.
mail-confirm-title = تأكيد اشتراكك
mail-confirm-text = طلبت الاشتراك في «{ $newsletter }». أكّد طلبك لتبدأ.
mail-confirm-button = تأكيد
mail-confirm-ignore = لن نرسل إليك أي شيء آخر حتى تؤكد. إن لم تطلب ذلك، فتجاهل هذه الرسالة: سنحذف عنوانك بعد ٤٨ ساعة، إلا إذا سبق لك الاشتراك.
mail-confirm-paused = أوقفت اشتراكك مؤقتًا حتى { $date }. عند التأكيد ينتهي الإيقاف ويصلك كل عدد من جديد.
mail-confirm-digest = اخترت الملخص الشهري. عند التأكيد يصلك كل عدد من جديد.

mail-resume-subject = تأكيد تلقّي كل أعداد «{ $newsletter }» من جديد
mail-resume-preview = أكّد ليصلك العدد القادم.
mail-resume-title = تلقّي كل الأعداد من جديد؟
mail-resume-button = تلقّي كل الأعداد

mail-already-subject = لديك اشتراك بالفعل في «{ $newsletter }»
mail-already-preview = يصلك كل عدد، ولم يتغير شيء.
mail-already-title = لديك اشتراك بالفعل
mail-already-text = طلبت الاشتراك في «{ $newsletter }»، لكن كل عدد يصلك بالفعل.
mail-already-spam = إن لم تصلك رسائلنا، فتفقّد مجلد البريد غير المرغوب فيه.

mail-settings-subject = إعداداتك في «{ $newsletter }»
mail-settings-preview = الرابط صالح لمدة ٢٤ ساعة.
mail-settings-title = إعداداتك
mail-settings-text = طلبت رابطًا إلى إعداداتك في «{ $newsletter }».
mail-settings-secret = احتفظ به لنفسك: كل من لديه هذا الرابط يمكنه تغيير إعداداتك.
mail-settings-button = فتح الإعدادات
mail-settings-ignore = الرابط صالح لمدة ٢٤ ساعة. إن لم تطلبه، فتجاهل هذه الرسالة.

mail-address-subject = تأكيد عنوانك الجديد في «{ $newsletter }»
mail-address-preview = أكّد أن هذا العنوان لك.
mail-address-title = تأكيد عنوانك الجديد
mail-address-text = طلبت أن تصلك «{ $newsletter }» على هذا العنوان من الآن فصاعدًا. أكّد أنه لك.
mail-address-button = استخدام هذا العنوان

mail-taken-subject = لم يُنقل اشتراكك في «{ $newsletter }»
mail-taken-preview = لم يتغير شيء.
mail-taken-title = تعذّر نقل اشتراكك
mail-taken-text = طلبت أن تصلك «{ $newsletter }» على هذا العنوان. سبق الاشتراك بهذا العنوان، لذلك لم نغيّر شيئًا.
mail-taken-help = لقراءتها هنا، اشترك بهذا العنوان. ولإيقافها على عنوانك الآخر، استخدم رابط إلغاء الاشتراك في أي رسالة وصلتك هناك.

mail-moved-subject = تم تغيير عنوانك في «{ $newsletter }»
mail-moved-preview = إن لم تكن أنت من غيّره، فرُدَّ على هذه الرسالة.
mail-moved-title = تم تغيير عنوانك
mail-moved-text = من الآن فصاعدًا نرسل «{ $newsletter }» إلى العنوان الجديد في إعداداتك، ولن نرسلها إلى هذا العنوان.
mail-moved-reply = إن لم تكن أنت من غيّره، فرُدَّ على هذه الرسالة.

mail-erase-subject = تأكيد محو بياناتك في «{ $newsletter }»
mail-erase-preview = لا يمكن التراجع عن ذلك.
mail-erase-title = محو كل بياناتك؟
mail-erase-text = طلبت من «{ $newsletter }» محو كل ما تحتفظ به عنك. ينتهي بذلك اشتراكك، ولا يمكن التراجع.
mail-erase-button = محو كل شيء

## Pages that anyone can open

## The head and the foot of every page

page-skip = الانتقال إلى المحتوى
page-links-main = الروابط الرئيسية
page-links-site = روابط الموقع
page-archive = الأرشيف
page-subscribe = الاشتراك
page-all-comparisons = كل المقارنات
page-feed = الخلاصة
subscribe-to = الاشتراك في «{ $newsletter }»
page-email = عنوان بريدك الإلكتروني
page-honeypot = اترك هذا الحقل فارغًا

## The home page

home-latest = أحدث مقارنة
home-latest-dated = أحدث مقارنة · { $date }
read-comparison = قراءة المقارنة
home-earlier = مقارنات سابقة
no-comparisons-yet = لا توجد مقارنات بعد. ستجد الأولى هنا يوم إرسالها.

## The archive

archive-order = من الأحدث إلى الأقدم
archive-search-long = نص البحث طويل، فاقتصرنا على كلماته الأولى (حتى { $words }) وعلى الأحرف الأولى من كل كلمة (حتى { $characters }).
archive-nothing-found = لم نجد مقارنات تطابق هذا البحث.
archive-words = الأداة أو عنوان المقارنة
archive-category = الفئة
archive-every-category = الكل
archive-category-count = { $category } ({ $count })
archive-search = بحث
archive-year = { $year }
archive-pages = الصفحات
archive-newer = الأحدث
archive-older = الأقدم

## A comparison's page

table-caption = الأداتان جنبًا إلى جنب
matrix-caption = حكم كل مراجع
comparison-more = المزيد عن هاتين الأداتين
comparison-all-of-tool = كل المقارنات مع { $tool }
comparison-neighbors = المقارنة السابقة والتالية
comparison-previous = السابقة
comparison-next = التالية

## Corrections, at the foot of a comparison's page

corrections = تصحيحات
corrections-intro = ما سبق هو ما أرسلناه. وقد أجرت هيئة التحرير بعد ذلك هذه التعديلات:
corrections-intro-revised = تلقى بعض القراء نسخة سابقة من هذه المقارنة. وقد أجرت هيئة التحرير بعد ذلك هذه التعديلات:

correction-title = عنوان المقارنة
correction-question = السؤال
correction-intro = المقدمة
correction-pick = اختيار المحررين
correction-sample = مثال توضيحي
correction-voting-closes = آخر يوم للتصويت
correction-name = { $tool }: الاسم
correction-maker = { $tool }: الجهة المطوّرة
correction-category = { $tool }: الفئة
correction-tagline = { $tool }: النبذة
correction-price = { $tool }: السعر
correction-price-note = { $tool }: ملاحظة عن السعر
correction-url = { $tool }: الموقع الإلكتروني
correction-description = { $tool }: الوصف
correction-fact = { $tool }: المعلومة { $number }
correction-fact-source = { $tool }: مصدر المعلومة { $number }
correction-verdict = { $tool }: الحكم ({ $role })
correction-quote = { $tool }: المراجعة ({ $role })
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · من { $maker } · { $site }
tool-figures-from = من أحدث مقارنة: { $comparison }
tool-reviews = ماذا كتب المراجعون
tool-comparisons = المقارنات

## Error pages

error-title = حدث خطأ ما
not-found-title = الصفحة غير موجودة
error-ours = المشكلة من جانبنا. حاول مرة أخرى بعد دقيقة.
error-code = إذا تكرر ذلك، فراسلنا واذكر هذا الرمز: { $code }
not-found-text = تأكد من كتابة العنوان بشكل صحيح. ستجد كل المقارنات التي أرسلناها في الأرشيف.
error-busy = عدد الزوّار كبير جدًا الآن. يُرجى المحاولة بعد قليل.

## The demo's inbox, which only people who try out Verdict see

inbox-title = صندوق الوارد التجريبي
inbox-count = { $count ->
    [0] لا توجد رسائل بعد. أعد تحميل الصفحة بعد قليل.
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
}
inbox-next = افتح رسالة وألغِ الاشتراك منها، ثم أرسل العدد التالي: سيصل إلى جميع الآخرين.
inbox-send = إرسال «{ $title }»
inbox-all = كل الرسائل
inbox-to = إلى
inbox-from = من
inbox-received = وقت الاستلام
inbox-views = طرق عرض الرسالة
inbox-html = HTML
inbox-text = نص
inbox-source = المصدر
inbox-frame = الرسالة بصيغة HTML
inbox-catcher = هذا لاقط البريد الخاص بالعرض التجريبي.
inbox-local = لم يغادر شيء مما هنا هذا الجهاز.
inbox-site = الانتقال إلى الموقع

## Voting

vote-button = { $verdict ->
    [ship] اعتماد { $tool }
   *[skip] استبعاد { $tool }
}
vote-question = { $verdict ->
    [ship] اعتماد { $tool }؟
   *[skip] استبعاد { $tool }؟
}
vote-changed-mind = ليس هذا ما قصدته؟ { $link }
vote-instead = { $verdict ->
    [ship] اعتماد { $tool } بدلًا من ذلك
   *[skip] استبعاد { $tool } بدلًا من ذلك
}
vote-voted = { $verdict ->
    [ship] صوتك: اعتماد { $tool }.
   *[skip] صوتك: استبعاد { $tool }.
}
vote-change = { $verdict ->
    [ship] تغيير الصوت إلى الاعتماد
   *[skip] تغيير الصوت إلى الاستبعاد
}
vote-other-tool = وماذا عن { $tool }؟
vote-until-then = يمكنك تغيير صوتك حتى ذلك الحين.
vote-closed = انتهى التصويت
vote-choose = اختر الاعتماد أو الاستبعاد.
vote-link-broken = ربما ينقصه جزء. افتحه من الرسالة مرة أخرى، أو انسخه كاملًا.

## Joining, settings and leaving

link-broken = هذا الرابط لا يعمل
check-inbox = تفقّد بريدك
subscribe-again = الاشتراك من جديد
subscribe-intro = المقارنة القادمة في بريدك.
subscribe-button = الاشتراك
subscribe-name = اسمك لنخاطبك به (اختياري)
subscribe-time-zone = منطقتك الزمنية (اختياري)
subscribe-no-time-zone = أفضّل عدم تحديدها
subscribe-note = سنرسل إليك رسالة واحدة لتأكيد الاشتراك، ولا شيء غيرها حتى تؤكده. يمكنك إلغاء الاشتراك بنقرة واحدة من أي رسالة.

once-more = خطوة أخيرة
once-more-quick = أُرسل النموذج خلال ثانيتين، كما تفعل البرامج. إن كنت أنت من أرسله، فأرسله مرة أخرى.
once-more-expired = انتهت صلاحية هذا النموذج. أرسله مرة أخرى.
once-more-used = سبق استخدام هذا النموذج لعنوان بريد آخر. أرسله مرة أخرى.
once-more-elsewhere = أرسل موقع آخر هذا النموذج نيابة عنك. أكّد أنك تريد الاشتراك.
once-more-many = تصلنا طلبات اشتراك أكثر من المعتاد، وقد يكون بعضها من برامج. إن كنت أنت من أرسل هذا الطلب، فأرسله مرة أخرى.

subscribe-sent = إن كان عنوانك يستقبل «{ $newsletter }»، فقد أرسلنا إليه رسالة. افتح الرابط الذي فيها خلال ٤٨ ساعة لتأكيد اشتراكك.
subscribe-sent-nothing = لم يصلك شيء بعد بضع دقائق؟ تفقّد مجلد البريد غير المرغوب فيه، أو { $link }. لا نرسل إلى العنوان الواحد إلا بضع رسائل من هذا النوع في اليوم: إن سبق أن طلبت الاشتراك، فاستخدم الرابط الذي لديك.
subscribe-sent-try-again = حاول مرة أخرى
subscribe-sent-back = العودة إلى «{ $newsletter }»

subscribe-too-many = طلبات اشتراك كثيرة جدًا من شبكتك
subscribe-too-many-wait = { $minutes ->
    [zero] حاول مرة أخرى الآن.
    [one] حاول مرة أخرى بعد دقيقة واحدة.
    [two] حاول مرة أخرى بعد دقيقتين.
    [few] حاول مرة أخرى بعد { $minutes } دقائق.
    [many] حاول مرة أخرى بعد { $minutes } دقيقة.
   *[other] حاول مرة أخرى بعد { $minutes } دقيقة.
}

confirm = تأكيد اشتراكك
confirm-text = أكّد اشتراكك، وسنرسل «{ $newsletter }» إلى { $address }.
confirm-button = تأكيد

confirmed = تم اشتراكك
confirmed-text = سنرسل كل عدد من «{ $newsletter }» إلى { $address }، بدءًا من العدد القادم.
confirmed-anew = إن كنت قد أوقفت اشتراكك مؤقتًا أو اخترت الملخص الشهري، فقد انتهى ذلك.
confirmed-latest = بانتظار العدد القادم، إليك أحدث مقارنة

confirm-link-broken = ربما انتهت صلاحيته أو ينقصه جزء. جرّب نسخه كاملًا من الرسالة.
confirm-link-used = إن سبق أن أكّدت به اشتراكك، فاشتراكك قائم ولا يلزمك شيء آخر. وإلا { $link } للحصول على رابط جديد.
confirm-link-again = فاشترك من جديد

settings = إعداداتك
settings-ask = قد يُعاد توجيه الرسائل إلى آخرين، لذلك نرسل رابط إعداداتك إلى { $address } فقط. الرابط صالح لمدة ٢٤ ساعة.
settings-email-link = إرسال الرابط إلى بريدي
settings-link-sent = أرسلنا رابطًا إلى { $address }. الرابط صالح لمدة ٢٤ ساعة.
settings-links-enough = الرابط لديك بالفعل
settings-links-enough-text = أرسلنا اليوم ثلاثة روابط إلى { $address }. استخدم أحدثها، فهو صالح لمدة ٢٤ ساعة. لم تجده؟ تفقّد مجلد البريد غير المرغوب فيه. يمكنك طلب رابط آخر غدًا.
settings-link-broken = ربما مضى عليه وقت طويل، أو سبق استخدامه، أو ينقصه جزء. للحصول على رابط جديد، افتح رابط الإعدادات في آخر أي رسالة منا.

settings-saved = تم الحفظ.
settings-of = للعنوان { $address }
settings-not-subscribed = ليس لديك اشتراك حاليًا. يمكنك { $link } في أي وقت.
settings-name = اسمك لنخاطبك به
settings-frequency = وتيرة الإرسال
settings-every = كل عدد
settings-digest = الملخص الشهري
settings-pause = إيقاف مؤقت
settings-pause-none = بلا إيقاف
settings-pause-until = حتى { $date }
settings-pause-end = الاستئناف الآن
settings-pause-for = { $weeks ->
    [zero] بلا إيقاف
    [one] لمدة أسبوع واحد
    [two] لمدة أسبوعين
    [few] لمدة { $weeks } أسابيع
    [many] لمدة { $weeks } أسبوعًا
   *[other] لمدة { $weeks } أسبوع
}
settings-save = حفظ

move = تغيير عنوان بريدك الإلكتروني
move-text = سنرسل رابطًا إلى العنوان الجديد. افتحه لتأكيد التغيير، ثم نرسل إشعارًا بذلك إلى عنوانك القديم.
move-email = عنوان بريدك الإلكتروني الجديد
move-button = تغيير العنوان
move-asked = تفقّد بريدك الجديد
move-asked-text = أرسلنا رابطًا إلى { $address }، إلا إذا تعذّر استخدام هذا العنوان. افتحه خلال ٢٤ ساعة لتأكيد عنوانك الجديد. الروابط التي أرسلناها إلى عناوين جديدة أخرى لم تعد تعمل.
move-asked-until = لا يتغير شيء حتى تؤكد. لا نرسل إلى العنوان الواحد إلا بضع رسائل من هذا النوع في اليوم.
move-too-often = تغييرات كثيرة جدًا للعنوان اليوم
move-too-often-text = يمكنك تجربة ثلاثة عناوين في اليوم. لم يتغير شيء. حاول مرة أخرى غدًا.
move-confirm = استخدام هذا العنوان؟
move-confirm-text = سيحل { $address } محل عنوانك القديم في «{ $newsletter }».
move-confirm-button = استخدام هذا العنوان
moved = تم تغيير عنوانك
moved-text = من الآن فصاعدًا عنوانك في «{ $newsletter }» هو { $address }. وسنرسل إشعارًا بذلك إلى عنوانك القديم.

data = بياناتك
data-download = تنزيل كل ما لدينا عنك: { $json } أو { $csv }.
data-erase = أو امحُ كل شيء. سنرسل إليك رابطًا للتأكيد.
data-unsubscribe = لوقف الرسائل فقط، يمكنك { $link }.
data-unsubscribe-link = إلغاء الاشتراك
erase-button = محو كل شيء
erase-confirm = محو كل شيء؟
erase-confirm-text = سنمحو { $address } واسمك وإعداداتك وسجلات تسليم رسائلك. ينتهي بذلك اشتراكك، ولا يمكن التراجع.
erased = تم محو كل شيء
erased-text = لم نعد نحتفظ بأي شيء عنك، سوى رمز يُبقي عنوانك خارج قائمتنا.

unsubscribe-from = إلغاء الاشتراك في «{ $newsletter }»؟
unsubscribe-text = إذا ألغيته، فلن نرسل أي رسائل أخرى إلى { $address }.
unsubscribe-digest = نرسل الملخص الشهري إلى { $address }. إذا ألغيت الاشتراك، فلن نرسل أي رسائل أخرى.
unsubscribe-paused = الاشتراك متوقف مؤقتًا حتى { $date }، ولن نرسل حتى ذلك الحين أي رسائل إلى { $address }. يمكنك إنهاء الإيقاف من { $settings }. وإذا ألغيت الاشتراك، فلن نرسل شيئًا بعد ذلك أيضًا.
unsubscribe-settings = إعداداتك
unsubscribe-why = لماذا تريد إلغاء الاشتراك؟ (اختياري)
unsubscribe-too-often = الرسائل كثيرة جدًا
unsubscribe-not-for-me = المحتوى لا يهمني
unsubscribe-not-good = المحتوى ليس جيدًا بما يكفي
unsubscribe-never-joined = لم أشترك قط
unsubscribe-own-words = بكلماتك أنت
unsubscribe-button = إلغاء الاشتراك
unsubscribe-less = أو رسائل أقل
unsubscribe-pause-for = { $weeks ->
    [zero] بلا إيقاف
    [one] إيقاف لمدة أسبوع واحد
    [two] إيقاف لمدة أسبوعين
    [few] إيقاف لمدة { $weeks } أسابيع
    [many] إيقاف لمدة { $weeks } أسبوعًا
   *[other] إيقاف لمدة { $weeks } أسبوع
}
unsubscribe-to-digest = التحويل إلى الملخص الشهري
unsubscribe-link-broken = ربما ينقصه جزء. افتح «إلغاء الاشتراك» في آخر إحدى رسائلنا مرة أخرى، أو انسخ الرابط كاملًا.
unsubscribe-reply = إن لم ينفع ذلك، فرُدَّ على أي من رسائلنا واطلب إلغاء اشتراكك.

unsubscribed = تم إلغاء اشتراكك
unsubscribed-now = أوقفنا إرسال «{ $newsletter }» إلى { $address }.
unsubscribed-before = لا نرسل «{ $newsletter }» إلى { $address }.
unsubscribed-thanks = شكرًا لمتابعتك. تبقى كل المقارنات متاحة لك { $link }.
unsubscribed-archive = في الأرشيف
unsubscribed-changed-mind = غيّرت رأيك؟ { $link }.
unsubscribed-not-yet = أُلغي اشتراكك قبل أقل من ساعة، ولا يزال التراجع عن ذلك ممكنًا من الصفحة التي تم فيها.
unsubscribed-for-good = إلغاء الاشتراك نهائيًا
unsubscribed-one-click = تم إلغاء اشتراكك.

subscription-ended = انتهى هذا الاشتراك
subscription-ended-text = لن نرسل أي رسائل أخرى للاشتراك الذي يعود إليه هذا الرابط.
subscription-ended-but = لا تزال تصلك «{ $newsletter }»؟ هذا يعني أنك اشتركت من جديد بعد ذلك. استخدم رابط إلغاء الاشتراك في أحدث رسالة.

paused-until = متوقفة مؤقتًا حتى { $date }
paused-text = لن نرسل «{ $newsletter }» إلى { $address } حتى { $date }. بعد ذلك تصلك كالمعتاد.
digest-chosen = سيصلك الملخص الشهري
digest-chosen-text = من الآن فصاعدًا نرسل «{ $newsletter }» إلى { $address } مرة في الشهر، في رسالة واحدة تضم كل الأحكام.

undo-button = تراجع
undo-ask = التراجع عن آخر تغيير؟
undo-ask-text = سنرسل «{ $newsletter }» إلى { $address } كما كنا نفعل قبل التغيير.
undone = عاد اشتراكك كما كان
undone-paused = تم التراجع
undo-subscribed = اشتراكك قائم
undo-nothing = لم يعد هناك ما يمكن التراجع عنه: إما أن التراجع قد تم، أو مضت أكثر من ساعة، أو غيّرت شيئًا بعد ذلك.

gets-every = نرسل كل عدد من «{ $newsletter }» إلى { $address }.
gets-digest = نرسل الملخص الشهري من «{ $newsletter }» إلى { $address }.
gets-after-pause = «{ $newsletter }» متوقفة مؤقتًا حتى { $date }. بعد ذلك نرسلها إلى { $address } من جديد.

## What is wrong with a form

wrong-email-empty = أدخل عنوان بريدك الإلكتروني.
wrong-email-invisible = لا يبدو هذا عنوان بريد إلكتروني: فيه حرف غير مرئي. اكتبه بدلًا من لصقه.
wrong-email-space = لا يبدو هذا عنوان بريد إلكتروني: فيه مسافة.
wrong-email-long = هذا أطول من أن يكون عنوان بريد إلكتروني.
wrong-email-bare = أدخل عنوان البريد الإلكتروني فقط، بلا اسم أو أقواس.
wrong-email-no-at = لا يبدو هذا عنوان بريد إلكتروني: تنقصه العلامة @.
wrong-email-ats = لا يبدو هذا عنوان بريد إلكتروني: فيه أكثر من علامة @.
wrong-email-no-local = لا يبدو هذا عنوان بريد إلكتروني: لا شيء قبل العلامة @.
wrong-email-local = لا يبدو هذا عنوان بريد إلكتروني. راجع الجزء الذي قبل العلامة @.
wrong-email-no-domain = لا يبدو هذا عنوان بريد إلكتروني: لا شيء بعد العلامة @.
wrong-email-domain = لا يبدو هذا عنوان بريد إلكتروني. راجع الجزء الذي بعد العلامة @.
wrong-email-no-dot = لا يبدو هذا عنوان بريد إلكتروني: ليس في الجزء الذي بعد العلامة @ نقطة كما في «example.com».
wrong-email-ip = لا يمكننا الإرسال إلى عنوان IP. استخدم عنوان بريد إلكتروني بنطاق مثل «example.com».
wrong-email-disposable = لا نرسل إلى العناوين المؤقتة، مثل عناوين { $domain }.
wrong-email-shared = قد يقرأ أكثر من شخص رسائل { $local }@. استخدم عنوانك الخاص.
wrong-name-lines = يجب أن يكون اسمك في سطر واحد.
wrong-name-long = { $most ->
    [zero] اترك الاسم فارغًا.
    [one] يجب ألا يزيد اسمك على حرف واحد.
    [two] يجب ألا يزيد اسمك على حرفين.
    [few] يجب ألا يزيد اسمك على { $most } أحرف.
    [many] يجب ألا يزيد اسمك على { $most } حرفًا.
   *[other] يجب ألا يزيد اسمك على { $most } حرف.
}
wrong-time-zone = لا نعرف هذه المنطقة الزمنية. اختر واحدة من القائمة.

form-not-read = لم يصلنا نموذجك
form-not-read-text = كان أكبر من اللازم أو ناقصًا، أو استغرق إرساله وقتًا طويلًا. عُد وأرسله مرة أخرى.

## Alerts

alert-empty-subject = لا شيء للإرسال يوم { $date }
alert-empty-text =
    لم يكن هناك عدد جاهز لموعد { $slot }، لذلك لم يُرسل شيء.

    في كل موعد يُرسَل العدد الذي حالته "ready" وقيمة send_on فيه هي ذلك اليوم، وإلا فعدد جاهز بلا send_on.

    لمعرفة ما سترسله المواعيد القادمة:
        verdict calendar

    لإرسال عدد الآن:
        verdict send SLUG

alert-no-readers-subject = لا أحد للإرسال إليه يوم { $date }
alert-no-readers-text =
    كان { $slug } جاهزًا لموعد { $slot }، لكن لا يوجد في القائمة من أكّد اشتراكه، لذلك لم يُرسل شيء. يبقى العدد جاهزًا للموعد القادم.

    لمعرفة من في القائمة:
        verdict subscribers list

alert-missed-subject = فات موعد { $date }
alert-missed-text =
    لم يُلاحظ موعد { $slot } إلا بعد تأخير مدته { $late }، وهذا أكثر مما يسمح به schedule.max_delay، لذلك لم يُرسل شيء.

    يحدث هذا عندما لا يكون Verdict قيد التشغيل في ذلك الوقت. لم يُستهلك أي عدد: العدد الذي بلا send_on يخرج في الموعد القادم، والعدد الذي مضى send_on فيه يحتاج إلى تاريخ جديد.

    لإرسال عدد الآن:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] مواعيد فائتة: { $count }، آخرها { $date }
   *[no] مواعيد فائتة: أكثر من { $count }، آخرها { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] عدد المواعيد الفائتة: { $count }. لم يُرسل فيها شيء لأن Verdict لاحظها بعد المدة التي يسمح بها schedule.max_delay.
       *[no] عدد المواعيد الفائتة أكثر من { $count }. لم يُرسل فيها شيء لأن Verdict لاحظها بعد المدة التي يسمح بها schedule.max_delay.
    }

    الأول: { $first }
    الأخير: { $last }

    يحدث هذا عندما لا يكون Verdict قيد التشغيل في تلك الأوقات، أو عندما تكون ساعة الجهاز خاطئة. لم يُستهلك أي عدد: العدد الذي بلا send_on يخرج في الموعد القادم، والعدد الذي مضى send_on فيه يحتاج إلى تاريخ جديد.

    لمعرفة ما سترسله المواعيد القادمة:
        verdict calendar

    لإرسال عدد الآن:
        verdict send SLUG

alert-clock-subject = ساعة خاطئة حسمت مواعيد قبل أوانها
alert-clock-text =
    { $several ->
        [yes] عمل Verdict على جهاز ساعته متقدمة، فاعتبر المواعيد من { $first } إلى { $last } فائتة أو فارغة.
       *[no] عمل Verdict على جهاز ساعته متقدمة، فاعتبر موعد { $first } فائتًا أو فارغًا.
    } عادت الساعة صحيحة ولم يعد لذلك أثر: سيقرر Verdict من جديد عندما يحين الوقت.

    تجاهل الرسائل السابقة عن مواعيد فائتة أو فارغة في تلك الأوقات. تأكد من أن الجهاز يضبط ساعته عبر الشبكة.

    لمعرفة ما سترسله المواعيد القادمة:
        verdict calendar

alert-digest-late-subject = تأخر ملخص { $month }
alert-digest-late-text =
    كان من المقرر أن يخرج ملخص { $month } في موعد { $due }. فات هذا الموعد بأكثر مما يسمح به schedule.max_delay.

    يخرج الملخص الآن، في موعد { $slot }، إلى القراء الذين يريدون رسالة واحدة في الشهر.

alert-digest-lost-subject = لم يُرسل ملخص { $month }
alert-digest-lost-text =
    كان من المقرر أن يخرج ملخص { $month } في موعد { $due }. فات هذا الموعد وكل مواعيد الشهر الأخرى بأكثر مما يسمح به schedule.max_delay، لذلك لم يُرسل الملخص.

    لم يصل شيء عن ذلك الشهر إلى القراء الذين يريدون رسالة واحدة في الشهر. يجدون كل المقارنات في أرشيف موقعك. يخرج الملخص القادم في أول موعد من شهره.
alert-digest-without-slot-text =
    يخرج ملخص { $month } في أول موعد من الشهر التالي. ليس في جدولك موعد في ذلك الشهر، لذلك لم يُرسل الملخص.

    لم يصل شيء عن ذلك الشهر إلى القراء الذين يريدون رسالة واحدة في الشهر. يجدون كل المقارنات في أرشيف موقعك. يخرج الملخص القادم في أول موعد من شهره.

alert-paused-subject = إرسال { $slug } متوقف مؤقتًا
alert-paused-text =
    أوقف Verdict إرسال { $slug }. السبب:
    { "    " }{ $reason }

    من وصله العدد لن يصله مرة أخرى. بعد معالجة السبب، تابع الإرسال:
        verdict resume { $slug }

    للإرسال إلى القراء الذين رفضهم خادم البريد حتى ذلك الحين:
        verdict resend { $slug } --refused

    للبتّ في أمر القراء الذين ربما وصلهم العدد:
        verdict settle { $slug }

alert-sign-ups-subject = اشتراكات كثيرة على غير العادة
alert-sign-ups-text =
    { $count ->
        [one] استُخدم نموذج الاشتراك مرة واحدة خلال ساعة، وقد يستمر ذلك.
        [two] استُخدم نموذج الاشتراك مرتين خلال ساعة، وقد يستمر ذلك.
        [few] استُخدم نموذج الاشتراك { $count } مرات خلال ساعة، وقد يستمر ذلك.
       *[other] استُخدم نموذج الاشتراك { $count } مرة خلال ساعة، وقد يستمر ذلك.
    }

    لم يُمنع شيء. على كل قارئ أن يؤكد اشتراكه، وهناك حد لعدد الرسائل إلى كل عنوان وكل شبكة. إن لم تكن نشرتك محل اهتمام الآن، فربما يسيء أحدهم استخدام النموذج.

    لمعرفة من اشترك:
        verdict subscribers list --consent pending

    لتغيير الحدود، انظر [join] في verdict.toml.

alert-findings-subject = في العدد { $slug } أخطاء
alert-findings-text =
    تجاوز هذا الموعد العدد { $slug } لأن فيه أخطاء:

alert-overdue-subject = فات تاريخ العدد { $slug }
alert-overdue-text =
    تاريخ العدد { $slug } هو { $date }، ولم يرسله أي موعد في ذلك اليوم.

    لا يرسله Verdict متأخرًا من دون طلبك: غيّر send_on فيه أو احذفه.

alert-unapproved-subject = لم يُرسل العدد { $slug }: تنقصه الموافقة
alert-unapproved-text =
    كان العدد { $slug } هو التالي لموعد { $slot }، لكن لا يمكن إرساله بعد. { $why }

    للموافقة عليه كما هو:
        verdict approve { $slug } --as NAME

    ثم لإرساله الآن:
        verdict send { $slug }

alert-preflight-subject = كشف الفحص قبل الإرسال عن مشكلات
alert-preflight-text =
    قبل إرسال العدد، فحص Verdict المرسِل وخادم البريد والصفحات، ووجد ما يرد أدناه، ثم أرسل العدد مع ذلك: قد لا تصل الرسائل، أو قد لا يتمكن القراء من إلغاء الاشتراك.

    لإعادة الفحص:
        verdict doctor
alert-held-subject = لم يُرسَل عدد { $date }
alert-held-text =
    حان موعد { $slot }، لكن Verdict لم يرسل شيئًا: كشف فحص المرسِل وخادم البريد والصفحات عمّا يرد أدناه. ويعيد الفحص كل بضع دقائق، ويرسل العدد إذا صار كل شيء سليمًا قبل فوات الأوان.

    للفحص الآن:
        verdict doctor

alert-reminder-subject = لا شيء جاهز بعد ليوم { $date }
alert-reminder-text =
    الموعد القادم هو { $slot }، وهو يحتاج إلى انتباهك:

    { $lacks }

    لمعرفة ما سترسله المواعيد القادمة:
        verdict calendar
alert-lacks-issue = لا يوجد عدد جاهز له.
alert-lacks-correction = في العدد { $slug } أخطاء. يعرضها `verdict check`.
alert-lacks-look =
    { $count ->
        [zero] لا تنبيهات على العدد { $slug }.
        [one] على العدد { $slug } تنبيه واحد. يعرضه `verdict check`.
        [two] على العدد { $slug } تنبيهان. يعرضهما `verdict check`.
        [few] على العدد { $slug } { $count } تنبيهات. يعرضها `verdict check`.
        [many] على العدد { $slug } { $count } تنبيهًا. يعرضها `verdict check`.
       *[other] على العدد { $slug } { $count } تنبيه. يعرضها `verdict check`.
    }
alert-lacks-approval =
    { $why ->
        [changed] تغيّر العدد { $slug } بعد موافقة { $by } عليه.
        [author] لم يوافق على العدد { $slug } سوى كاتبه { $by }.
        [unknown] لا يذكر العدد { $slug } من كتبه، فلا يمكن الموافقة عليه. أضف author = "الاسم" إلى ملفه.
       *[missing] لم يوافق أحد على العدد { $slug }.
    }
