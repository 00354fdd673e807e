//! What an operator gets, and what they are told.

mod checks;
mod files;
mod template;

use super::*;

fn parse(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::parse("verdict.toml".as_ref(), text.as_bytes(), |name| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

fn told(text: &str, variables: &[(&str, &str)], expected: &str) {
    let found = parse(text, variables).unwrap_err().to_string();
    assert_eq!(found, expected.trim_matches('\n'), "\n{found}\n");
}

fn template_with(edits: &[(&str, &str)]) -> String {
    edits
        .iter()
        .fold(Config::template().to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
}

#[test]
fn a_variable_wins_over_the_file_and_an_empty_one_does_not_count() {
    let config = parse(
        Config::template(),
        &[
            ("VERDICT_NEWSLETTER_NAME", "Other"),
            ("VERDICT_NEWSLETTER_TAGLINE", ""),
            ("VERDICT_SCHEDULE_LOCAL_TIME", "true"),
            ("VERDICT_STORE_URL", "postgres://u:pw@db/verdict"),
            ("VERDICT_SMTP_URL", "smtps://me%40x:p%2Fw@mail.example.com"),
            ("VERDICT_SMTP_CONNECTIONS", "32"),
            ("VERDICT_SMTP_RATE_PER_SECOND", "0.5"),
            ("VERDICT_WEB_LISTEN", "[::1]:0"),
            ("VERDICT_WEB_BASE_URL", "https://example.com"),
            ("VERDICT_ALERTS_TO", "a@example.com, b@example.com,"),
        ],
    )
    .unwrap();
    assert_eq!(config.newsletter.name, "Other");
    assert_eq!(
        config.newsletter.tagline,
        "Two AI tools, one verdict, every week"
    );
    assert!(config.schedule.local_time);
    assert_eq!(&*config.store.url, "postgres://u:pw@db/verdict");
    let relay = &config.smtp.relay;
    assert_eq!((relay.host.as_str(), relay.port), ("mail.example.com", 465));
    assert_eq!(relay.security, Security::Implicit);
    assert_eq!(
        relay.credentials,
        Some(("me@x".to_owned(), "p/w".to_owned()))
    );
    assert_eq!(
        (config.smtp.connections, config.smtp.rate_per_second),
        (32, Some(0.5))
    );
    assert_eq!(config.web.base_url, "https://example.com");
    assert_eq!(config.alerts.to.len(), 2);
    let shown = format!("{config:?}");
    assert!(!shown.contains("pw") && !shown.contains("p/w"), "{shown}");
}

#[test]
fn a_file_may_be_empty_if_variables_say_everything() {
    let variables = [
        ("VERDICT_NEWSLETTER_NAME", "N"),
        ("VERDICT_NEWSLETTER_FROM", "n@example.com"),
        ("VERDICT_NEWSLETTER_POSTAL_ADDRESS", "1 Street\n2 Town"),
        ("VERDICT_SCHEDULE_CRON", "0 9 * * 1"),
        ("VERDICT_SCHEDULE_TIME_ZONE", "Europe/Berlin"),
        ("VERDICT_SMTP_URL", "smtp://[::1]:2525?tls=none"),
        ("VERDICT_WEB_BASE_URL", "http://localhost:8080"),
    ];
    let config = parse("", &variables).unwrap();
    assert_eq!(config.smtp.relay.host, "::1");
    assert_eq!(config.web.base_url, "http://localhost:8080");
    let missing = parse("", &variables[1..]).unwrap_err().to_string();
    assert_eq!(
        missing,
        "error[missing-key]: the key `name` of `[newsletter]` is missing\n--> verdict.toml\n \
         = help: add it, or set VERDICT_NEWSLETTER_NAME"
    );
}

#[test]
fn with_a_password_encryption_is_required() {
    let relay = |url: &str| {
        let config = parse(Config::template(), &[("VERDICT_SMTP_URL", url)]).unwrap();
        let codes: Vec<_> = config.warnings.iter().map(|finding| finding.code).collect();
        (config.smtp.relay.port, config.smtp.relay.security, codes)
    };
    assert_eq!(relay("smtp://h"), (587, Security::Opportunistic, vec![]));
    assert_eq!(relay("smtp://u:p@h"), (587, Security::Required, vec![]));
    assert_eq!(
        relay("smtp://u:p@h?tls=none"),
        (587, Security::None, vec!["clear-password"])
    );
    assert_eq!(
        relay("smtp://u:p@127.0.0.1?tls=none"),
        (587, Security::None, vec![])
    );
    for bad in [
        "smtp://",
        "smtp:h",
        "smtps://h?tls=none",
        "smtp://h?x=1",
        "smtp://h?tls=maybe",
        "smtp://u@h",
        "smtp://:p@h",
        "smtp://h/path",
        "smtp://u:%ff@h",
        "h:25",
    ] {
        assert!(
            parse(Config::template(), &[("VERDICT_SMTP_URL", bad)]).is_err(),
            "{bad}"
        );
    }
}

#[test]
fn mistakes_are_pointed_at() {
    told(
        &template_with(&[
            ("0 9 * * TUE", "0 25 * * TUE"),
            ("\"UTC\"", "\"Europe/Belrin\""),
            ("# max_delay = \"12h\"", "max_delay = \"90d\""),
            ("# local_time", "local_tyme"),
            ("# compact_after = \"180d\"", "compact_after = \"7d\""),
            ("# ca_file = \"relay-ca.pem\"", "ca_file = \"no/such.pem\""),
            ("# connections = 8", "connections = 0\nlisten = 1"),
            ("# retry_for = \"24h\"", "retry_for = \"24\""),
            ("# listen = \"127.0.0.1:8080\"", "listen = \"localhost:80\""),
            ("http://127.0.0.1:8080\"", "https://example.com/\""),
            (
                "# panel_roles = [\"teacher\"]",
                "panel_roles = [\"Teacher\", \"開発者\", \"a/b\"]",
            ),
        ]),
        &[],
        EXPECTED_FILE,
    );
}

#[test]
fn a_panel_role_is_written_in_any_script() {
    let roles = [
        "निर्माता",
        "توسعه\u{200c}دهنده",
        "zoe\u{301}",
        "data scientist",
    ];
    let list = format!("panel_roles = [\"{}\"]", roles.join("\", \""));
    let text = template_with(&[("# panel_roles = [\"teacher\"]", &list)]);
    assert_eq!(parse(&text, &[]).unwrap().issues.panel_roles, roles);
}

#[test]
fn mistakes_in_variables_are_reported_under_their_names() {
    told(
        Config::template(),
        &[
            ("VERDICT_SMTP_URL", "http://user:geheim@x"),
            ("VERDICT_SMTP_CONNECTIONS", "many"),
            ("VERDICT_ALERTS_TO", "a@example.com, nobody"),
            ("VERDICT_STORE_URL", "mysql://u:pw@h/d"),
            ("VERDICT_SCHEDULE_LOCAL_TIME", "ja"),
        ],
        EXPECTED_VARIABLES,
    );
}

#[test]
fn a_misspelt_section_is_one_finding() {
    let found = parse(&template_with(&[("[smtp]", "[smpt]")]), &[])
        .unwrap_err()
        .findings;
    let [finding] = &found[..] else {
        panic!("{found}")
    };
    assert_eq!(finding.message, "unknown key `smpt`, did you mean `smtp`?");
    assert_eq!((finding.line, finding.column), (80, 2));
}

#[test]
fn a_password_is_not_shown_even_on_a_broken_line() {
    let broken = template_with(&[("\"smtp://localhost:25\"", "\"smtp://u:geheim@h")]);
    let found = parse(&broken, &[]).unwrap_err();
    let text = found.to_string();
    assert!(
        text.contains("never closed") && text.contains("u:******@h"),
        "{text}"
    );
    let json = serde_json::to_string(&found.findings).unwrap();
    assert!(!json.contains("geheim") && !format!("{found:?}").contains("geheim"));
}

#[test]
fn an_absent_file_names_the_command_that_makes_one() {
    let dir = tempfile::tempdir().unwrap();
    let found = Config::load(dir.path(), |_| None).unwrap_err().findings;
    assert_eq!(found[0].code, "no-config");
    assert!(
        found[0]
            .help
            .as_deref()
            .unwrap()
            .starts_with("run `verdict init ")
    );
}

#[test]
fn a_new_instance_loads_clean() {
    let dir = tempfile::tempdir().unwrap();
    for (name, contents) in crate::config::instance::files() {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents.as_bytes()).unwrap();
    }
    let config = Config::load(dir.path(), |_| None).unwrap();
    assert_eq!(config.warnings.to_string(), "");
}

#[cfg(unix)]
#[test]
fn a_password_that_others_can_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    std::fs::write(
        &path,
        template_with(&[("smtp://localhost:25", "smtp://u:p@h")]),
    )
    .unwrap();
    let warned = |mode| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        !Config::load(dir.path(), |_| None)
            .unwrap()
            .warnings
            .is_empty()
    };
    assert!(warned(0o644));
    assert!(!warned(0o600));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// However the file is damaged, the answer is a configuration or an error in its place.
    #[test]
    fn a_damaged_file_is_never_a_panic(
        damage in proptest::collection::vec((0..6000_usize, proptest::prelude::any::<u8>()), 0..8),
    ) {
        let mut bytes = Config::template().replace("# ", "").into_bytes();
        for (at, byte) in damage {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        if let Err(error) = Config::parse("verdict.toml".as_ref(), &bytes, |_| None) {
            proptest::prop_assert!(error.findings.has_errors());
            error.to_string();
        }
    }
}

const EXPECTED_FILE: &str = r#"
error[bad-cron]: the hour 25 is out of range
  --> verdict.toml:49:11
   |
49 | cron = "0 25 * * TUE"
   |           ^^
   |
   = help: the hour field takes 0 to 23

error[unknown-zone]: there is no time zone `Europe/Belrin`, did you mean `Europe/Berlin`?
  --> verdict.toml:52:13
   |
52 | time_zone = "Europe/Belrin"
   |             ^^^^^^^^^^^^^^^
   |
   = help: use a name of the IANA database, such as `Europe/Berlin` or `UTC`

error[out-of-range]: `max_delay` is 90d
  --> verdict.toml:56:13
   |
56 | max_delay = "90d"
   |             ^^^^^ must be 1m to 30d

error[unknown-key]: unknown key `local_tyme`, did you mean `local_time`?
  --> verdict.toml:61:1
   |
61 | local_tyme = false
   | ^^^^^^^^^^
   |
   = help: the keys here are `cron`, `time_zone`, `max_delay` and `local_time`

error[out-of-range]: `compact_after` is 7d
  --> verdict.toml:78:17
   |
78 | compact_after = "7d"
   |                 ^^^^ must be 30d to 3650d

error[bad-certificates]: `ca_file` names no file of certificates
  --> verdict.toml:89:11
   |
89 | ca_file = "no/such.pem"
   |           ^^^^^^^^^^^^^ no/such.pem cannot be read: No such file or directory (os error 2)
   |
   = help: it is a PEM file of the authority's certificates, which begin with `-----BEGIN CERTIFICATE-----`

error[out-of-range]: `connections` is 0
  --> verdict.toml:96:15
   |
96 | connections = 0
   |               ^ must be 1 to 256

error[unknown-key]: unknown key `listen`
  --> verdict.toml:97:1
   |
97 | listen = 1
   | ^^^^^^
   |
   = help: `listen` belongs below `[web]`

error[bad-duration]: `retry_for` is not a span of time
   --> verdict.toml:118:13
    |
118 | retry_for = "24"
    |             ^^^^ expected a whole number and a unit
    |
    = help: the units are s, m, h and d (days): "30s", "90m", "6h", "2d"

error[bad-listen]: `listen` is not an IP address and a port
   --> verdict.toml:162:10
    |
162 | listen = "localhost:80"
    |          ^^^^^^^^^^^^^^
    |
    = help: write `127.0.0.1:80` for this machine alone, `0.0.0.0:80` or `[::]:80` for all

error[bad-url]: `base_url` ends with a slash
   --> verdict.toml:167:12
    |
167 | base_url = "https://example.com/"
    |            ^^^^^^^^^^^^^^^^^^^^^^
    |
    = help: write `https://example.com`

error[bad-role]: `a/b` cannot be a role
   --> verdict.toml:206:36
    |
206 | panel_roles = ["Teacher", "開発者", "a/b"]
    |                                       ^ only letters, digits, blanks and hyphens
"#;

const EXPECTED_VARIABLES: &str = r#"
error[wrong-type]: `local_time` is not `true` or `false`
 --> VERDICT_SCHEDULE_LOCAL_TIME:1:1
  |
1 | ja
  | ^^ expected `true` or `false`

error[bad-url]: `url` is not the address of a store
 --> VERDICT_STORE_URL:1:1
  |
1 | mysql://u:**@h/d
  | ^^^^^^^^^^^^^^^^ expected `sqlite:…` or `postgres://…`
  |
  = help: write `sqlite:subscribers/verdict.db`, or `postgres://user@host/database`

error[bad-url]: `url` is not the address of an SMTP server
 --> VERDICT_SMTP_URL:1:1
  |
1 | http://user:******@x
  | ^^^^^^^^^^^^^^^^^^^^ expected `smtp://…` or `smtps://…`
  |
  = help: write it like `smtp://user:password@mail.example.com:587`

error[wrong-type]: `connections` is not a whole number
 --> VERDICT_SMTP_CONNECTIONS:1:1
  |
1 | many
  | ^^^^ expected a whole number

error[bad-address]: `to` is not an email address
 --> VERDICT_ALERTS_TO:1:16
  |
1 | a@example.com, nobody
  |                ^^^^^^ the address has no @
  |
  = help: write it like `name@example.com`
"#;
