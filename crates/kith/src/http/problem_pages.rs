//! `/problems` and `/problems/<slug>`: what each `type` of a problem document means, for people who follow it.

use std::fmt::Write as _;

use axum::{
    Router,
    extract::Request,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::problem::{Kind, Problem};
use crate::app::App;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new().route("/problems", get(index)).route("/problems/{slug}", get(page))
}

async fn index() -> Html<String> {
    let mut rows = String::new();
    for kind in Kind::ALL {
        // Writing to a string does not fail.
        let _ =
            write!(rows, "<li><a href=\"/problems/{0}\">{0}</a>: {1}", kind.slug(), kind.title());
    }
    document("Problems", &format!("<ul>{rows}</ul>"))
}

async fn page(request: Request) -> Response {
    let slug = request.uri().path().trim_start_matches("/problems/");
    match Kind::ALL.iter().find(|kind| kind.slug() == slug) {
        Some(kind) => {
            let text = format!(
                "<p>HTTP status {}. The <code>detail</code> of the answer says what to do; <code>instance</code> is \
                 the id under which the operator finds the request.</p><p><a href=\"/problems\">All problems</a></p>",
                kind.status().as_u16()
            );
            document(kind.title(), &text).into_response()
        }
        None => Problem::not_found().into_response(),
    }
}

fn document(title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><h1>{title}</h1>{body}</html>"
    ))
}
