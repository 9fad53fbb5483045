//! The OpenAPI document: what is common to all operations. Paths and shapes come from the features.

use utoipa::openapi::{
    Info, OpenApi, RefOr, Response, ResponseBuilder,
    content::ContentBuilder,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use axum::{Router, routing::get};

use crate::{
    app::App,
    http::{problem, reply::Reply},
};

/// The document's frame.
pub fn base() -> OpenApi {
    let mut api = OpenApi::default();
    api.info = Info::new("Kith", "1");
    api.info.description = Some("Photos for your people, and only for them.".to_owned());
    let components = api.components.get_or_insert_with(Default::default);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-kith_access")));
    components.add_security_scheme("cookie", cookie);
    components.responses.insert("Problem".to_owned(), RefOr::T(problem_response()));
    api
}

/// The whole document: every operation may answer with a problem.
pub fn document() -> OpenApi {
    let (_, mut api) = crate::features::routes();
    for item in api.paths.paths.values_mut() {
        let operations =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let reference = utoipa::openapi::Ref::from_response_name("Problem");
            operation.responses.responses.insert("default".to_owned(), RefOr::Ref(reference));
        }
    }
    api
}

fn problem_response() -> Response {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
            "detail": { "type": "string" }, "instance": { "type": "string" },
            "retry_after": { "type": "integer" }, "attempts_left": { "type": "integer" },
            "errors": { "type": "array", "items": { "type": "object", "required": ["pointer", "detail"],
                "properties": { "pointer": { "type": "string" }, "detail": { "type": "string" } } } }
        }
    });
    let schema: Option<utoipa::openapi::Schema> = serde_json::from_value(schema).ok();
    ResponseBuilder::new()
        .description("A problem document (RFC 9457)")
        .content(problem::MEDIA_TYPE, ContentBuilder::new().schema(schema).build())
        .build()
}

/// `/openapi.json` and `/docs`.
pub fn routes() -> Router<App> {
    let document = document();
    let served = document.clone();
    Router::new().route("/openapi.json", get(move || async move { Reply(served.clone()) })).merge(
        utoipa_swagger_ui::SwaggerUi::new("/docs")
            .config(utoipa_swagger_ui::Config::from("/openapi.json")),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    /// Every `$ref` below a value, as a JSON pointer into the document.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    found.push(reference.trim_start_matches('#').to_owned());
                }
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    /// A shape that only a path names is not collected by itself, and would leave the reference hanging.
    #[test]
    fn every_reference_leads_to_a_shape() {
        let document = serde_json::to_value(super::document()).unwrap();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 100, "only {} references", found.len());
        found.retain(|pointer| document.pointer(pointer).is_none());
        assert_eq!(found, Vec::<String>::new(), "references to nothing");
    }
}
