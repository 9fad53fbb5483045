//! The served document as judge: every answer of every test must be described by it, field by field.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::person::Answer;

/// Compiled schemas of all operations.
pub struct Contract {
    operations: Vec<Operation>,
}

struct Operation {
    method: String,
    segments: Vec<String>,
    /// Schema by status; none where the answer has no JSON body.
    answers: HashMap<u16, Option<Validator>>,
    problem: Validator,
}

/// Paths outside of the API proper.
const UNDOCUMENTED: &[&str] =
    &["/livez", "/readyz", "/dev", "/docs", "/openapi.json", "/v1/images"];

impl Contract {
    /// The contract, compiled once per process.
    pub fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<Contract>> = OnceLock::new();
        Arc::clone(SHARED.get_or_init(|| Arc::new(Self::compile(&document()))))
    }

    /// Every documented operation as (method, path template, whether it needs credentials).
    pub fn operations() -> Vec<(Method, String, bool)> {
        let document = document();
        let paths = document["paths"].as_object().cloned().unwrap_or_default();
        let mut found = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().cloned().unwrap_or_default() {
                // An empty requirement among them says that credentials are optional.
                let needs_credentials = operation["security"].as_array().is_some_and(|ways| {
                    !ways.is_empty() && ways.iter().all(|way| way != &json!({}))
                });
                let method =
                    Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
                found.push((method, path.clone(), needs_credentials));
            }
        }
        found
    }

    fn compile(document: &Value) -> Self {
        let components = closed(&document["components"]);
        let problem = validator(
            &components,
            &document["components"]["responses"]["Problem"]["content"]["application/problem+json"]
                ["schema"],
        );
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let responses = operation["responses"].as_object().into_iter().flatten();
                let answers = responses.filter_map(|(status, response)| {
                    let schema = &response["content"]["application/json"]["schema"];
                    let validator =
                        (!schema.is_null()).then(|| validator(&components, &closed(schema)));
                    Some((status.parse().ok()?, validator))
                });
                operations.push(Operation {
                    method: method.to_uppercase(),
                    segments: segments(path),
                    answers: answers.collect(),
                    problem: problem.clone(),
                });
            }
        }
        Self { operations }
    }

    /// Panics if the document does not describe the answer.
    #[track_caller]
    pub fn check(&self, method: &Method, path: &str, answer: &Answer) {
        let path = path.split('?').next().unwrap_or(path);
        if UNDOCUMENTED.iter().any(|prefix| path.starts_with(prefix)) {
            return;
        }
        let Some(operation) = self.find(method, path) else {
            assert!(
                matches!(answer.status.as_u16(), 404 | 405),
                "{method} {path} is not documented"
            );
            return;
        };
        let status = answer.status.as_u16();
        if status >= 400 {
            let kind = answer.header("content-type");
            assert_eq!(
                kind, "application/problem+json",
                "{method} {path} answered {status} without a problem"
            );
            return demand(&operation.problem, &answer.body, method, path, status);
        }
        match operation.answers.get(&status) {
            Some(Some(schema)) => demand(schema, &answer.body, method, path, status),
            Some(None) => assert!(
                answer.bytes.is_empty(),
                "{method} {path} {status} has an undocumented body"
            ),
            None if status == 304 => {}
            None => panic!("{method} {path} answered {status}, which is not documented"),
        }
    }

    fn find(&self, method: &Method, path: &str) -> Option<&Operation> {
        let actual = segments(path);
        let fits = |operation: &&Operation| {
            operation.method == method.as_str()
                && operation.segments.len() == actual.len()
                && operation
                    .segments
                    .iter()
                    .zip(&actual)
                    .all(|(known, given)| known.starts_with('{') || known == given)
        };
        // A fixed segment wins over a parameter.
        let parameters = |operation: &&Operation| {
            operation.segments.iter().filter(|s| s.starts_with('{')).count()
        };
        self.operations.iter().filter(fits).min_by_key(parameters)
    }
}

fn document() -> Value {
    serde_json::to_value(kith::openapi::document()).expect("the document is JSON")
}

fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/').split('/').map(str::to_owned).collect()
}

fn validator(components: &Value, schema: &Value) -> Validator {
    let mut root = json!({ "components": components });
    if let (Value::Object(root), Value::Object(schema)) = (&mut root, schema) {
        root.extend(schema.clone());
    }
    jsonschema::options()
        .should_validate_formats(true)
        .build(&root)
        .expect("the document's schemas are valid")
}

/// Objects take only the fields that are described: an undocumented field is a failure.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let mut closed: Map<String, Value> =
                fields.iter().map(|(key, value)| (key.clone(), closed_in(key, value))).collect();
            let is_plain = fields.get("properties").is_some_and(Value::is_object)
                && !["allOf", "oneOf", "anyOf", "additionalProperties"]
                    .iter()
                    .any(|key| fields.contains_key(*key));
            if is_plain {
                closed.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            Value::Object(closed)
        }
        Value::Array(items) => Value::Array(items.iter().map(closed).collect()),
        other => other.clone(),
    }
}

fn closed_in(key: &str, value: &Value) -> Value {
    // Names of properties are no keywords.
    match (key, value) {
        ("properties", Value::Object(properties)) => Value::Object(
            properties.iter().map(|(name, schema)| (name.clone(), closed(schema))).collect(),
        ),
        _ => closed(value),
    }
}

#[track_caller]
fn demand(schema: &Validator, body: &Value, method: &Method, path: &str, status: u16) {
    let errors: Vec<String> = schema
        .iter_errors(body)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(
        errors.is_empty(),
        "{method} {path} {status} is not as documented: {errors:#?}\n{body:#}"
    );
}
