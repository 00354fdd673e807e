//! Wrong files, and exactly what an editor is told about them.

use super::{checked, edited};

/// Asserts exactly what is said of the good file after some edits.
fn told(edits: &[(&str, &str)], expected: &str) {
    let found = checked(&edited(edits)).findings.to_string();
    let expected = expected.trim_matches('\n');
    assert_eq!(found, expected, "\n{found}\n");
}

#[test]
fn a_misspelt_key_is_one_finding_not_two() {
    told(
        &[("reviewer", "revewer")],
        r#"
error[unknown-key]: unknown key `revewer`, did you mean `reviewer`?
  --> issues/a-vs-b.toml:16:1
   |
16 | revewer = "builder"
   | ^^^^^^^
   |
   = help: the keys here are `reviewer`, `verdict` and `quote`
"#,
    );
}

#[test]
fn a_key_below_the_wrong_header() {
    told(
        &[(
            "[[tools.reviews]]\nreviewer = \"builder\"",
            "subject = \"S\"\nquote = \"x\"\n[[tools.reviews]]\nreviewer = \"builder\"",
        )],
        r#"
error[unknown-key]: unknown key `subject`
  --> issues/a-vs-b.toml:15:1
   |
15 | subject = "S"
   | ^^^^^^^
   |
   = help: `subject` belongs at the top of the file, above the first `[[tools]]`

error[unknown-key]: unknown key `quote`
  --> issues/a-vs-b.toml:16:1
   |
16 | quote = "x"
   | ^^^^^
   |
   = help: `quote` belongs below `[[tools.reviews]]`
"#,
    );
}

#[test]
fn wrong_missing_and_empty_values() {
    told(
        &[
            ("name = \"Axolotl v0.16\"", "name = 16"),
            ("maker = \"Maker\"\n", ""),
            ("\"Tool\"", "\" \""),
            ("tagline = \"Trains\"", "tagline = \"Tr\\nains\""),
        ],
        r#"
error[missing-key]: the key `maker` is missing
 --> issues/a-vs-b.toml:5:1
  |
5 | [[tools]]
  | ^^^^^^^^^ `maker` belongs here

error[wrong-type]: `name` is a number, not a text
 --> issues/a-vs-b.toml:6:8
  |
6 | name = 16
  |        ^^ expected a text in quotes
  |
  = help: write `"16"`

error[empty]: `category` is empty
 --> issues/a-vs-b.toml:7:12
  |
7 | category = " "
  |            ^^^ something must stand here

error[control-character]: `tagline` must be plain text on one line
 --> issues/a-vs-b.toml:8:14
  |
8 | tagline = "Tr\nains"
  |              ^^ a line break
"#,
    );
}

#[test]
fn line_breaks_and_control_characters_in_header_fields() {
    told(
        &[(
            "status",
            "subject = \"S\\r\\nBcc: all@example.com\"\npreheader = \"a\\u0007\"\nstatus",
        )],
        r#"
error[control-character]: `subject` must be plain text on one line
 --> issues/a-vs-b.toml:1:13
  |
1 | subject = "S\r\nBcc: all@example.com"
  |             ^^ a carriage return

error[control-character]: `preheader` must be plain text
 --> issues/a-vs-b.toml:2:15
  |
2 | preheader = "a\u0007"
  |               ^^^^^^ the control character U+0007
"#,
    );
}

#[test]
fn the_same_tool_twice() {
    told(
        &[("name = \"Llama\"", "name = \"axolotl  V0.16\"")],
        r#"
error[same-tool]: `axolotl  V0.16` is compared with itself
  --> issues/a-vs-b.toml:26:8
   |
 6 | name = "Axolotl v0.16"
   |        --------------- it is here already
...
26 | name = "axolotl  V0.16"
   |        ^^^^^^^^^^^^^^^^ the same tool again
"#,
    );
}

#[test]
fn the_same_reviewer_twice() {
    told(
        &[("reviewer = \"skeptic\"", "reviewer = \"builder\"")],
        r#"
error[same-reviewer]: the builder reviews this tool twice
  --> issues/a-vs-b.toml:21:12
   |
16 | reviewer = "builder"
   |            --------- first review here
...
21 | reviewer = "builder"
   |            ^^^^^^^^^ again
   |
   = help: keep one of the two
"#,
    );
}

#[test]
fn words_that_are_not_known() {
    told(
        &[
            ("reviewer = \"skeptic\"", "reviewer = \"sceptic\""),
            ("\"skip\"", "\"Skip\""),
            ("\"paid\"", "\"cheap\""),
        ],
        r#"
error[unknown-word]: `price` cannot be `cheap`
  --> issues/a-vs-b.toml:10:9
   |
10 | price = "cheap"
   |         ^^^^^^^
   |
   = help: it is one of `free`, `paid`, `freemium`, `trial`, `open-weights` and `open-source`

error[unknown-word]: `reviewer` cannot be `sceptic`, did you mean `skeptic`?
  --> issues/a-vs-b.toml:21:12
   |
21 | reviewer = "sceptic"
   |            ^^^^^^^^^
   |
   = help: it is one of `builder`, `skeptic`, `futurist`, `creator` and `founder`; `issues.panel_roles` in verdict.toml can name more

error[unknown-word]: `verdict` cannot be `Skip`, did you mean `skip`?
  --> issues/a-vs-b.toml:22:11
   |
22 | verdict = "Skip"
   |           ^^^^^^
   |
   = help: it is one of `ship` and `skip`
"#,
    );
}

#[test]
fn dates_that_are_none() {
    told(
        &[(
            "status = \"ready\"",
            "status = \"Redy\"\nsend_on = 2026-02-30\nadded = \"2026-11-02\"",
        )],
        r#"
error[unknown-word]: `status` cannot be `Redy`, did you mean `ready`?
 --> issues/a-vs-b.toml:1:10
  |
1 | status = "Redy"
  |          ^^^^^^
  |
  = help: it is one of `draft` and `ready`

error[impossible-date]: `2026-02-30` is not a date
 --> issues/a-vs-b.toml:2:11
  |
2 | send_on = 2026-02-30
  |           ^^^^^^^^^^ February 2026 has 28 days

error[wrong-type]: `added` is a text, not a day
 --> issues/a-vs-b.toml:3:9
  |
3 | added = "2026-11-02"
  |         ^^^^^^^^^^^^
  |
  = help: write it without quotes: `added = 2026-11-02`
"#,
    );
}

#[test]
fn dates_with_a_time_and_booleans_in_quotes() {
    told(
        &[(
            "status = \"ready\"",
            "status = \"ready\"\nsend_on = 2026-11-03T09:00:00\nadded = 2026-1-2\nsample = \"yes\"",
        )],
        r#"
error[wrong-type]: `send_on` is a day, without a time
 --> issues/a-vs-b.toml:2:11
  |
2 | send_on = 2026-11-03T09:00:00
  |           ^^^^^^^^^^^^^^^^^^^
  |
  = help: write `2026-11-03`

error[impossible-date]: `2026-1-2` is not a date
 --> issues/a-vs-b.toml:3:9
  |
3 | added = 2026-1-2
  |         ^^^^^^^^ the month and the day need two digits, the year four
  |
  = help: write `2026-01-02`

error[wrong-type]: `sample` is a text, not `true` or `false`
 --> issues/a-vs-b.toml:4:10
  |
4 | sample = "yes"
  |          ^^^^^ expected `true` or `false`
"#,
    );
}

#[test]
fn addresses_of_pages() {
    told(
        &[
            ("https://a.example.com/\"", "a.example.com\""),
            ("https://a.example.com/news", "ftp://a.example.com/news"),
            ("https://b.example.com/", "https://user:pw@b.example.com/"),
        ],
        r#"
error[bad-url]: `url` is not a web address
  --> issues/a-vs-b.toml:11:7
   |
11 | url = "a.example.com"
   |       ^^^^^^^^^^^^^^^ it must begin with `https://` or `http://`
   |
   = help: write `https://a.example.com`

error[bad-url]: `source` is not the address of a web page
  --> issues/a-vs-b.toml:13:36
   |
13 | facts = [{ text = "Fast", source = "ftp://a.example.com/news" }, "Small"]
   |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ `ftp:` is neither http nor https

error[bad-url]: `url` holds a user name or a password
  --> issues/a-vs-b.toml:31:7
   |
31 | url = "https://user:pw@b.example.com/"
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ everyone can read this
"#,
    );
}

#[test]
fn a_pick_of_neither() {
    told(
        &[("status", "pick = \"Axolotl\"\nstatus")],
        r#"
error[unknown-word]: `pick` cannot be `Axolotl`, did you mean `Axolotl v0.16`?
 --> issues/a-vs-b.toml:1:8
  |
1 | pick = "Axolotl"
  |        ^^^^^^^^^
  |
  = help: it is one of `Axolotl v0.16`, `Llama` and `tie`
"#,
    );
}

#[test]
fn a_pick_against_the_panel() {
    told(
        &[("status", "pick = \"axolotl v0.16\"\nstatus")],
        r#"
warning[V006]: the panel's winner is `Llama`
 --> issues/a-vs-b.toml:1:8
  |
1 | pick = "axolotl v0.16"
  |        ^^^^^^^^^^^^^^^ the pick is the other one
  |
  = help: 50 % would ship `Axolotl v0.16`, 100 % would ship `Llama`; keep the pick if you mean it
"#,
    );
}

#[test]
fn a_quote_longer_than_a_screen() {
    let quote = "Good. ".repeat(101);
    told(
        &[
            ("\"Good.\"", &format!("\"{quote}\"")),
            ("It answers.", &"It answers. ".repeat(30)),
        ],
        r#"
warning[V010]: a quote of 606 characters fills more than a phone's screen
  --> issues/a-vs-b.toml:18:610
   |
18 | .... Good. Good. Good. Good. Good. Good. Good. Good. Good. Good. "
   |                                                            ^^^^^^ 6 past 600
"#,
    );
}

#[test]
fn markup_that_is_not_shown() {
    told(
        &[("It *trains*.", "It <b>trains</b>.")],
        r#"
warning[V014]: raw HTML cannot be used here: readers get plain text
  --> issues/a-vs-b.toml:12:19
   |
12 | description = "It <b>trains</b>."
   |                   ^^^
   |
   = help: prose has paragraphs, emphasis, links and lists

warning[V014]: raw HTML cannot be used here: readers get plain text
  --> issues/a-vs-b.toml:12:28
   |
12 | description = "It <b>trains</b>."
   |                            ^^^^
   |
   = help: prose has paragraphs, emphasis, links and lists
"#,
    );
}

#[test]
fn a_tool_that_nobody_reviewed() {
    told(
        &[
            (
                "[[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = \"Good.\"\n\n[[tools.reviews]]",
                "[[tools.reviews]]",
            ),
            (
                "\n[[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = \"Good.\"\n",
                "",
            ),
        ],
        r#"
error[no-reviews]: nobody reviewed Llama
  --> issues/a-vs-b.toml:20:1
   |
20 | [[tools]]
   | ^^^^^^^^^ no `[[tools.reviews]]` follows
   |
   = help: add a review, or set `status = "draft"` until there is one
"#,
    );
}
