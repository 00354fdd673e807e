//! What stands in the way of mailing people, although the configuration can be read.

use std::path::Path;

use url::Url;

use super::{Config, FILE, address};

/// What `verdict init` writes is an example. Nobody is to be mailed from it.
#[derive(Debug, thiserror::Error)]
#[error("nothing is mailed yet:\n{}", .reasons.iter().map(|reason| format!("- {reason}\n")).collect::<String>())]
pub struct NotReady {
    reasons: Vec<String>,
}

impl Config {
    /// Makes sure that mails would come from the operator and lead to their pages.
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

    /// True if the links in mails work on this machine alone: fine for a try with a relay on this machine.
    pub fn leads_here(&self) -> bool {
        let url = Url::parse(&self.web.base_url);
        url.is_ok_and(|url| url.host_str().is_some_and(address::is_loopback))
    }
}
