//! Reads Rust as tokens: which paths a file names, where its functions begin and end. Tokens rather
//! than a parsed tree, so that the insides of macros count too.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path such as `crate::db::tx`, with the line where it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedPath {
    pub segments: Vec<String>,
    pub line: usize,
}

/// A function with its first line and its number of lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

impl NamedPath {
    /// Whether the path begins with `prefix`, written with `::`.
    pub fn starts_with(&self, prefix: &str) -> bool {
        let mut own = self.segments.iter();
        prefix.split("::").all(|segment| own.next().is_some_and(|other| other == segment))
    }
}

/// The tokens of a file; none when it is not Rust, which the compiler says better.
pub(super) fn of(text: &str) -> TokenStream {
    TokenStream::from_str(text).unwrap_or_default()
}

/// Every path of more than one segment, with the groups of `use a::{b, c::d}` spelt out.
pub(super) fn paths(tokens: TokenStream) -> Vec<NamedPath> {
    let mut found = Vec::new();
    collect_paths(tokens, &[], &mut found);
    found
}

fn collect_paths(tokens: TokenStream, prefix: &[String], found: &mut Vec<NamedPath>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        let TokenTree::Ident(first) = token else {
            if let TokenTree::Group(group) = token {
                collect_paths(group.stream(), &[], found);
            }
            next += 1;
            continue;
        };
        let line = first.span().start().line;
        let mut segments = prefix.to_vec();
        segments.push(first.to_string());
        next += 1;
        while is_path_separator(&tokens, next) {
            match tokens.get(next + 2) {
                Some(TokenTree::Ident(segment)) => segments.push(segment.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    collect_paths(group.stream(), &segments, found);
                }
                _ => {}
            }
            next += 3;
        }
        if segments.len() > 1 {
            found.push(NamedPath { segments, line });
        }
    }
}

fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(tokens.get(at)) && colon(tokens.get(at + 1))
}

/// Every function with a body, the nested ones too.
pub(super) fn functions(tokens: TokenStream) -> Vec<Function> {
    let mut found = Vec::new();
    collect_functions(tokens, &mut found);
    found
}

fn collect_functions(tokens: TokenStream, found: &mut Vec<Function>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "fn" => found.extend(function_at(&tokens, at)),
            TokenTree::Group(group) => collect_functions(group.stream(), found),
            _ => {}
        }
    }
}

fn function_at(tokens: &[TokenTree], at: usize) -> Option<Function> {
    let TokenTree::Ident(name) = tokens.get(at + 1)? else {
        return None; // a type such as `fn(u32) -> u32`
    };
    let line = tokens.get(at)?.span().start().line;
    let rest = tokens.get(at + 2..)?.iter();
    let body = rest
        .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
        .find(|token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace))?;
    let end = body.span().end().line;
    Some(Function { name: name.to_string(), line, lines: end - line + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        paths(of(text)).into_iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn groups_of_imports_are_spelt_out() {
        let found = names("use crate::{db::{pool, tx::Tx}, http};");
        assert_eq!(found, ["crate::db::pool", "crate::db::tx::Tx", "crate::db", "crate::http"]);
    }

    #[test]
    fn paths_in_expressions_and_macros_are_seen_and_comments_are_not() {
        let found = names("// crate::no::comment\nfn f() { a::b(); select!(x => crate::c::d()) }");
        assert_eq!(found, ["a::b", "crate::c::d"]);
    }

    #[test]
    fn functions_are_measured_from_signature_to_brace() {
        let text =
            "trait T {\n fn only_said(&self) -> u8;\n}\nfn one(\n a: u8,\n) -> u8\n{\n a\n}\n";
        let expected = Function { name: "one".into(), line: 4, lines: 6 };
        assert_eq!(functions(of(text)), [expected]);
    }

    #[test]
    fn nested_functions_and_types_of_functions_are_told_apart() {
        let text = "fn outer(f: fn(u8) -> u8) { fn inner() {} }";
        let found: Vec<String> = functions(of(text)).into_iter().map(|f| f.name).collect();
        assert_eq!(found, ["outer", "inner"]);
    }
}
