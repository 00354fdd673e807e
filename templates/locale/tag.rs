//! Language tags (BCP 47), as far as they choose a catalogue and a direction.

/// The subtags that matter, in lower case; empty if the tag lacks them.
#[derive(Default)]
struct Tag {
    language: String,
    script: String,
    region: String,
}

impl Tag {
    fn parse(tag: &str) -> Self {
        let lower = tag.to_lowercase();
        let mut parts = lower.split(['-', '_']);
        let mut parsed = Self {
            language: parts.next().unwrap_or_default().to_owned(),
            ..Self::default()
        };
        for part in parts {
            let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            match part.len() {
                // What follows is an extension or private.
                1 => break,
                4 if letters => part.clone_into(&mut parsed.script),
                2 if letters => part.clone_into(&mut parsed.region),
                3 if !letters => part.clone_into(&mut parsed.region),
                _ => {}
            }
        }
        if parsed.language == "zh" && parsed.script.is_empty() {
            let traditional = ["tw", "hk", "mo"].contains(&&*parsed.region);
            let script = if traditional { "hant" } else { "hans" };
            script.clone_into(&mut parsed.script);
        }
        parsed
    }
}

/// How far the catalogue `code` is from what `tag` asks for; `None` if it is of another language.
pub(super) fn distance(tag: &str, code: &str) -> Option<u8> {
    let (wanted, offered) = (Tag::parse(tag), Tag::parse(code));
    if wanted.language != offered.language {
        return None;
    }
    Some(if tag.eq_ignore_ascii_case(code) {
        0
    } else if wanted.script != offered.script {
        // Still nearer than English.
        3
    } else if offered.region.is_empty() || offered.region == wanted.region {
        1
    } else {
        2
    })
}

/// `ltr` or `rtl`.
pub(super) fn direction(tag: &str) -> &'static str {
    const SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];
    const LANGUAGES: [&str; 12] = [
        "ar", "arz", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi",
    ];
    let tag = Tag::parse(tag);
    let is_rtl = match tag.script.is_empty() {
        true => LANGUAGES.contains(&&*tag.language),
        false => SCRIPTS.contains(&&*tag.script),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_catalogue_of_the_language_is_taken() {
        let codes = ["en", "pt-BR", "zh-Hans", "zh-Hant", "de", "de-CH"];
        let nearest = |tag: &str| {
            let near = codes.iter().filter(|code| distance(tag, code).is_some());
            near.min_by_key(|code| distance(tag, code)).copied()
        };
        for (tag, code) in [
            ("en-GB", Some("en")),
            ("pt", Some("pt-BR")),
            ("pt-PT", Some("pt-BR")),
            ("PT_br", Some("pt-BR")),
            ("de-AT", Some("de")),
            ("de-ch", Some("de-CH")),
            ("de-1996-x-private", Some("de")),
            ("zh", Some("zh-Hans")),
            ("zh-SG", Some("zh-Hans")),
            ("zh-TW", Some("zh-Hant")),
            ("zh-Hant-CN", Some("zh-Hant")),
            ("sv", None),
            ("", None),
        ] {
            assert_eq!(nearest(tag), code, "{tag}");
        }
        assert!(distance("zh-TW", "zh-Hans").is_some());
    }

    #[test]
    fn the_script_decides_the_direction() {
        for tag in ["ar", "ar-EG", "he", "fa-IR", "az-Arab"] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["en", "ar-Latn", "zh-Hans", "ja", "pa"] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }
}
