//! Readers' pages and their routes. `GET` and `HEAD` never change anything; every change is a `POST`.

mod archive;
mod cache;
mod card;
mod comparison;
mod error;
mod extract;
mod feed;
mod fonts;
mod form;
mod headers;
mod health;
mod limits;
mod logo;
mod network;
mod places;
mod random;
mod server;
mod settings;
mod span;
mod style;
mod subscribe;
mod suspicion;
mod unsubscribe;
mod vote;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use strum::VariantArray as _;
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::config::LogoKind;
use crate::readers::{Leaving, Voting};
use cache::Pages;
use health::Health;
use vote::Comparisons;

pub use fonts::{MissingFonts, missing_fonts};
pub use health::health;
pub use limits::Limits;
pub use server::{serve, serve_within};

/// Most bytes in a request's body: forms are a few lines.
const BODY: usize = 16 * 1024;

/// The routes. Call it inside a tokio runtime: it starts tasks.
pub fn routes(app: App) -> Router {
    routes_with(app, Router::new())
}

/// The routes, and `more` with the same headers and limits.
pub fn routes_with(app: App, more: Router) -> Router {
    let around = middleware::from_fn_with_state(Arc::new(app.clone()), around);
    by_link()
        .merge(public(&app))
        .merge(joining())
        .merge(health::routes())
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .with_state(Handlers(Arc::new(Shared {
            leaving: Leaving::start(app.clone()),
            voting: Voting::start(app.clone()),
            health: Health::new(app.clone()),
            app,
            comparisons: Comparisons::default(),
        })))
        .merge(more)
        .layer(around)
}

/// Middleware for every request: one layer, since each copies all that is inside it.
async fn around(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    DefaultBodyLimit::max(BODY).apply(&mut request);
    let is_personal = headers::is_personal(&request);
    let response = error::show(&app, span::enter(request, next).await);
    headers::secure(response, is_personal)
}

/// Pages that a link in a mail opens. Some programs and proxies put a slash behind it.
fn by_link() -> Router<Handlers> {
    let routes = [
        ("/u/{token}", get(unsubscribe::ask).post(unsubscribe::act)),
        (
            "/confirm/{token}",
            get(subscribe::ask_to_confirm).post(subscribe::confirm),
        ),
        ("/v/{token}/{tool}/{choice}", get(vote::ask).post(vote::act)),
        (
            "/undo/{token}",
            get(unsubscribe::ask_to_undo).post(unsubscribe::undo),
        ),
        (
            "/settings/{token}",
            get(settings::ask).post(settings::mail_link),
        ),
        ("/reader/{token}", get(settings::show).post(settings::save)),
        (
            "/reader/{token}/address",
            get(settings::back).post(settings::ask_to_move),
        ),
        (
            "/reader/{token}/erase",
            get(settings::back).post(settings::ask_to_erase),
        ),
        ("/reader/{token}/{file}", get(settings::export)),
        (
            "/address/{token}",
            get(settings::confirm_address).post(settings::change_address),
        ),
        (
            "/erase/{token}",
            get(settings::confirm_erase).post(settings::erase),
        ),
    ];
    routes
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| {
            router
                .route(path, methods.clone())
                .route(&format!("{path}/"), methods)
        })
}

/// Pages that look the same to everyone.
fn public(app: &App) -> Router<Handlers> {
    let kept = Pages::new(app.config.web.cache);
    let changing = Router::new()
        .route("/", get(archive::home))
        .route("/issues", get(archive::archive))
        .route("/issues/{slug}", get(comparison::comparison))
        .route("/tools/{slug}", get(archive::tool))
        .route("/feed.xml", get(feed::feed))
        .route("/sitemap.xml", get(feed::sitemap))
        .route_layer(middleware::from_fn_with_state(
            kept.clone(),
            cache::changing,
        ));
    let logo =
        |router: Router<Handlers>, kind: &LogoKind| router.route(kind.path(), get(logo::logo));
    let fixed = LogoKind::VARIANTS
        .iter()
        .fold(Router::new(), logo)
        .route("/robots.txt", get(feed::robots))
        .route("/style.css", get(style::style))
        .route("/script.js", get(style::script))
        .route("/issues/{slug}/card.png", get(card::card))
        .route_layer(middleware::from_fn_with_state(kept, cache::fixed));
    changing.merge(fixed)
}

/// The sign-up form. Its stamp is nobody's secret, so it may be compressed.
fn joining() -> Router<Handlers> {
    Router::new()
        .route("/subscribe", get(subscribe::ask).post(subscribe::act))
        .route_layer(CompressionLayer::new())
        .route("/subscribe/sent", get(subscribe::sent))
        .route("/subscribe/stamp", get(subscribe::stamp))
}

/// The state of all handlers. Each layer clones it for each request.
#[derive(Clone)]
struct Handlers(Arc<Shared>);

struct Shared {
    app: App,
    comparisons: Comparisons,
    health: Health,
    leaving: Leaving,
    voting: Voting,
}

impl FromRef<Handlers> for Voting {
    fn from_ref(handlers: &Handlers) -> Self {
        handlers.0.voting.clone()
    }
}

impl FromRef<Handlers> for Comparisons {
    fn from_ref(handlers: &Handlers) -> Self {
        handlers.0.comparisons.clone()
    }
}

impl FromRef<Handlers> for Health {
    fn from_ref(handlers: &Handlers) -> Self {
        handlers.0.health.clone()
    }
}

impl FromRef<Handlers> for App {
    fn from_ref(handlers: &Handlers) -> Self {
        handlers.0.app.clone()
    }
}
