//! Refuses to mail people from a configuration that is still an example.

use std::path::Path;

use url::Url;

use super::{Config, FILE, address};

/// The configuration is still the example that `verdict init` writes.
#[derive(Debug, thiserror::Error)]
#[error("nothing is mailed yet:\n{}", .reasons.iter().map(|reason| format!("- {reason}\n")).collect::<String>())]
pub struct NotReady {
    reasons: Vec<String>,
}

impl Config {
    /// Checks that mails would come from the operator and link to the operator's pages.
    ///
    /// # Errors
    /// [`NotReady`], naming each key and what to write there.
    pub fn may_mail(&self) -> Result<(), NotReady> {
        let template = Self::parse(Path::new(FILE), Self::template().as_bytes(), |_| None);
        let template = template.ok().map(|config| config.newsletter);
        let (own, mut reasons) = (&self.newsletter, Vec::new());
        if template
            .as_ref()
            .is_some_and(|given| given.from == own.from)
        {
            reasons.push(format!(
                "`newsletter.from` is still `{}`, the example: write the address that your mails come from",
                own.from
            ));
        }
        if template.is_some_and(|given| given.postal_address == own.postal_address) {
            reasons.push(
                "`newsletter.postal_address` is still the example: write your own, which the law asks for in \
                 many countries"
                    .to_owned(),
            );
        }
        if self.leads_here() && !address::is_loopback(&self.smtp.relay.host) {
            reasons.push(format!(
                "`web.base_url` is {}, on this machine, and `smtp.url` is a server elsewhere ({}): readers could \
                 open no link. Write where they find the pages",
                self.web.base_url, self.smtp.relay
            ));
        }
        match reasons.is_empty() {
            true => Ok(()),
            false => Err(NotReady { reasons }),
        }
    }

    /// True if links in mails work only on this machine, which is fine with a relay on this machine.
    pub fn leads_here(&self) -> bool {
        let url = Url::parse(&self.web.base_url);
        url.is_ok_and(|url| url.host_str().is_some_and(address::is_loopback))
    }
}
