//! What is refused, where the carets are, and what is suggested.

use crate::schedule::{Cron, CronError};

fn refusal(expression: &str) -> CronError {
    match Cron::parse(expression) {
        Ok(cron) => panic!("`{cron}` was accepted"),
        Err(error) => error,
    }
}

/// The expression, the part that is underlined, and words of the message and of the help.
#[track_caller]
fn assert_refused(expression: &str, underlined: &str, message: &str, help: &str) {
    let error = refusal(expression);
    assert_eq!(&expression[error.span.clone()], underlined, "{error}");
    assert!(error.message.contains(message), "{error}");
    assert!(
        error.help.as_deref().unwrap_or_default().contains(help),
        "{error}"
    );
}

#[test]
fn an_error_points_at_the_place() {
    assert_eq!(
        refusal("0 9 * * mun").to_string(),
        "the day of week field does not take `mun`\n  0 9 * * mun\n          ^^^\n  help: did you mean `mon`?"
    );
    assert_eq!(
        refusal("ü\t9 * * 1").to_string(),
        "the minute field does not take `ü`\n  ü 9 * * 1\n  ^\n  help: the minute field takes 0 to 59"
    );
}

#[test]
fn numbers_and_names_have_to_be_in_range() {
    assert_refused("60 9 * * 1", "60", "out of range", "0 to 59");
    assert_refused("0 24 * * 1", "24", "hour 24", "0 to 23");
    assert_refused("0 9 0 * *", "0", "out of range", "1 to 31");
    assert_refused("0 9 * 1,13 *", "13", "out of range", "1 to 12");
    assert_refused("0 9 * * 1-8", "8", "out of range", "0 to 7");
    assert_refused(
        "0 99999999999999999999 * * 1",
        "99999999999999999999",
        "out of range",
        "",
    );
    assert_refused("0 9 * agu *", "agu", "month field", "`aug`");
    assert_refused(
        "0 9 * * Monday",
        "Monday",
        "day of week field",
        "write `mon`",
    );
    assert_refused("0 mon * * *", "mon", "hour field", "0 to 23");
    assert_refused("0 +9 * * *", "+9", "hour field", "");
    assert_refused("0 9 * * 1,", "", "missing", "0 to 7");
    assert_refused("0 -9 * * 1", "", "missing", "0 to 23");
    assert_refused("0 9 *,-*/5 * 1", "", "missing", "");
}

#[test]
fn ranges_have_to_run_forwards() {
    assert_refused("0 22-2 * * *", "22-2", "backwards", "`22-23,0-2`");
    assert_refused("0 9 * 12-1 *", "12-1", "backwards", "`12,1`");
    assert_refused("0 9 * * sat-mon", "sat-mon", "backwards", "`6,0-1`");
    assert_refused("0 9 * * 5-0", "5-0", "backwards", "`5-7`");
    assert_refused("0 9 * * 7-1", "7-1", "backwards", "`0-1`");
    assert_refused("0 22-2/2 * * *", "22-2", "backwards", "smaller");
}

#[test]
fn steps_have_to_lead_somewhere() {
    assert_refused("*/0 9 * * *", "0", "zero", "every minute");
    assert_refused("5/15 9 * * *", "5", "range", "`5-59/15`");
    assert_refused("0 9 * * mon/2", "mon", "range", "`mon-6/2`");
    assert_refused("*/ 9 * * *", "", "not a step", "*/15");
    assert_refused("*/x 9 * * *", "x", "not a step", "");
    assert_refused("*/5/5 9 * * *", "5/5", "not a step", "");
}

#[test]
fn five_fields_are_expected() {
    assert_refused("  ", "  ", "empty", "0 9 * * mon");
    assert_refused(" 0 9 * * ", "0 9 * *", "this has 4", "minute, hour");
    assert_refused("9", "9", "this has 1", "minute, hour");
    assert_refused("0 0 9 ? * 2", "0", "this has 6", "`0 9 * * 2` (Sunday is 0");
    assert_refused("0 0 9 * * MON 2027", "0", "this has 7", "`0 9 * * MON`");
    assert_refused("0 9 * * MON 2027", "2027", "this has 6", "`0 9 * * MON`");
    assert_refused("0 9 * * 1 send it", "send", "this has 7", "minute, hour");
}

#[test]
fn quartz_marks_are_explained() {
    assert_refused("0 9 ? * 1", "?", "Quartz", "`*`");
    assert_refused("0 9 L * *", "L", "Quartz", "last day");
    assert_refused("0 9 * * 5L", "5L", "Quartz", "last day");
    assert_refused("0 9 * * mon#1", "mon#1", "Quartz", "n-th weekday");
    assert_refused("0 9 15W * *", "15W", "Quartz", "mon-fri");
    assert_refused("0 9 LW * *", "LW", "Quartz", "mon-fri");
}

#[test]
fn nicknames_are_known_or_refused() {
    assert_refused("@reboot", "@reboot", "not a time", "0 9 * * mon");
    assert_refused("@weakly", "@weakly", "no nickname", "`@weekly`");
    assert_refused("@every", "@every", "no nickname", "");
    assert_refused("@weekly now", "now", "nothing may follow", "");
}

#[test]
fn what_can_never_be_due_is_refused() {
    assert_refused("0 0 30 2 *", "30 2", "never", "29 days");
    assert_refused("0 0 31  4,jun *", "31  4,jun", "never", "30 days");
    assert_refused("0 0 30-31 2 */2", "30-31 2", "never", "29 days");
    // These can: by the weekday, and in leap years.
    assert!(Cron::parse("0 0 30 2 mon").is_ok());
    assert!(Cron::parse("0 0 29 2 *").is_ok());
    assert!(Cron::parse("0 0 31 4,5 *").is_ok());
}
