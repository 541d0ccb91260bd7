//! What may the operator ask?
//!
//! A reload and the metrics, on an address of their own and with a token. Must not know: GraphQL.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{Response, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use subtle::ConstantTimeEq;

use super::front::Front;
use super::pages;
use super::releases::Reloaded;
use super::settings::Settings;

/// Bytes of the shortest token that is taken.
const TOKEN_BYTES: usize = 16;

#[derive(Clone)]
struct Token(Arc<[u8; 32]>);

/// The token of the settings, from themselves or from its file.
///
/// # Errors
/// Where there is none, or it is too short to keep anyone out.
pub(super) fn token(settings: &Settings) -> Result<String, String> {
    let token = match settings.admin_token_file.as_str() {
        "" => settings.admin_token.clone(),
        file => std::fs::read_to_string(file).map_err(|why| format!("cannot read the admin token {file}: {why}"))?,
    };
    let token = token.trim().to_owned();
    if token.len() < TOKEN_BYTES {
        return Err(format!("--admin-listen needs a token of {TOKEN_BYTES} bytes or more (--admin-token-file)"));
    }
    Ok(token)
}

/// The routes of the operator.
pub(super) fn router(front: Arc<Front>, token: &str) -> Router {
    let token = Token(Arc::new(*blake3::hash(token.as_bytes()).as_bytes()));
    Router::new()
        .route("/admin/reload", post(reload))
        .route("/metrics", get(pages::metrics))
        .layer(from_fn_with_state(token, allowed))
        .route("/health", get(pages::health))
        .with_state(front)
}

/// Lets a request through that carries the token. Hashes are compared, in constant time: neither the place of the first
/// wrong byte nor the length of the token shows.
async fn allowed(State(token): State<Token>, request: Request, next: Next) -> Response<Body> {
    let given = request.headers().get(AUTHORIZATION).and_then(|v| v.to_str().ok());
    let given = given.and_then(|v| v.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let given = blake3::hash(given.map_or("", |(_, token)| token.trim()).as_bytes());
    if bool::from(given.as_bytes().ct_eq(&*token.0)) {
        return next.run(request).await;
    }
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")], "the admin token is missing or wrong\n").into_response()
}

async fn reload(State(front): State<Arc<Front>>) -> Response<Body> {
    let (status, body) = match front.releases.reload().await {
        Reloaded::Live(release) => (StatusCode::OK, serde_json::json!({ "outcome": "live", "release": release })),
        Reloaded::Same(release) => (StatusCode::OK, serde_json::json!({ "outcome": "same", "release": release })),
        Reloaded::Broken(problems) => {
            let release = front.releases.current().release().to_owned();
            let problems: Vec<_> = problems.lines().collect();
            let body = serde_json::json!({ "outcome": "broken", "release": release, "problems": problems });
            (StatusCode::UNPROCESSABLE_ENTITY, body)
        }
    };
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
