//! Encryption of the connection to PostgreSQL.

use sqlx::postgres::PgConnectOptions;
use url::Url;

use super::StoreError;
use crate::config;

/// The names that sqlx accepts for the mode.
const MODES: [&str; 2] = ["sslmode", "ssl-mode"];

/// Adds `sslmode=verify-full` to the URL of a database on another host, unless the URL sets a mode.
/// By default, sqlx encrypts only if the server offers it, and trusts any server.
pub(super) fn secured(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else {
        return url.to_owned();
    };
    let names_mode = parsed
        .query_pairs()
        .any(|(name, _)| MODES.contains(&&*name));
    if names_mode || is_here(url) {
        return url.to_owned();
    }
    parsed
        .query_pairs_mut()
        .append_pair("sslmode", "verify-full");
    parsed.into()
}

/// True for a Unix socket or a loopback address. libpq's environment variables count too, so ask
/// sqlx. It reports what it cannot read when it connects.
fn is_here(url: &str) -> bool {
    let Ok(options) = url.parse::<PgConnectOptions>() else {
        return true;
    };
    let host = options.get_host();
    options.get_socket().is_some() || host.starts_with('/') || config::is_loopback(host)
}

/// A failure to connect, with advice if it is one of encryption.
pub(super) fn explained(place: &str, cause: sqlx::Error) -> StoreError {
    if is_failure_of(&cause) {
        StoreError::NotEncrypted {
            place: place.to_owned(),
            cause: Box::new(cause),
        }
    } else {
        StoreError::unreachable(place, cause)
    }
}

pub(super) fn is_failure_of(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(error) => error
            .get_ref()
            .is_some_and(|inner| inner.is::<rustls::Error>()),
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn another_host_must_show_a_certificate_unless_the_url_says_otherwise() {
        for url in [
            "postgres://verdict@db.example.com/verdict",
            "postgres://verdict:s%2Fcret@192.0.2.7:5433/verdict",
            "postgresql://verdict@[2001:db8::1]/verdict?application_name=a%20b",
            "postgres://verdict@localhost/verdict?host=db.example.com",
            "postgres://verdict@localhost/verdict?hostaddr=192.0.2.7",
            "postgres://verdict@localhost.example.com/verdict",
            "postgres://verdict@db.example.com/verdict?sslrootcert=authority.pem",
        ] {
            let secured = secured(url);
            let options: PgConnectOptions = secured.parse().unwrap();
            assert!(
                format!("{options:?}").contains("ssl_mode: VerifyFull"),
                "{url}: {options:?}"
            );
            assert!(secured.starts_with(url), "{secured}");
        }
    }

    #[test]
    fn this_machine_and_a_mode_that_is_named_are_left_alone() {
        for url in [
            "postgres://verdict@localhost/verdict",
            "postgres://verdict@127.0.0.2:5433/verdict",
            "postgres://verdict@[::1]/verdict",
            "postgres://verdict@localhost/verdict?host=/run/postgresql",
            "postgres://verdict@%2Frun%2Fpostgresql/verdict",
            "postgres://verdict@db.example.com/verdict?hostaddr=127.0.0.1",
            "postgres://verdict@db.example.com/verdict?sslmode=require",
            "postgres://verdict@db.example.com/verdict?application_name=x&ssl-mode=disable",
        ] {
            assert_eq!(secured(url), url);
        }
    }
}
