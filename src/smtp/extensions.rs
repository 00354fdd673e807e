//! Reads a relay's extensions from its reply to EHLO (RFC 5321 §4.1.1.1), ignoring case.

use lettre::transport::smtp::response::Response;

/// What a relay told about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// The name that it gave itself; empty if it only answered HELO.
    pub name: String,
    /// Groups of commands (RFC 2920).
    pub pipelining: bool,
    /// RFC 3207.
    pub starttls: bool,
    /// Content with octets above 127 (RFC 6152).
    pub eight_bit: bool,
    /// Addresses and headers in UTF-8 (RFC 6531).
    pub utf8: bool,
    /// Requests about returned mail (RFC 3461).
    pub dsn: bool,
    /// Declared sizes (RFC 1870), with the largest mail in octets; 0 means no limit.
    pub size: Option<u64>,
    /// AUTH mechanisms (RFC 4954), in upper case.
    pub auth: Vec<String>,
}

impl Extensions {
    pub(super) fn of(ehlo: &Response) -> Self {
        let name = ehlo.message().next().unwrap_or_default();
        let mut extensions = Self {
            name: name.split(' ').next().unwrap_or_default().to_owned(),
            ..Self::default()
        };
        for line in ehlo.message().skip(1) {
            extensions.read(&line.to_ascii_uppercase());
        }
        extensions
    }

    fn read(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("PIPELINING") => self.pipelining = true,
            Some("STARTTLS") => self.starttls = true,
            Some("8BITMIME") => self.eight_bit = true,
            Some("SMTPUTF8") => self.utf8 = true,
            Some("DSN") => self.dsn = true,
            // The limit is optional (RFC 1870 §3).
            Some("SIZE") => self.size = words.next().map_or(Some(0), |limit| limit.parse().ok()),
            Some("AUTH") => self.auth.extend(words.map(str::to_owned)),
            _ => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(answer: &str) -> Extensions {
        Extensions::of(&answer.parse().unwrap())
    }

    #[test]
    fn keywords_are_read_whatever_their_case() {
        let all = of(
            "250-relay.example.com hello\r\n250-pipelining\r\n250-StartTLS\r\n250-8bitmime\r\n\
             250-SMTPUTF8\r\n250-Dsn\r\n250-SIZE 35882577\r\n250-AUTH login CRAM-MD5\r\n250 auth PLAIN\r\n",
        );
        assert!(all.pipelining && all.starttls && all.eight_bit && all.utf8 && all.dsn);
        assert_eq!(all.size, Some(35_882_577));
        assert_eq!(all.auth, ["LOGIN", "CRAM-MD5", "PLAIN"]);
    }

    #[test]
    fn what_is_not_offered_is_not_there() {
        let named = |name: &str| Extensions {
            name: name.to_owned(),
            ..Extensions::default()
        };
        assert_eq!(of("250 PIPELINING\r\n"), named("PIPELINING"));
        assert_eq!(of("250-a\r\n250 SIZE\r\n").size, Some(0));
        assert_eq!(of("250-a\r\n250 SIZE 0\r\n").size, Some(0));
        assert_eq!(of("250-a\r\n250 SIZE much\r\n").size, None);
        assert_eq!(of("250-a hello\r\n250 XPIPELINING\r\n"), named("a"));
    }
}
