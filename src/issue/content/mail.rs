//! The finished mail: its size, and what people need who use a screen reader or see little.

use std::path::Path;

use templates::color::{Color, READABLE};

use super::html::{Event, Tag, events};
use super::rules::{HEADING_ORDER, LARGE_MAIL, LOW_CONTRAST, NO_ALT, Rule};
use crate::findings::{Finding, Report};
use crate::issue::limits;

/// Checks a mail's HTML, with nothing personal in it.
pub(super) fn check(html: &str, path: &Path, report: &mut Report) {
    size(html.len(), path, report);
    let mut found: Vec<&Rule> = Vec::new();
    for (rule, message) in faults(html) {
        // One fault of the templates may show in many places.
        if !found.contains(&rule) {
            found.push(rule);
            report.push(Finding::of_file(rule.code, message, path).as_warning());
        }
    }
}

fn size(bytes: usize, path: &Path, report: &mut Report) {
    if bytes <= limits::LARGE_MAIL {
        return;
    }
    let most = limits::MAIL;
    let message =
        format!("the mail has {bytes} bytes of HTML; mail programs cut it off after {most}");
    report.push(if bytes > most {
        Finding::of_file("too-long", message, path)
            .help("shorten its texts, or say some of it behind a link")
    } else {
        Finding::of_file(LARGE_MAIL.code, message, path)
            .as_warning()
            .help("leave room for a correction: shorten its texts")
    });
}

/// What an open element passes on to the text inside it.
#[derive(Clone, Copy, Default)]
struct Look {
    color: Option<Color>,
    ground: Option<Color>,
    hidden: bool,
}

impl Look {
    fn within(mut self, tag: &Tag<'_>) -> Self {
        for (property, value) in tag.style() {
            match property {
                "color" => self.color = Color::parse(value).or(self.color),
                "background-color" => self.ground = Color::parse(value).or(self.ground),
                "display" => self.hidden |= value == "none",
                _ => {}
            }
        }
        self
    }
}

/// Every fault, with the rule that it breaks.
fn faults(html: &str) -> Vec<(&'static Rule, String)> {
    let mut faults = Vec::new();
    let mut open = vec![Look::default()];
    let mut level = 0;
    let mut readable = Vec::new();
    for event in events(html) {
        let look = open.last().copied().unwrap_or_default();
        match event {
            Event::Open(tag) => {
                if tag.name == "img" && tag.attribute("alt").is_none() {
                    let picture = tag.attribute("src").unwrap_or_default();
                    faults.push((
                        NO_ALT,
                        format!("the picture {picture} in the mail has no `alt`"),
                    ));
                }
                if let Some(next) = tag.heading() {
                    if next > level + 1 {
                        let message =
                            format!("in the mail, a heading h{next} follows {}", after(level));
                        faults.push((HEADING_ORDER, message));
                    }
                    level = next;
                }
                if !tag.is_void() {
                    open.push(look.within(&tag));
                }
            }
            Event::Close => {
                open.pop();
            }
            Event::Text(text) => {
                let Some(colors) = look.color.zip(look.ground).filter(|_| !look.hidden) else {
                    continue;
                };
                // A mail has few pairs of colors and many texts.
                if readable.contains(&colors) {
                    continue;
                }
                let contrast = colors.0.contrast(colors.1);
                if contrast >= READABLE {
                    readable.push(colors);
                    continue;
                }
                let text: String = text.trim().chars().take(40).collect();
                let message = format!(
                    "“{text}” in the mail has a contrast of {contrast:.1}, at least {READABLE} is readable"
                );
                faults.push((LOW_CONTRAST, message));
            }
        }
    }
    faults
}

fn after(level: usize) -> String {
    match level {
        0 => "no other".to_owned(),
        level => format!("an h{level}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::issue::{self, Rules, length};

    fn found(html: &str) -> Vec<String> {
        let mut report = Report::new();
        check(html, "a.toml".as_ref(), &mut report);
        let findings = report.finish();
        findings
            .iter()
            .map(|one| format!("{} {}", one.code, one.message))
            .collect()
    }

    fn mail() -> String {
        let issue = include_bytes!("../../../issues/axolotl-vs-llama-4-compact.toml");
        let rules = Rules::default();
        let checked = issue::check("a.toml".as_ref(), issue, &rules);
        length::html(&checked.issue.unwrap(), &rules.newsletter)
    }

    #[test]
    fn the_mail_as_it_is_has_no_fault() {
        assert_eq!(found(&mail()), [""; 0]);
    }

    #[test]
    fn a_fault_in_the_mail_is_found_once() {
        let mail = mail();
        let broken = |from: &str, to: &str| {
            assert!(mail.contains(from), "{from}");
            found(&mail.replace(from, to))
        };
        assert_eq!(
            broken("<h1", "<img src=\"/a.png\"><img src=\"/b.png\"><h1"),
            ["V016 the picture /a.png in the mail has no `alt`"]
        );
        assert_eq!(broken("<h1", "<img src=\"/a.png\" alt=\"\"><h1"), [""; 0]);
        assert_eq!(
            found(&mail.replace("<h2", "<h3").replace("</h2>", "</h3>")),
            ["V018 in the mail, a heading h3 follows an h1"]
        );
        let pale = "<p style=\"color:#888888;background-color:#ffffff\">Pale</p><h1";
        assert_eq!(
            broken("<h1", pale),
            ["V017 “Pale” in the mail has a contrast of 3.5, at least 4.5 is readable"]
        );
        let hidden = pale.replace("color:#888888", "display:none;color:#888888");
        assert_eq!(broken("<h1", &hidden), [""; 0]);
    }

    #[test]
    fn a_mail_is_large_before_it_is_too_long() {
        let sized = |bytes: usize| found(&" ".repeat(bytes));
        assert_eq!(sized(limits::LARGE_MAIL), [""; 0]);
        assert!(sized(limits::LARGE_MAIL + 1)[0].starts_with("V015 "));
        assert!(sized(limits::MAIL)[0].starts_with("V015 "));
        assert!(sized(limits::MAIL + 1)[0].starts_with("too-long "));
    }
}
