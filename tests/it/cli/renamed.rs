//! Renamed keys: the old name works for one release, with a warning on standard error.

use serde_json::Value;

use super::Instance;
use crate::test_app::{stderr, stdout};

#[test]
fn the_warning_of_an_old_spelling_goes_to_standard_error_alone() {
    let instance = Instance::new();
    let old = "[desk]\neditors = [\"editors@example.com\"]\n\n[metrics]";
    instance.configure("[metrics]", old);
    for args in [["check", "--json"], ["status", "--json"]] {
        let output = instance.run(&args);
        serde_json::from_str::<Value>(&stdout(&output)).unwrap();
        let warned = stderr(&output);
        for part in [
            "warning[old-spelling]: `desk.editors` is now `alerts.to`\n",
            "| editors = [\"editors@example.com\"]\n",
            "| ^^^^^^^\n",
        ] {
            assert!(warned.contains(part), "{args:?}: {warned}");
        }
    }
}
