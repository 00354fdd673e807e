### 日本語。読者にも編集者にも「です・ます」で書きます。

## Numbers

number-1234 = 1,234
number-12345 = 12,345

percent = { $number }%

## Dates

date = { $year }年{ month-in-date }{ $day }日

month-in-date = { $month }月

weekday = { $weekday ->
    [1] 月曜日
    [2] 火曜日
    [3] 水曜日
    [4] 木曜日
    [5] 金曜日
    [6] 土曜日
   *[7] 日曜日
}

weekday-and-date = { date }（{ weekday }）

date-and-time = { weekday-and-date }{ $time }（{ $zone }）

month-and-year = { $year }年{ month-in-date }

## Lengths of time

duration-days = { $count }日
duration-hours = { $count }時間
duration-minutes = { $count }分
duration-seconds = { $count }秒

duration-pair = { $first }{ $second }

## Lists

list-pair = { $first }、{ $second }
list-middle = { $list }、{ $item }
list-end = { $list }、{ $item }

## Alerts

alert-empty-subject = { $date }に送るものがありません
alert-empty-text =
    { $slot }の配信枠に送れる号がなかったため、何も送られませんでした。

    配信枠では、ステータスが「ready」でsend_onがその日の号が送られます。なければ、readyでsend_onのない号が送られます。

    次の配信枠で何が送られるかを見るには：
        verdict calendar

    今すぐ号を送るには：
        verdict send SLUG

alert-no-readers-subject = { $date }に送る相手がいません
alert-no-readers-text =
    { $slot }の配信枠に{ $slug }の準備はできていましたが、登録を確認した読者がいないため、何も送られませんでした。この号は次の配信枠まで待ちます。

    リストの読者を見るには：
        verdict subscribers list

alert-missed-subject = { $date }の配信枠を逃しました
alert-missed-text =
    { $slot }の配信枠に気づいたのは{ $late }後でした。schedule.max_delayを超えているため、何も送られませんでした。

    その時刻にVerdictが動いていなかったときに起こります。失われた号はありません。send_onのない号は次の配信枠で送られ、send_onを過ぎた号には新しい日付が必要です。

    今すぐ号を送るには：
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count }件の配信枠を逃しました（最後は{ $date }）
   *[no] { $count }件を超える配信枠を逃しました（最後は{ $date }）
}
alert-missed-several-text =
    { $exact ->
        [yes] { $count }件の配信枠では何も送られませんでした。Verdictが気づいたのがschedule.max_delayより遅かったためです。
       *[no] { $count }件を超える配信枠では何も送られませんでした。Verdictが気づいたのがschedule.max_delayより遅かったためです。
    }

    最初： { $first }
    最後： { $last }

    その時刻にVerdictが動いていなかったか、マシンの時計が狂っていたときに起こります。失われた号はありません。send_onのない号は次の配信枠で送られ、send_onを過ぎた号には新しい日付が必要です。

    次の配信枠で何が送られるかを見るには：
        verdict calendar

    今すぐ号を送るには：
        verdict send SLUG

alert-clock-subject = 時計の狂いで配信枠が早く処理されました
alert-clock-text =
    { $several ->
        [yes] 時計の進んだマシンで動いていたVerdictが、{ $first }から{ $last }までの配信枠を、逃した枠または空の枠として扱いました。
       *[no] 時計の進んだマシンで動いていたVerdictが、{ $first }の配信枠を、逃した枠または空の枠として扱いました。
    }時計は直ったので、この扱いは取り消されます。その時刻が来たら、Verdictが改めて処理します。

    これらの時刻の配信枠に関する以前のお知らせは無視してください。マシンの時計がネットワーク経由で合わせられているか確認してください。

    次の配信枠で何が送られるかを見るには：
        verdict calendar

alert-digest-late-subject = { $month }のまとめが遅れています
alert-digest-late-text =
    { $month }のまとめは{ $due }の配信枠で送られるはずでしたが、Verdictはその枠をschedule.max_delayを超えて逃しました。

    月に1通を希望する読者に、{ $slot }の配信枠で今から送られます。

alert-digest-lost-subject = { $month }のまとめは送られませんでした
alert-digest-lost-text =
    { $month }のまとめは{ $due }の配信枠で送られるはずでしたが、Verdictはその枠とその月の残りの枠をすべてschedule.max_delayを超えて逃したため、送られませんでした。

    月に1通を希望する読者には、この月の分が届いていません。比較はすべてサイトのアーカイブで読めます。次のまとめは、その月の最初の配信枠で送られます。
alert-digest-without-slot-text =
    { $month }のまとめは翌月の最初の配信枠で送られますが、スケジュールにその月の配信枠がないため、送られませんでした。

    月に1通を希望する読者には、この月の分が届いていません。比較はすべてサイトのアーカイブで読めます。次のまとめは、その月の最初の配信枠で送られます。

alert-paused-subject = { $slug }の配信を一時停止しました
alert-paused-text =
    Verdictは{ $slug }の配信を停止しました。理由：
    { "    " }{ $reason }

    すでに届いた読者に再び送られることはありません。原因を取り除いたら、次のコマンドで再開します：
        verdict resume { $slug }

    それまでにメールサーバーに拒否された読者に送るには：
        verdict resend { $slug } --refused

    届いたかどうか分からない読者について決めるには：
        verdict settle { $slug }

alert-sign-ups-subject = 登録がいつになく多くなっています
alert-sign-ups-text =
    1時間に登録フォームが{ $count }回使われました。まだ続くかもしれません。

    何も止めていません。登録にはそれぞれ確認が必要で、アドレスごと、ネットワークごとのメールの数には上限があります。ニュースレターが話題になっているのでなければ、フォームが悪用されているのかもしれません。

    登録した人を見るには：
        verdict subscribers list --consent pending

    上限はverdict.tomlの[join]で変更できます。

alert-findings-subject = { $slug }に誤りがあります
alert-findings-text =
    { $slug }に誤りがあるため、この配信枠では送られませんでした：

alert-overdue-subject = { $slug }の日付が過ぎました
alert-overdue-text =
    { $slug }の日付は{ $date }ですが、その日の配信枠では送られませんでした。

    指示がなければ、遅れて送られることはありません。send_onを変更するか、削除してください。
