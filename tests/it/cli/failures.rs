//! What goes wrong outside: one clear message, exit code 2, nothing half-done.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use super::Instance;
use crate::database::Db;
use crate::test_app::{TestApp, stderr, stdout};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_relay_deliveries_stay_queued_for_the_next_send() {
    let press = TestApp::on(Db::Sqlite).await;
    press.issue("tea-vs-coffee").readers(3).await;
    press.catcher.stop().await;
    let output = press.verdict(&["send", "tea-vs-coffee"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains(&press.catcher.addr().to_string()) && said.contains("refused"),
        "{said}"
    );
    assert!(stdout(&press.verdict(&["status"])).contains("queued     3"));
}

#[test]
fn a_wrong_configuration_is_pointed_at() {
    let instance = Instance::new();
    instance.configure("# connections = 8", "conections = 8");
    let said = instance.refuses(&["subscribers", "list"]);
    assert!(
        said.contains("unknown key `conections`, did you mean `connections`?"),
        "{said}"
    );
    assert!(
        said.contains("verdict.toml:") && said.contains('^'),
        "{said}"
    );
    assert!(
        !instance.path().join("secret.key").exists(),
        "nothing was made"
    );
}

#[test]
fn without_a_configuration_the_way_to_one_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let output = crate::test_app::verdict(dir.path(), &["status"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("verdict init"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let instance = Instance::new();
    let url = "url = \"postgres://verdict:hunter2@127.0.0.1:9/verdict\"";
    instance.configure("# url = \"sqlite:subscribers/verdict.db\"", url);
    let said = instance.refuses(&["status"]);
    assert!(
        said.contains("127.0.0.1:9") && !said.contains("hunter2"),
        "{said}"
    );
    assert_eq!(said.matches("error:").count(), 1, "{said}");
}

#[test]
fn a_port_in_use_is_named() {
    let instance = Instance::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    instance.configure(
        "# listen = \"127.0.0.1:8080\"",
        &format!("listen = \"{address}\""),
    );
    assert!(instance.refuses(&["serve"]).contains(&address));
}

#[test]
fn another_key_is_refused_before_a_link_is_signed_with_it() {
    let instance = Instance::new();
    instance.says(&["subscribers", "list"]);
    let key = instance.path().join("secret.key");
    std::fs::remove_file(&key).unwrap();
    assert!(instance.refuses(&["status"]).contains("secret key"));
    assert!(!key.exists(), "no new key is left behind to confuse");
    instance.file("secret.key", "not a key");
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(
        instance
            .refuses(&["status"])
            .contains("64 hexadecimal digits")
    );
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(instance.refuses(&["status"]).contains("chmod 600"));
}

#[test]
fn a_list_that_is_no_list_is_refused() {
    let instance = Instance::new();
    let file = instance.file("list.csv", "name,phone\nAda,1\n");
    let said = instance.refuses(&["subscribers", "import", &file]);
    assert!(
        said.contains("no column `email`") && said.contains("`phone`"),
        "{said}"
    );
    assert!(
        instance
            .refuses(&["subscribers", "import", "/no/such.csv"])
            .contains("/no/such.csv")
    );
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let instance = Instance::new();
    let mut list = String::from("email\n");
    for number in 0..5_000 {
        list += &format!("reader-{number}@example.com\n");
    }
    let file = instance.file("list.csv", list);
    instance.says(&["subscribers", "import", &file]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_verdict"))
        .args([
            "--dir",
            instance.path().to_str().unwrap(),
            "subscribers",
            "list",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}
