//! What answers a request?
//!
//! The router; and before it `POST /graphql`, which nearly all requests are, without the router's look-up, boxes and
//! layers (`cargo bench --bench front` shows what that saves). Must not know: sockets, how an answer is made.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response};
use futures_util::FutureExt;
use futures_util::future::Either;
use tower_service::Service;

use super::front::Front;
use super::{around, graphql};

/// Routes, and the one that goes past them.
#[derive(Clone)]
pub(super) struct App {
    router: Router,
    direct: Option<Direct>,
}

#[derive(Clone)]
struct Direct {
    front: Arc<Front>,
    /// The whole path.
    path: Arc<str>,
}

impl App {
    /// Routes alone.
    pub(super) const fn new(router: Router) -> Self {
        Self { router, direct: None }
    }

    /// The routes of the front. Headers for other origins are a layer of the router: with them, nothing goes past it.
    pub(super) fn of(front: &Arc<Front>, router: Router) -> Self {
        let direct = front.settings.cors_origins.trim().is_empty().then(|| Direct {
            front: Arc::clone(front),
            path: format!("{}/graphql", front.settings.base().trim_end_matches('/')).into(),
        });
        Self { router, direct }
    }

    /// Answers.
    pub(super) fn answer(
        &mut self,
        request: Request,
    ) -> impl Future<Output = Result<Response<Body>, Infallible>> + Send + use<> {
        let takes = |d: &&Direct| *request.method() == Method::POST && request.uri().path() == &*d.path;
        match self.direct.as_ref().filter(takes) {
            Some(direct) => Either::Left(direct.clone().answer(request).map(Ok)),
            None => Either::Right(self.router.call(request)),
        }
    }
}

impl Direct {
    async fn answer(self, request: Request) -> Response<Body> {
        let front = Arc::clone(&self.front);
        around::framed(&self.front, request, |request| graphql::handle(State(front), request)).await
    }
}
