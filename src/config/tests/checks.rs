//! What the doctor is told.

use super::*;

#[test]
fn addresses_and_the_check_before_an_edition_are_read() {
    let config = parse(
        Config::template(),
        &[
            ("VERDICT_SMTP_SENDS_FROM", "192.0.2.25, 2001:db8::25"),
            ("VERDICT_SMTP_PREFLIGHT", "block"),
            ("VERDICT_DNS_SERVER", "[2001:db8::53]:53"),
        ],
    )
    .unwrap();
    let sends_from: Vec<_> = config
        .smtp
        .sends_from
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(sends_from, ["192.0.2.25", "2001:db8::25"]);
    assert_eq!(config.smtp.preflight, Preflight::Block);
    assert_eq!(config.dns.server.map(|server| server.port()), Some(53));
    let default = parse(Config::template(), &[]).unwrap();
    assert_eq!(default.smtp.preflight, Preflight::Warn);
    assert_eq!(
        (default.smtp.sends_from, default.dns.server),
        (vec![], None)
    );
}

#[test]
fn what_they_cannot_be_is_pointed_at() {
    told(
        Config::template(),
        &[
            ("VERDICT_SMTP_SENDS_FROM", "mail.example.com"),
            ("VERDICT_SMTP_PREFLIGHT", "stop"),
            ("VERDICT_DNS_SERVER", "192.0.2.53"),
        ],
        r#"
error[bad-ip]: `mail.example.com` is not an IP address
 --> VERDICT_SMTP_SENDS_FROM:1:1
  |
1 | mail.example.com
  | ^^^^^^^^^^^^^^^^
  |
  = help: write it like `127.0.0.1` or `::1`

error[unknown-word]: `preflight` cannot be `stop`
 --> VERDICT_SMTP_PREFLIGHT:1:1
  |
1 | stop
  | ^^^^
  |
  = help: it is one of `off`, `warn` and `block`

error[bad-server]: `server` is not an IP address and a port
 --> VERDICT_DNS_SERVER:1:1
  |
1 | 192.0.2.53
  | ^^^^^^^^^^
  |
  = help: write `192.0.2.53:53`
"#,
    );
}
