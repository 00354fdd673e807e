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

list-pair = { $first }と{ $second }
list-middle = { $list }、{ $item }
list-end = { $list }、{ $item }

two-sentences = { $first }{ $second }

## A comparison of two tools, in the mail, on its page and on the card

ship = 採用
skip = 見送り

versus = vs

sample = サンプル：架空のツールです

panel = レビュアーの判定

## The result, as a heading

result-wins = { $tool }の勝ち
result-tie = 引き分け
result-split = 評価は真っ二つ
result-no-contest = 勝敗なし

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] ただ1人のレビュアーが採用と判定しました。
   *[other] レビュアー{ $count }人全員が採用と判定しました。
}
result-some-would-ship-it = レビュアー{ $count }人中{ $ship }人が採用と判定しました。
result-would-ship = { $ship ->
    [0] { $count ->
        [1] { $tool }のレビュアーは1人だけで、見送りと判定しました。
       *[other] { $tool }を採用と判定したレビュアーはいませんでした（{ $count }人中0人）。
    }
   *[other] { $count ->
        [1] { $tool }のレビュアーは1人だけで、採用と判定しました。
       *[other] { $tool }を採用と判定したのは{ $count }人中{ $ship }人でした。
    }
}
result-each = { $ship ->
    [0] どちらも、{ $count }人のレビュアーのうち採用と判定した人はいませんでした。
   *[other] どちらも、レビュアー{ $count }人中{ $ship }人が採用と判定しました。
}
result-only-one = { $ship ->
    [0] レビューされたのは{ $tool }だけで、採用と判定した人はいませんでした。
   *[other] レビューされたのは{ $tool }だけで、{ $count }人中{ $ship }人が採用と判定しました。
}
result-neither = どちらのツールもまだレビューされていません。

result-line = { $title }。{ $result }

result-in-short = { $first }／{ $second }
result-short = { $tool }：{ $count }人中{ $ship }人が採用
result-short-not-reviewed = { $tool }：未レビュー

different-panels = 片方のツールしか試していないレビュアーもいます。

pick-tool = { $against ->
    [panel] 編集部の選択：{ $tool }（レビュアーの判定とは異なります）。
   *[none] 編集部の選択：{ $tool }。
}
pick-tie = { $against ->
    [panel] 編集部の選択：引き分け（レビュアーの判定とは異なります）。
   *[none] 編集部の選択：引き分け。
}

## Reviewers

role-name = { $role ->
    [builder] 開発者
    [skeptic] 懐疑派
    [futurist] 未来志向派
    [creator] クリエイター
    [founder] 創業者
   *[other] { $role }
}
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
   *[other] { $roles }は、{ $ship }を採用、{ $skip }を見送りと判定しました。
}
split-not-reviewed = { $tool }はレビューされていません。
split-only-reviewer = { $verdict ->
    [ship] { $tool }をレビューしたのは{ $role }だけで、採用と判定しました。
   *[skip] { $tool }をレビューしたのは{ $role }だけで、見送りと判定しました。
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] { $tool }は2人とも採用と判定しました。
       *[other] { $tool }は{ $count }人全員が採用と判定しました。
    }
   *[skip] { $count ->
        [2] { $tool }は2人とも見送りと判定しました。
       *[other] { $tool }は{ $count }人全員が見送りと判定しました。
    }
}
split-in-half = { $count ->
   *[other] { $tool }は意見が割れました。採用は{ $ship }、見送りは{ $skip }です。
}
split-minority = { $verdict ->
    [ship] { $count ->
       *[other] { $tool }を採用と判定したのは{ $roles }だけでした。
    }
   *[skip] { $count ->
       *[other] { $tool }を見送りと判定したのは{ $roles }だけでした。
    }
}

## The table of both tools' figures

winner = 勝者
row-panel = レビュアー
row-community = 読者
row-price = 料金
row-maker = 開発元
row-category = カテゴリー

panel-figures = { $count }人中{ $ship }人が採用
not-reviewed = 未レビュー
votes = { $count }票
votes-too-few = 5票未満

price-free = 無料
price-paid = 有料
price-freemium = 基本無料
price-trial = 無料トライアル
price-open-weights = オープンウェイト
price-open-source = オープンソース

## Below the table

facts = 主なポイント
source = 出典：{ $site }
scorecard = レビュアーの評価
quote = 「{ $text }」

## Readers' votes

last-time = 前回：{ $title }。
last-time-too-few = どちらのツールも投票は5票未満でした。
readers-would-ship = 読者の{ $share }が{ $tool }の採用に投票しました（{ $count }票）。
voting-closes = 投票は{ $date }までです。

sign-up = 次の比較をメールで受け取る

## Mails to readers

mail-greeting = { $name }さん、こんにちは。
mail-greeting-without-name = こんにちは。

mail-label = { $label }：
mail-labeled = { $label }：{ $value }

mail-read-online = ウェブで読む
mail-vote = あなたの判定は？
mail-maker = 開発元：{ $maker }
mail-last-time-link = もう一度読む

mail-forwarded = このメールは転送で届きましたか？
mail-forwarded-text = 次の比較からメールでお届けします。

mail-why = このメールは、次のアドレスで「{ $newsletter }」を購読している方にお送りしています：
mail-unsubscribe = 購読を解除
mail-settings-link = 一時停止・設定の変更

## The digest

mail-digest-subject-one = { $month }：{ $title }
mail-digest-subject = { $month }：比較{ $count }件
mail-digest-panel = { $tool }：レビュアー { $panel }
mail-digest-panel-and-community = { $tool }：レビュアー { $panel }、読者 { $community }

## The correction notice

mail-correction-subject = 訂正：{ $title }
mail-correction-intro = { $date }にお送りした「{ $title }」に誤りがありました。お詫びして、次のとおり訂正します。
mail-correction-before = 誤：{ $text }
mail-correction-now = 正：{ $text }
mail-correction-removed = この記述は削除しました。
mail-correction-button = 訂正後の比較を読む

## The welcome mail, for readers who have just confirmed

mail-welcome-subject = { $newsletter }へようこそ
mail-welcome-title = 登録が完了しました
mail-welcome-thanks = 「{ $newsletter }」にご登録いただき、ありがとうございます。新しい号はすべて、このアドレスにお届けします。
mail-welcome-latest = 最初の号が届くまで、こちらの最新号をどうぞ：

## Short mails, each with one purpose

mail-button-fallback = ボタンが使えない場合は、次のリンクを開いてください：
mail-ignore = お心当たりがない場合は、このメールを無視してください。
mail-ignore-unchanged = お心当たりがない場合は、このメールを無視してください。何も変わりません。
mail-link-expires = リンクは24時間有効です。お心当たりがない場合は、このメールを無視してください。何も変わりません。

mail-confirm-subject = { $newsletter }：購読を確定してください
mail-confirm-preview = 確定すると、登録が完了します。
mail-confirm-title = 購読を確定してください
mail-confirm-text = 「{ $newsletter }」の購読のお申し込みを受け付けました。確定すると、配信が始まります。
mail-confirm-button = 購読を確定する
mail-confirm-ignore = 確定されるまで、ほかのメールはお送りしません。お心当たりがない場合は、このメールを無視してください。以前に購読していた場合を除き、アドレスは48時間後に削除されます。
mail-confirm-paused = 現在、{ $date }まで一時停止中です。確定すると一時停止が終わり、再び毎号届きます。
mail-confirm-digest = 現在は月1回のまとめが選ばれています。確定すると、再び毎号届きます。

mail-resume-subject = { $newsletter }：毎号の受け取りの再開を確定してください
mail-resume-preview = 確定すると、次の号から届きます。
mail-resume-title = 再び毎号受け取りますか？
mail-resume-button = 毎号受け取る

mail-already-subject = すでに{ $newsletter }を購読中です
mail-already-preview = 毎号届いています。何も変わっていません。
mail-already-title = すでに購読中です
mail-already-text = 「{ $newsletter }」の購読のお申し込みがありましたが、すでに毎号お届けしています。
mail-already-spam = メールが届かない場合は、迷惑メールフォルダをご確認ください。

mail-settings-subject = { $newsletter }の設定
mail-settings-preview = リンクは24時間有効です。
mail-settings-title = 設定
mail-settings-text = 「{ $newsletter }」の設定ページへのリンクをお送りします。
mail-settings-secret = このリンクを知っている人は誰でも設定を変更できます。ほかの人に教えないでください。
mail-settings-button = 設定を開く
mail-settings-ignore = リンクは24時間有効です。お心当たりがない場合は、このメールを無視してください。

mail-address-subject = { $newsletter }：新しいアドレスを確定してください
mail-address-preview = ご自身のアドレスであることをご確認ください。
mail-address-title = 新しいアドレスを確定してください
mail-address-text = 今後「{ $newsletter }」をこのアドレスで受け取るとのお申し込みがありました。ご自身のアドレスであることをご確認ください。
mail-address-button = このアドレスを使う

mail-taken-subject = { $newsletter }のアドレスは変更されませんでした
mail-taken-preview = 何も変わっていません。
mail-taken-title = アドレスを変更できませんでした
mail-taken-text = 「{ $newsletter }」をこのアドレスで受け取るとのお申し込みがありました。このアドレスは以前に登録されているため、何も変更していません。
mail-taken-help = こちらで読むには、このアドレスで登録してください。もう一方のアドレスへの配信を止めるには、そちらに届いたメールにある購読解除のリンクをお使いください。

mail-moved-subject = { $newsletter }のアドレスが変更されました
mail-moved-preview = お心当たりがない場合は、このメールに返信してください。
mail-moved-title = アドレスが変更されました
mail-moved-text = 今後「{ $newsletter }」は、設定された新しいアドレスにお届けし、このアドレスにはお送りしません。
mail-moved-reply = ご自身で変更していない場合は、このメールに返信してください。

mail-erase-subject = { $newsletter }：データの消去を確定してください
mail-erase-preview = この操作は取り消せません。
mail-erase-title = データをすべて消去しますか？
mail-erase-text = 「{ $newsletter }」に保存されているご自身のデータをすべて消去するとのご依頼がありました。消去すると購読も終了し、取り消すことはできません。
mail-erase-button = すべて消去する

## Pages that anyone can open

## The head and the foot of every page

page-skip = 本文へ移動
page-links-main = メイン
page-links-site = サイト
page-archive = アーカイブ
page-subscribe = 購読する
page-all-comparisons = すべての比較
page-feed = フィード
subscribe-to = { $newsletter }を購読する
page-email = メールアドレス
page-honeypot = この欄は空のままにしてください

## The home page

home-latest = 最新の比較
home-latest-dated = 最新の比較 · { $date }
read-comparison = 比較を読む
home-earlier = これまでの比較
no-comparisons-yet = 比較はまだありません。最初の比較は、配信日にここで公開されます。

## The archive

archive-order = 新しい順
archive-search-long = 検索語が長すぎます。先頭の{ $words }語だけを、それぞれ{ $characters }文字まで使って検索しました。
archive-nothing-found = 条件に合う比較は見つかりませんでした。
archive-words = ツール名またはタイトル
archive-category = カテゴリー
archive-every-category = すべて
archive-category-count = { $category }（{ $count }）
archive-search = 検索
archive-year = { $year }年
archive-pages = ページ
archive-newer = 新しい比較
archive-older = 古い比較

## A comparison's page

table-caption = 2つのツールの比較表
matrix-caption = レビュアーごとの判定
comparison-more = これらのツールの比較をもっと読む
comparison-all-of-tool = { $tool }の比較をすべて見る
comparison-neighbors = 前後の比較
comparison-previous = 前の比較
comparison-next = 次の比較

## Corrections, at the foot of a comparison's page

corrections = 訂正
corrections-intro = 上の内容は配信時のものです。その後、編集部が次のように訂正しました。
corrections-intro-revised = 一部の読者には、この比較の以前の版が届いています。その後、編集部が次の変更を加えました。

correction-title = 見出し
correction-question = 問い
correction-intro = 導入文
correction-pick = 編集部の選択
correction-sample = サンプル
correction-voting-closes = 投票の締切日
correction-name = { $tool }：名称
correction-maker = { $tool }：開発元
correction-category = { $tool }：カテゴリー
correction-tagline = { $tool }：概要
correction-price = { $tool }：料金
correction-price-note = { $tool }：料金の補足
correction-url = { $tool }：ウェブサイト
correction-description = { $tool }：説明
correction-fact = { $tool }：主なポイント{ $number }
correction-fact-source = { $tool }：主なポイント{ $number }の出典
correction-verdict = { $tool }：判定（{ $role }）
correction-quote = { $tool }：レビュー（{ $role }）
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · 開発元：{ $maker } · { $site }
tool-figures-from = 最新の比較より：{ $comparison }
tool-reviews = レビュアーの声
tool-comparisons = 比較

## Error pages

error-title = エラーが発生しました
not-found-title = ページが見つかりません
error-ours = 申し訳ありません。こちら側の問題です。1分ほどしてから、もう一度お試しください。
error-code = 何度も起こる場合は、次のコードを添えてご連絡ください：{ $code }
not-found-text = URLに誤りがないかご確認ください。これまでに配信した比較は、すべてアーカイブにあります。
error-busy = 現在アクセスが集中しています。しばらくしてからもう一度お試しください。

## The demo's inbox, which only people who try out Verdict see

inbox-title = デモの受信トレイ
inbox-count = { $count ->
    [0] メールはまだありません。少し待ってから再読み込みしてください。
   *[other] メール{ $count }通
}
inbox-next = メールを開いて、購読を解除してみてください。それから次の号を送信すると、ほかの全員に届きます。
inbox-send = 「{ $title }」を送信
inbox-all = すべてのメール
inbox-to = 宛先
inbox-from = 差出人
inbox-received = 受信日時
inbox-views = メールの表示形式
inbox-html = HTML
inbox-text = テキスト
inbox-source = ソース
inbox-frame = HTML形式のメール
inbox-catcher = これはデモ用のメールキャッチャーです。
inbox-local = ここにあるメールは、このマシンの外には送られていません。
inbox-site = サイトへ

## Voting

vote-button = { $verdict ->
    [ship] { $tool }を採用する
   *[skip] { $tool }を見送る
}
vote-question = { $verdict ->
    [ship] { $tool }を採用しますか？
   *[skip] { $tool }を見送りますか？
}
vote-changed-mind = 押し間違えましたか？ { $link }
vote-instead = { $verdict ->
    [ship] { $tool }を採用に変更する
   *[skip] { $tool }を見送りに変更する
}
vote-voted = { $verdict ->
    [ship] { $tool }の採用に投票しました。
   *[skip] { $tool }の見送りに投票しました。
}
vote-change = { $verdict ->
    [ship] 採用に変更する
   *[skip] 見送りに変更する
}
vote-other-tool = { $tool }はどうしますか？
vote-until-then = それまでは投票を変更できます。
vote-closed = 投票は締め切りました
vote-choose = 採用か見送りを選んでください。
vote-link-broken = リンクの一部が欠けている可能性があります。メールからもう一度開くか、全体をコピーしてください。

## Joining, settings and leaving

link-broken = このリンクは使えません
check-inbox = メールをご確認ください
subscribe-again = もう一度購読する
subscribe-intro = 次の比較からメールでお届けします。
subscribe-button = 購読する
subscribe-name = お名前（任意、メールの宛名に使います）
subscribe-time-zone = タイムゾーン（任意）
subscribe-no-time-zone = 指定しない
subscribe-note = 最初に確認メールを1通お送りします。確認が済むまで、ほかのメールは届きません。購読は、どのメールからでもワンクリックで解除できます。

once-more = あと1ステップです
once-more-quick = フォームが2秒以内に送信され、プログラムによる送信と区別できませんでした。ご本人の場合は、もう一度送信してください。
once-more-expired = フォームの有効期限が切れました。もう一度送信してください。
once-more-used = このフォームは別のメールアドレスですでに使われました。もう一度送信してください。
once-more-elsewhere = 別のサイトからフォームが送信されました。購読をご希望の場合は、もう一度送信してください。
once-more-many = 登録がいつもより多く、プログラムによるものが含まれている可能性があります。ご本人の場合は、もう一度送信してください。

subscribe-sent = 入力されたアドレスで「{ $newsletter }」を受け取れる場合は、メールをお送りしました。48時間以内にメール内のリンクを開いて、購読を確定してください。
subscribe-sent-nothing = 数分たっても届かない場合は、迷惑メールフォルダをご確認いただくか、{ $link }。このメールは1つのアドレスにつき1日に数通までです。以前にも登録された場合は、届いているリンクをお使いください。
subscribe-sent-try-again = もう一度お試しください
subscribe-sent-back = { $newsletter }に戻る

subscribe-too-many = お使いのネットワークからの登録が多すぎます
subscribe-too-many-wait = { $minutes ->
   *[other] { $minutes }分後にもう一度お試しください。
}

confirm = 購読を確定してください
confirm-text = 確定すると、「{ $newsletter }」を { $address } にお届けします。
confirm-button = 購読を確定する

confirmed = 登録が完了しました
confirmed-text = 次の号から、「{ $newsletter }」を毎号 { $address } にお届けします。
confirmed-anew = 一時停止や月1回のまとめを選んでいた場合、その設定は解除されました。
confirmed-latest = 次の号が届くまで、最新の比較をどうぞ

confirm-link-broken = 有効期限が切れているか、一部が欠けている可能性があります。メールからリンク全体をコピーしてみてください。
confirm-link-used = このリンクですでに確定していれば、登録は完了しています。まだの場合は、{ $link }と新しいリンクが届きます。
confirm-link-again = もう一度登録する

settings = 設定
settings-ask = メールは転送されることがあるため、設定ページへのリンクは { $address } にだけお送りします。リンクは24時間有効です。
settings-email-link = リンクをメールで受け取る
settings-link-sent = { $address } にリンクをお送りしました。リンクは24時間有効です。
settings-links-enough = リンクはすでにお送りしました
settings-links-enough-text = 本日は { $address } にリンクを3通お送りしました。最新のリンクをお使いください（24時間有効です）。見つからない場合は、迷惑メールフォルダをご確認ください。明日になれば、新しいリンクを受け取れます。
settings-link-broken = 有効期限が切れているか、使用済みか、一部が欠けている可能性があります。新しいリンクを受け取るには、メールの末尾にある設定のリンクを開いてください。

settings-saved = 保存しました。
settings-of = { $address } の設定
settings-not-subscribed = 現在は購読していません。いつでも再開できます：{ $link }
settings-name = お名前（メールの宛名に使います）
settings-frequency = 配信の頻度
settings-every = 毎号
settings-digest = 月1回のまとめ
settings-pause = 一時停止
settings-pause-none = しない
settings-pause-until = { $date }まで
settings-pause-end = 今すぐ再開
settings-pause-for = { $weeks ->
   *[other] { $weeks }週間
}
settings-save = 保存する

move = メールアドレスの変更
move-text = 新しいアドレスにリンクをお送りします。リンクを開いて変更を確定すると、これまでのアドレスにもお知らせします。
move-email = 新しいメールアドレス
move-button = アドレスを変更する
move-asked = 新しいアドレスのメールをご確認ください
move-asked-text = { $address } にリンクをお送りしました（使えないアドレスの場合は届きません）。24時間以内にリンクを開いて、新しいアドレスを確定してください。ほかの新しいアドレスにお送りしたリンクは無効になりました。
move-asked-until = 確定するまで、何も変わりません。このメールは1つのアドレスにつき1日に数通までです。
move-too-often = 本日はこれ以上アドレスを変更できません
move-too-often-text = アドレスの変更は1日に3回までです。今回の変更は行われていません。明日もう一度お試しください。
move-confirm = このアドレスを使いますか？
move-confirm-text = 「{ $newsletter }」に登録されているアドレスを { $address } に変更します。
move-confirm-button = このアドレスを使う
moved = アドレスを変更しました
moved-text = 今後、「{ $newsletter }」の配信先は { $address } です。これまでのアドレスにもお知らせします。

data = 登録データ
data-download = 保存されているデータは、{ $json } または { $csv } ですべてダウンロードできます。
data-erase = すべて消去することもできます。確認用のリンクをメールでお送りします。
data-unsubscribe = メールを止めるだけなら、{ $link }。
data-unsubscribe-link = 購読を解除してください
erase-button = すべて消去する
erase-confirm = すべて消去しますか？
erase-confirm-text = { $address }、お名前、設定、メールの配信記録を消去します。購読も終了します。この操作は取り消せません。
erased = すべて消去しました
erased-text = 保存していたデータはなくなりました。残るのは、このアドレスに今後お送りしないためのコードだけです。

unsubscribe-from = 「{ $newsletter }」の購読を解除しますか？
unsubscribe-text = 解除すると、{ $address } にはもうメールが届きません。
unsubscribe-digest = { $address } には月1回のまとめをお送りしています。解除すると、もうメールは届きません。
unsubscribe-paused = { $date }まで一時停止中で、それまで { $address } にメールは届きません。一時停止は{ $settings }で終了できます。購読を解除すると、その後もメールは届きません。
unsubscribe-settings = 設定
unsubscribe-why = 解除の理由をお聞かせください（任意）
unsubscribe-too-often = メールが多すぎる
unsubscribe-not-for-me = 自分には関係がない
unsubscribe-not-good = 内容に満足できない
unsubscribe-never-joined = 登録した覚えがない
unsubscribe-own-words = 自由にお書きください
unsubscribe-button = 購読を解除する
unsubscribe-less = メールを減らすこともできます
unsubscribe-pause-for = { $weeks ->
   *[other] { $weeks }週間一時停止する
}
unsubscribe-to-digest = 月1回のまとめに切り替える
unsubscribe-link-broken = リンクの一部が欠けている可能性があります。メールの末尾にある「購読を解除」をもう一度開くか、リンク全体をコピーしてください。
unsubscribe-reply = それでも解決しない場合は、メールに返信して、購読の解除をお申し付けください。

unsubscribed = 購読を解除しました
unsubscribed-now = { $address } への「{ $newsletter }」の配信を停止しました。
unsubscribed-before = { $address } には「{ $newsletter }」をお送りしていません。
unsubscribed-thanks = これまでお読みいただき、ありがとうございました。比較は今後もすべて{ $link }で読めます。
unsubscribed-archive = アーカイブ
unsubscribed-changed-mind = 気が変わりましたか？ { $link }
unsubscribed-not-yet = 解除されてから1時間たっていないため、解除したページではまだ元に戻せます。
unsubscribed-for-good = 完全に解除する
unsubscribed-one-click = 購読を解除しました。

subscription-ended = この購読は終了しています
subscription-ended-text = このリンクの購読については、今後メールをお送りしません。
subscription-ended-but = まだ「{ $newsletter }」が届く場合は、その後もう一度登録されています。最新のメールにある購読解除のリンクをお使いください。

paused-until = { $date }まで一時停止中
paused-text = { $date }まで、「{ $newsletter }」は { $address } にお送りしません。その後は、これまでどおりお届けします。
digest-chosen = 月1回のまとめをお届けします
digest-chosen-text = 今後は「{ $newsletter }」を月に1回、すべての判定を1通にまとめて { $address } にお届けします。

undo-button = 元に戻す
undo-ask = 直前の変更を元に戻しますか？
undo-ask-text = 変更前と同じように、「{ $newsletter }」を { $address } にお届けします。
undone = 購読を元に戻しました
undone-paused = 元に戻しました
undo-subscribed = 購読中です
undo-nothing = 元に戻せる変更はありません。すでに元に戻したか、1時間以上たったか、その後に別の変更をしています。

gets-every = 「{ $newsletter }」を毎号 { $address } にお届けしています。
gets-digest = 「{ $newsletter }」の月1回のまとめを { $address } にお届けしています。
gets-after-pause = 「{ $newsletter }」は{ $date }まで一時停止中です。その後は、また { $address } にお届けします。

## What is wrong with a form

wrong-email-empty = メールアドレスを入力してください。
wrong-email-invisible = メールアドレスの形式ではないようです。見えない文字が含まれています。貼り付けずに、直接入力してください。
wrong-email-space = メールアドレスの形式ではないようです。空白が含まれています。
wrong-email-long = メールアドレスとしては長すぎます。
wrong-email-bare = 名前やかっこを付けずに、メールアドレスだけを入力してください。
wrong-email-no-at = メールアドレスの形式ではないようです。@がありません。
wrong-email-ats = メールアドレスの形式ではないようです。@が2つ以上あります。
wrong-email-no-local = メールアドレスの形式ではないようです。@の前に何もありません。
wrong-email-local = メールアドレスの形式ではないようです。@の前をご確認ください。
wrong-email-no-domain = メールアドレスの形式ではないようです。@の後に何もありません。
wrong-email-domain = メールアドレスの形式ではないようです。@の後をご確認ください。
wrong-email-no-dot = メールアドレスの形式ではないようです。@の後に「example.com」のようなドットがありません。
wrong-email-ip = IPアドレス宛てには送信できません。「example.com」のようなドメインのメールアドレスを入力してください。
wrong-email-disposable = { $domain }のような使い捨てアドレスには送信できません。
wrong-email-shared = { $local }@ は複数の人が読むアドレスかもしれません。ご自身のアドレスを入力してください。
wrong-name-lines = お名前は1行で入力してください。
wrong-name-long = { $most ->
   *[other] お名前は{ $most }文字以内で入力してください。
}
wrong-time-zone = 不明なタイムゾーンです。一覧から選んでください。

form-not-read = フォームを受信できませんでした
form-not-read-text = サイズが大きすぎるか、不完全か、送信に時間がかかりすぎました。前のページに戻って、もう一度送信してください。

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
    { $slot }の配信枠に{ $slug }の準備はできていましたが、購読を確定した読者がいないため、何も送られませんでした。この号は次の配信枠まで待ちます。

    リストの読者を見るには：
        verdict subscribers list

alert-missed-subject = { $date }の配信枠を逃しました
alert-missed-text =
    { $slot }の配信枠に気づいたのは{ $late }後でした。schedule.max_delayを超えているため、何も送られませんでした。

    これは、その時刻にVerdictが動いていなかったときに起こります。失われた号はありません。send_onのない号は次の配信枠で送られ、send_onを過ぎた号には新しい日付が必要です。

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

    最初：{ $first }
    最後：{ $last }

    これは、その時刻にVerdictが動いていなかったか、マシンの時計が狂っていたときに起こります。失われた号はありません。send_onのない号は次の配信枠で送られ、send_onを過ぎた号には新しい日付が必要です。

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
    { $month }のまとめは{ $due }の配信枠で送られるはずでしたが、Verdictがその枠に気づいたのは、schedule.max_delayを過ぎてからでした。

    まとめは、月に1通を希望する読者に、{ $slot }の配信枠で今から送られます。

alert-digest-lost-subject = { $month }のまとめは送られませんでした
alert-digest-lost-text =
    { $month }のまとめは{ $due }の配信枠で送られるはずでしたが、その枠も同じ月のほかの枠も、Verdictが気づいたのはすべてschedule.max_delayを過ぎてからだったため、送られませんでした。

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

    何も止めていません。購読にはそれぞれ本人の確定が必要で、アドレスごと、ネットワークごとのメールの数には上限があります。ニュースレターが話題になっているのでなければ、フォームが悪用されているのかもしれません。

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

alert-unapproved-subject = { $slug }は送られませんでした：承認がありません
alert-unapproved-text =
    { $slot }の配信枠は{ $slug }の番でしたが、まだ送れません。 { $why }

    このままの内容で承認するには：
        verdict approve { $slug } --as NAME

    そのあと、今すぐ送るには：
        verdict send { $slug }

alert-preflight-subject = 送信前の確認で問題が見つかりました
alert-preflight-text =
    送信の前に、差出人、メールサーバー、ページを確認しました。下記の問題が見つかりましたが、そのまま送信しました。メールが届かない、または読者が購読を解除できないおそれがあります。

    もう一度確認するには:
        verdict doctor
alert-held-subject = { $date }の号は送信されていません
alert-held-text =
    { $slot }の送信時刻になりましたが、何も送信していません。差出人、メールサーバー、ページの確認で下記の問題が見つかりました。数分ごとに確認し直し、間に合ううちに解決すれば送信します。

    今すぐ確認するには:
        verdict doctor

alert-reminder-subject = { $date }の準備ができていません
alert-reminder-text =
    次の配信枠は{ $slot }です。確認が必要です：

    { $lacks }

    次の配信枠で何が送られるかを見るには：
        verdict calendar
alert-lacks-issue = 送れる号がありません。
alert-lacks-correction = { $slug }に誤りがあります。`verdict check`で確認できます。
alert-lacks-look =
    { $count ->
       *[other] { $slug }に警告が{ $count }件あります。`verdict check`で確認できます。
    }
alert-lacks-approval =
    { $why ->
        [changed] { $slug }は、{ $by }さんの承認後に変更されています。
        [author] { $slug }を承認したのは、書いた本人の{ $by }さんだけです。
        [unknown] { $slug }には誰が書いたかの記載がないため、承認できません。ファイルにauthor = "名前"を追加してください。
       *[missing] { $slug }は承認されていません。
    }
