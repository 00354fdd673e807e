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

## Alerts

alert-empty-subject = لا شيء للإرسال يوم { $date }
alert-empty-text =
    لم يكن هناك عدد جاهز لموعد { $slot }، لذلك لم يُرسل شيء.

    يُرسل الموعد العدد الذي حالته "ready" ويوافق send_on فيه ذلك اليوم، وإلا فعددًا جاهزًا بلا send_on.

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
    استُخدم نموذج الاشتراك خلال ساعة واحدة بهذا العدد من المرات: { $count }، وقد يستمر ذلك.

    لم يُمنع شيء. على كل قارئ أن يؤكد اشتراكه، وهناك حد لعدد الرسائل إلى كل عنوان وكل شبكة. إن لم تكن نشرتك محل اهتمام الآن، فربما يسيء أحدهم استخدام النموذج.

    لمعرفة من اشترك:
        verdict subscribers list --consent pending

    تجد الحدود في verdict.toml تحت [join].

alert-findings-subject = في العدد { $slug } أخطاء
alert-findings-text =
    تجاوز هذا الموعد العدد { $slug } لأن فيه أخطاء:

alert-overdue-subject = فات تاريخ العدد { $slug }
alert-overdue-text =
    تاريخ العدد { $slug } هو { $date }، ولم يرسله أي موعد في ذلك اليوم.

    لا يرسله Verdict متأخرًا من دون طلبك: غيّر send_on فيه أو احذفه.
