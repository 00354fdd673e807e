//! Asks for our own pages through the address that readers use.

use std::net::IpAddr;

use hyper::StatusCode;
use tokio::time::timeout;
use url::{Host, Url};

use super::{Check, PATIENCE, Patient};
use crate::app::self_check::{Question, Way};
use crate::dns::{self, Dns};
use crate::fetch::{Answer, Ask, Client, Failure, Policy, Request};

/// The most of an answer that is read: ours is shorter.
const BODY: usize = 1024;

/// The body that mail programs post (RFC 8058 §3.2).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

pub(super) async fn checks(patient: Patient<'_>, dns: &Dns) -> Vec<Check> {
    let base_url = &patient.config.web.base_url;
    let mut checks = vec![https(base_url)];
    let (Ok(app), Ok(url)) = (patient.app, Url::parse(base_url)) else {
        let text = "the key that the pages would be recognised by cannot be read";
        checks.extend(["pages", "one-click"].map(|name| Check::unsure(name, text)));
        return checks;
    };
    let addresses = match timeout(PATIENCE, addresses(&url, dns)).await {
        Ok(Ok(addresses)) => addresses,
        Ok(Err(silence)) => {
            let text = silence.to_string();
            checks.extend(["pages", "one-click"].map(|name| Check::unsure(name, text.clone())));
            return checks;
        }
        Err(_) => {
            let text = "DNS did not answer in time";
            checks.extend(["pages", "one-click"].map(|name| Check::unsure(name, text)));
            return checks;
        }
    };
    // The operator chose the address, and it may be one of a private network that the doctor runs in.
    let policy = Policy {
        may_connect: |_| true,
        patience: PATIENCE,
    };
    let client = Client::new(policy, "doctor");
    let ask = |way| {
        let (client, addresses, url) = (&client, &addresses, &url);
        async move {
            let question = Question::new(&app.key, way)?;
            let url = url.join(&format!("/u/{}", question.token)).ok()?;
            let request = Request {
                ask: match way {
                    Way::Get => Ask::Get,
                    Way::OneClick => Ask::Post(ONE_CLICK),
                },
                url: &url,
                addresses: Some(addresses),
                body: BODY,
            };
            Some(reached(client.ask(request).await, &question.answer))
        }
    };
    let (pages, click) = tokio::join!(ask(Way::Get), ask(Way::OneClick));
    if let (Some(pages), Some(click)) = (pages, click) {
        checks.extend([
            judge_pages(base_url, &pages),
            judge_one_click(base_url, &click),
        ]);
    }
    checks
}

async fn addresses(url: &Url, dns: &Dns) -> Result<Vec<IpAddr>, dns::Silence> {
    match url.host() {
        Some(Host::Domain(name)) => {
            let found = dns.ask(&dns::Question::Addresses(name.to_owned())).await?;
            Ok(found.iter().filter_map(|text| text.parse().ok()).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// Who answered a question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reached {
    Us,
    /// A redirect to there.
    Elsewhere(String),
    /// Another instance, another program, or an earlier release of ours.
    Other(StatusCode),
    Nobody(Failure),
}

fn reached(answer: Result<Answer, Failure>, proof: &str) -> Reached {
    match answer {
        Err(failure) => Reached::Nobody(failure),
        Ok(answer) if answer.status.is_redirection() => {
            Reached::Elsewhere(answer.location.unwrap_or_default())
        }
        Ok(answer)
            if answer.status.is_success() && answer.body.trim_ascii() == proof.as_bytes() =>
        {
            Reached::Us
        }
        Ok(answer) => Reached::Other(answer.status),
    }
}

fn https(base_url: &str) -> Check {
    const NAME: &str = "https";
    match base_url.starts_with("https:") {
        true => Check::ok(NAME, format!("links begin with {base_url}")),
        false => Check::wrong(
            NAME,
            format!("links begin with {base_url}: mail programs offer one-click over https only (RFC 8058)"),
        )
        .advice("serve the pages over https, and write that in `web.base_url`"),
    }
}

const PROXY: &str = "look at the proxy in front of `verdict serve`, and at `web.base_url`";

fn judge_pages(base_url: &str, reached: &Reached) -> Check {
    const NAME: &str = "pages";
    match reached {
        Reached::Us => Check::ok(NAME, format!("{base_url} is this instance")),
        Reached::Elsewhere(to) => {
            Check::wrong(NAME, format!("{base_url} redirects to {to}"))
                .advice("write the address that it redirects to in `web.base_url`")
        }
        Reached::Other(status) => Check::wrong(
            NAME,
            format!("{base_url} is not this instance: it answers {status} to a link of ours"),
        )
        .advice(format!(
            "is another instance behind it, with another `secret.key`, or an earlier release? {PROXY}"
        )),
        Reached::Nobody(why) => {
            Check::wrong(NAME, format!("{base_url} does not answer from here: {why}"))
                .advice(format!("does `verdict serve` run? {PROXY}"))
        }
    }
}

fn judge_one_click(base_url: &str, reached: &Reached) -> Check {
    const NAME: &str = "one-click";
    let wrong =
        |why: String| Check::wrong(NAME, format!("readers cannot leave with one click: {why}"));
    match reached {
        Reached::Us => Check::ok(NAME, format!("one-click arrives through {base_url}")),
        Reached::Elsewhere(to) => wrong(format!("the request is redirected to {to}"))
            .advice("mail programs follow no redirect (RFC 8058 §3.1); let `/u/…` pass as it is"),
        Reached::Other(status) => wrong(format!(
            "the request is answered with {status}, not by us"
        ))
        .advice("a `POST` to `/u/…` must pass without cookie, login and challenge, with its body"),
        Reached::Nobody(why) => wrong(why.to_string()).advice(PROXY),
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    fn answered(status: u16, body: &str) -> Reached {
        let answer = Answer {
            status: StatusCode::from_u16(status).unwrap_or_default(),
            location: Some("https://example.com/".to_owned()),
            body: body.as_bytes().to_vec(),
        };
        reached(Ok(answer), "proof")
    }

    #[test]
    fn only_our_own_answer_is_ours() {
        for (reached, is_us) in [
            (answered(200, "proof"), true),
            (answered(200, "proof\n"), true),
            (answered(200, "proof of something"), false),
            (answered(404, "proof"), false),
            (answered(301, "proof"), false),
            (answered(308, ""), false),
            (Reached::Nobody(Failure::TooSlow), false),
        ] {
            let state = if is_us { State::Ok } else { State::Wrong };
            assert_eq!(
                judge_pages("https://news.example.com", &reached).state,
                state,
                "{reached:?}"
            );
            assert_eq!(
                judge_one_click("https://news.example.com", &reached).state,
                state,
                "{reached:?}"
            );
        }
        assert_eq!(https("http://news.example.com").state, State::Wrong);
    }
}
