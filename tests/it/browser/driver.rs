//! Chromium, driven through chromedriver. Tests fail without them; they do not skip.

use std::ops::Deref;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use axum::http::Method;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::child::{LIMIT, Running, until};

/// One browser at a time: on a small machine, several only wait for each other.
static TURN: Mutex<()> = Mutex::const_new(());

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A browser with a fresh profile. It exits with its driver, when this is dropped.
pub(crate) struct Browser {
    client: Client,
    // Fields drop in this order: the processes first, then the folders they write to.
    _driver: Driver,
    _profile: TempDir,
    _turn: MutexGuard<'static, ()>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

impl Browser {
    pub(crate) async fn start() -> Self {
        Self::with_prefs(json!({})).await
    }

    /// A browser with scripts disabled.
    pub(crate) async fn without_scripts() -> Self {
        Self::with_prefs(json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    async fn with_prefs(prefs: Value) -> Self {
        let turn = TURN.lock().await;
        let (driver, url) = Driver::start().await;
        let profile = TempDir::new().unwrap();
        let mut args: Vec<String> = FLAGS.map(str::to_owned).into();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "binary": program("VERDICT_TEST_CHROMIUM", "/usr/bin/chromium"),
                "args": args,
                "prefs": prefs,
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let capabilities: Capabilities = serde_json::from_value(capabilities).unwrap();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&url)
            .await
            .unwrap();
        Self {
            client,
            _driver: driver,
            _profile: profile,
            _turn: turn,
        }
    }

    /// Waits for an element.
    pub(crate) async fn the(&self, css: &str) -> Element {
        let found = self
            .client
            .wait()
            .at_most(LIMIT)
            .for_element(Locator::Css(css))
            .await;
        found.unwrap_or_else(|error| panic!("no {css}: {error}"))
    }

    /// The text of an element, as displayed.
    pub(crate) async fn text(&self, css: &str) -> String {
        self.the(css).await.text().await.unwrap()
    }

    /// Waits for an element with this text.
    pub(crate) async fn shows(&self, css: &str, text: &str) {
        until(&format!("{css} shows {text:?}"), || async {
            match self.find(Locator::Css(css)).await {
                Ok(element) => element.text().await.is_ok_and(|shown| shown.contains(text)),
                Err(_) => false,
            }
        })
        .await;
    }

    /// Follows the link with this text.
    pub(crate) async fn follow(&self, text: &str) {
        let link = self
            .client
            .wait()
            .at_most(LIMIT)
            .for_element(Locator::LinkText(text))
            .await;
        link.unwrap_or_else(|error| panic!("no link {text:?}: {error}"))
            .click()
            .await
            .unwrap();
    }

    /// Enters a frame, until [`leave_frame`](Self::leave_frame).
    pub(crate) async fn look_into(&self, css: &str) {
        self.the(css).await.enter_frame().await.unwrap();
    }

    /// Waits until an element in a frame has this text.
    pub(crate) async fn frame_shows(&self, frame: &str, css: &str, wanted: &str) {
        until(&format!("{css} in {frame} shows {wanted:?}"), || async {
            self.look_into(frame).await;
            let found = self.find(Locator::Css(css)).await;
            let text = match found {
                Ok(element) => element.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            self.leave_frame().await;
            text.contains(wanted)
        })
        .await;
    }

    pub(crate) async fn leave_frame(&self) {
        self.client.enter_parent_frame().await.unwrap();
    }

    /// Follows a link that opens a new window, and switches to it. Returns the window before.
    pub(crate) async fn follow_to_new_window(&self, text: &str) -> WindowHandle {
        let here = self.client.window().await.unwrap();
        let before = self.client.windows().await.unwrap();
        self.follow(text).await;
        until("a window opens", || async {
            self.client.windows().await.unwrap().len() > before.len()
        })
        .await;
        let windows = self.client.windows().await.unwrap();
        let new = windows
            .into_iter()
            .find(|window| !before.contains(window))
            .unwrap();
        self.client.switch_to_window(new).await.unwrap();
        here
    }

    /// Closes this window and returns to another.
    pub(crate) async fn close_window(&self, back: WindowHandle) {
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(back).await.unwrap();
    }

    pub(crate) async fn press(&self, key: Key) {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Runs a script in the page.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Sets the width in CSS pixels and the colour scheme.
    pub(crate) async fn show_as(&self, width: u32, scheme: Scheme) {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
        let value = if scheme == Scheme::Dark {
            "dark"
        } else {
            "light"
        };
        let taste = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", taste).await;
    }

    async fn devtools(&self, command: &str, params: Value) {
        let body = json!({ "cmd": command, "params": params });
        self.issue("goog/cdp/execute", body).await.unwrap();
    }

    /// New console messages: errors, refused loads, policy violations.
    pub(crate) async fn complaints(&self) -> Vec<Value> {
        let log = self
            .issue("se/log", json!({ "type": "browser" }))
            .await
            .unwrap();
        log.as_array().unwrap().clone()
    }

    async fn issue(&self, path: &'static str, body: Value) -> Result<Value, CmdError> {
        self.client
            .issue_cmd(Extension {
                path,
                body: body.to_string(),
            })
            .await
    }

    /// Ends the session cleanly; a failing test does not.
    pub(crate) async fn quit(self) {
        self.client.clone().close().await.unwrap();
    }
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// A chromedriver command that is not in WebDriver.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: String,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.clone()))
    }
}

/// chromedriver and its browsers: a process group, killed as one.
struct Driver(Running);

impl Driver {
    /// Starts chromedriver on a port of its choice, and waits until it listens. It needs the same port on both
    /// address families, and exits if another process has one of them.
    async fn start() -> (Self, String) {
        let program = program("VERDICT_TEST_CHROMEDRIVER", "/usr/bin/chromedriver");
        for _ in 0..10 {
            let mut process =
                Running::start(Command::new(&program).arg("--port=0").process_group(0));
            if let Some(line) = process.line_or_end("started successfully on port").await {
                let port: String = line.chars().filter(char::is_ascii_digit).collect();
                return (Self(process), format!("http://127.0.0.1:{port}"));
            }
        }
        panic!("chromedriver found no free port in ten tries");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.kill_group();
    }
}

fn program(variable: &str, default: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| default.to_owned())
}
