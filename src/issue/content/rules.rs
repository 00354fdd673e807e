//! The table of rules about content. `docs/findings.md` explains each of them.

/// A rule that a file's content can break although the file can be used.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The code of its findings, such as `V001`. It stays the same in every release.
    pub code: &'static str,
    /// A name in kebab-case.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// What the check reads beside the file.
    pub needs: Needs,
}

/// What a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    File,
    /// The other issues of the folder.
    Folder,
    /// The configuration, and the database if there is one.
    Schedule,
    /// The web, if you ask for it.
    Web,
}

macro_rules! rules {
    ($($rule:ident = $code:literal $name:literal $needs:ident: $summary:literal;)*) => {
        $(pub(crate) const $rule: &Rule = &Rule {
            code: $code,
            name: $name,
            summary: $summary,
            needs: Needs::$needs,
        };)*

        /// Every rule, by code.
        pub const RULES: &[&Rule] = &[$($rule),*];
    };
}

rules! {
    LEFTOVER = "V001" "leftover" File: "a note to yourself, or another system's placeholder, is left in a text";
    PAST_DATE = "V002" "past-date" Schedule: "`send_on` has passed, and the issue is not sent";
    NO_SLOT = "V003" "no-slot" Schedule: "no sending time falls on the day in `send_on`";
    SAME_DATE = "V004" "same-date" Folder: "another ready issue has the same `send_on`";
    TAKEN_SLOT = "V005" "taken-slot" Schedule: "another issue takes the sending time that `send_on` falls to";
    AGAINST_PANEL = "V006" "pick-against-panel" File: "the editor's pick is not the panel's winner";
    LOPSIDED = "V007" "lopsided" File: "one tool has more than twice the text of the other";
    NO_OBJECTION = "V008" "no-objection" File: "every reviewer would ship both tools";
    NO_SOURCE = "V009" "no-source" File: "a fact gives a figure and no source";
    LONG_QUOTE = "V010" "long-quote" File: "a quote fills more than a phone's screen";
    LONG_SUBJECT = "V011" "long-subject" File: "mailboxes cut the subject off";
    PREHEADER_LENGTH = "V012" "preheader-length" File: "the preheader is too short to help, or too long to be shown";
    REPEATED_SUBJECT = "V013" "repeated-subject" File: "the preheader repeats the subject";
    MARKUP = "V014" "markup" File: "a text holds Markdown or HTML that readers do not get";
    LARGE_MAIL = "V015" "large-mail" File: "the mail is almost as large as mail programs show";
    NO_ALT = "V016" "no-alt" File: "a picture in the mail has no text in its place";
    LOW_CONTRAST = "V017" "low-contrast" File: "a text in the mail is hard to read on its ground";
    HEADING_ORDER = "V018" "heading-order" File: "the headings of the mail skip a level";
    DEAD_LINK = "V019" "dead-link" Web: "a link leads nowhere";
    ALLOW = "V020" "allow" File: "an entry of `allow` has no reason, is no code, or silences nothing";
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbered_and_names_are_unique() {
        for (at, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.code, format!("V{:03}", at + 1));
            let same = RULES.iter().filter(|other| other.name == rule.name);
            assert_eq!(same.count(), 1, "{}", rule.name);
        }
    }
}
