//! `verdict approve`: lets an issue go out exactly as it is.

use std::path::Path;

use super::{CliResult, open};
use crate::cli::arguments::ApproveArgs;
use crate::cli::output;
use crate::edition::approval;
use crate::issue::toml_string;

pub(super) async fn run(dir: &Path, args: ApproveArgs) -> CliResult {
    let app = open(dir).await?;
    let approval = approval::approve(&app, &args.slug, &args.name).await?;
    if args.print {
        let by = toml_string(&approval.by);
        let content = approval.content;
        return output::done(format_args!(
            "approval = {{ by = {by}, content = \"{content}\" }}"
        ));
    }
    approval::record(&app, &approval).await?;
    let slug = &approval.issue;
    output::line(format_args!("Approved `{slug}` as {}.", approval.by))?;
    output::done(match app.config.issues.require_approval {
        true => "Any change to it that readers would see needs another approval.",
        false => "Nothing depends on it: `require_approval` in `[issues]` is false.",
    })
}
