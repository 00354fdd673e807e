//! Refused certificates, and how to fix them.

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, date_time_ymd};
use verdict::catcher::{Behaviour, TlsIdentity};

use super::{Vouched, app_to, arrives, fails, vouched, vouched_as};
use crate::test_app::stderr;

/// Every way to encrypt to a relay with this name.
fn ways(host: &str, vouched: &Vouched) -> [(Behaviour, String); 3] {
    let starttls = || Behaviour::new().starttls(&vouched.identity);
    let implicit = Behaviour::new().implicit_tls(&vouched.identity);
    [
        (starttls(), format!("smtp://{host}:PORT?tls=required")),
        (starttls(), format!("smtp://{host}:PORT?tls=opportunistic")),
        (implicit, format!("smtps://{host}:PORT")),
    ]
}

/// In every way, the relay is refused and the operator gets this error.
async fn refused(host: &str, vouched: &Vouched, trusted: bool, why: &str) {
    for (behaviour, url) in ways(host, vouched) {
        let authority = trusted.then_some(vouched.authority.as_str());
        let app = app_to(behaviour, &url, authority).await;
        let error = fails(&app).await;
        assert!(error.contains(&format!("(TLS: {why}")), "{url}: {error}");
        let or_none = url.contains("opportunistic");
        assert_eq!(error.contains("`?tls=none` in"), or_none, "{url}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_authority_is_refused_until_it_is_named() {
    let vouched = vouched();
    let why = "the relay's certificate is from an authority that is not trusted here; if you \
               trust it, name its certificate in `smtp.ca_file`";
    refused("localhost", &vouched, false, why).await;
    for (behaviour, url) in ways("localhost", &vouched) {
        let app = app_to(behaviour, &url, Some(&vouched.authority)).await;
        arrives(&app).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_authority_than_the_named_one_is_refused() {
    let (ours, theirs) = (vouched(), vouched());
    let behaviour = Behaviour::new().starttls(&theirs.identity);
    let url = "smtp://localhost:PORT?tls=required";
    let app = app_to(behaviour, url, Some(&ours.authority)).await;
    let error = fails(&app).await;
    assert!(error.contains("that is not trusted here"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_for_another_name_is_refused() {
    let why = "the relay's certificate is not for 127.0.0.1 but for localhost";
    refused("127.0.0.1", &vouched(), true, why).await;
    let nameless = vouched_as(|params| params.subject_alt_names.clear());
    let why = "the relay's certificate is not for localhost but for no name at all";
    refused("localhost", &nameless, true, why).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_of_yesterday_or_tomorrow_is_refused() {
    let expired = vouched_as(|params| {
        params.not_before = date_time_ymd(2019, 2, 3);
        params.not_after = date_time_ymd(2020, 2, 3);
    });
    let why = "the relay's certificate expired on 2020-02-03";
    refused("localhost", &expired, true, why).await;
    let early = vouched_as(|params| params.not_before = date_time_ymd(2999, 2, 3));
    let why = "the relay's certificate is not valid before 2999-02-03;";
    refused("localhost", &early, true, why).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_authoritys_own_certificate_is_not_accepted_for_a_server() {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let identity = TlsIdentity::from_pem(&authority, &key.serialize_pem()).unwrap();
    let vouched = Vouched {
        authority,
        identity,
    };
    let why = "the relay shows an authority's certificate (CA:TRUE) as its own";
    refused("localhost", &vouched, true, why).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_names_the_certificate_and_exits_with_2() {
    let vouched = vouched();
    let behaviour = Behaviour::new().implicit_tls(&vouched.identity);
    let app = app_to(behaviour, "smtps://localhost:PORT", None).await;
    app.readers(1).await;
    let output = app.verdict(&["send", super::SLUG]);
    assert_eq!(output.status.code(), Some(2));
    let printed = stderr(&output);
    assert!(
        printed.contains("smtp.ca_file") && printed.contains("stays queued"),
        "{printed}"
    );
}
