//! What answers a request?
//!
//! The router; and before it `POST /graphql`, which nearly all requests are, without the router's look-up, boxes and
//! layers (`cargo bench --bench front` shows what that saves). Must not know: sockets, how an answer is made.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, Response};
use futures_util::FutureExt;
use futures_util::future::Either;
use tower_service::Service;

use super::around::{Caller, Frame};
use super::front::Front;
use super::graphql;
use super::plain::Plain;

/// Routes, and the one that goes past them.
#[derive(Clone)]
pub(super) struct App {
    router: Router,
    direct: Option<Arc<Plain>>,
}

impl App {
    /// Routes alone.
    pub(super) const fn new(router: Router) -> Self {
        Self { router, direct: None }
    }

    /// The routes of the front. Headers for other origins are a layer of the router: with them, nothing goes past it.
    pub(super) fn of(front: &Arc<Front>, router: Router) -> Self {
        let alone = front.settings.cors_origins.trim().is_empty();
        Self { router, direct: alone.then(|| Arc::new(Plain::new(front))) }
    }

    /// What answers plain questions before they are requests, if anything does.
    pub(super) fn plain(&self) -> Option<&Plain> {
        self.direct.as_deref()
    }

    /// Answers.
    pub(super) fn answer(
        &self,
        mut request: Request,
        caller: &Caller,
    ) -> impl Future<Output = Result<Response<Body>, Infallible>> + Send + use<> {
        let takes = |plain: &&Arc<Plain>| *request.method() == Method::POST && request.uri().path() == plain.path();
        match self.direct.as_ref().filter(takes) {
            Some(plain) => Either::Left(direct(Arc::clone(plain.front()), request, caller.clone()).map(Ok)),
            None => {
                request.extensions_mut().insert(caller.clone());
                Either::Right(self.router.clone().call(request))
            }
        }
    }
}

/// The answer to `POST /graphql`.
async fn direct(front: Arc<Front>, request: Request, caller: Caller) -> Response<Body> {
    let frame = Frame::of(&front, Some(caller.peer), &request);
    let begun = frame.begun();
    frame.around(graphql::answer_to(&front, Some(&caller), request, begun)).await
}
