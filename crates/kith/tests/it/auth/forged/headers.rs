//! Headers that name other algorithms, other keys, or bring their own.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    super::mint::{Signer, ecdsa, encoded, hmac_of, joined},
    Case, Honest, case,
};

/// Other algorithms, with what a forger can compute for them.
pub fn algorithms(honest: &Honest) -> Vec<Case> {
    let (id, payload) = (&honest.key_id, honest.payload_text());
    let header = |alg: &str| format!(r#"{{"typ":"at+jwt","alg":"{alg}","kid":"{id}"}}"#);
    let mut cases = Vec::new();
    for none in ["none", "None", "NONE", "nOnE", "", " none"] {
        cases.push(case(format!("alg {none:?}"), joined(&header(none), &payload, |_| Vec::new())));
        cases.push(case(format!("alg {none:?}, signed"), honest.headed(&header(none))));
    }
    let public = honest.key.public();
    let mut der = hex::decode("302a300506032b6570032100").expect("a prefix");
    der.extend_from_slice(public);
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        STANDARD.encode(&der)
    );
    let secrets: [(&str, Vec<u8>); 6] = [
        ("the public key", public.to_vec()),
        ("its base64", encoded(public).into_bytes()),
        ("its DER", der),
        ("its PEM", pem.into_bytes()),
        ("its JWK", honest.key.jwk().to_string().into_bytes()),
        ("its name", id.clone().into_bytes()),
    ];
    for (name, secret) in secrets {
        cases.push(case(
            format!("HS256 with {name}"),
            hmac_of("HS256", &secret, &header("HS256"), &payload),
        ));
        cases.push(case(
            format!("EdDSA with {name}"),
            hmac_of("HS256", &secret, &honest.header, &payload),
        ));
    }
    for alg in ["HS384", "HS512"] {
        cases.push(case(alg, hmac_of(alg, public, &header(alg), &payload)));
    }
    for alg in ["RS256", "PS256", "ES256", "ES384", "ES512", "eddsa", "Ed448", "dir"] {
        cases.push(case(format!("{alg} below our signature"), honest.headed(&header(alg))));
    }
    cases.push(case("RS256", joined(&header("RS256"), &payload, |_| vec![1; 256])));
    cases.push(case("ES256 of its own", ecdsa(|_| header("ES256"), &payload)));
    let with_jwk =
        |jwk: Value| json!({ "typ": "at+jwt", "alg": "ES256", "kid": id, "jwk": jwk }).to_string();
    cases.push(case("ES256 with its key", ecdsa(with_jwk, &payload)));
    cases
}

/// Names of keys, and keys that the token itself brings.
pub fn keys(honest: &Honest) -> Vec<Case> {
    let (id, payload, foreign) = (&honest.key_id, honest.payload_text(), Signer::foreign());
    let mut cases = vec![
        case("another's key by our name", foreign.signs(&honest.header, &payload)),
        case("another's key by its name", foreign.signs(&foreign.header(), &payload)),
        case("no kid", honest.headed(r#"{"typ":"at+jwt","alg":"EdDSA"}"#)),
        case(
            "two kids",
            honest.headed(&format!(r#"{{"typ":"at+jwt","alg":"EdDSA","kid":"x","kid":"{id}"}}"#)),
        ),
        case("kid after the rest", honest.headed(&format!("{} ", honest.header))),
    ];
    for kid in [
        json!(""),
        json!(null),
        json!(0),
        json!(true),
        json!([id]),
        json!({ "id": id }),
        json!(id.to_uppercase()),
        json!("../../../../../../dev/null"),
        json!("/proc/self/environ"),
        json!("file:///dev/null"),
        json!("https://evil.example/key.pem"),
        json!("' union select 'AA' --"),
        json!(format!("{id}\u{0}")),
        json!(format!(" {id}")),
        json!("$(id)"),
        json!("{{7*7}}"),
    ] {
        let header = format!(r#"{{"typ":"at+jwt","alg":"EdDSA","kid":{kid}}}"#);
        cases.push(case(format!("kid {kid}"), honest.headed(&header)));
        let empty = hmac_of("HS256", b"", &header.replace("EdDSA", "HS256"), &payload);
        cases.push(case(format!("kid {kid}, empty secret"), empty));
    }
    let jwks = json!({ "keys": [foreign.jwk()] });
    for (name, value) in [
        ("jwk", foreign.jwk()),
        ("jwks", jwks),
        ("jku", json!("https://evil.example/jwks.json")),
        ("jku", json!("http://127.0.0.1:1/jwks.json")),
        ("x5u", json!("https://evil.example/chain.pem")),
        ("x5c", json!([STANDARD.encode(foreign.public())])),
        ("x5t", json!("AAAA")),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
        ("enc", json!("A128GCM")),
        ("admin", json!(true)),
    ] {
        let header = honest.header.replace('}', &format!(r#","{name}":{value}}}"#));
        cases.push(case(format!("{name} and our signature"), honest.headed(&header)));
        cases.push(case(format!("{name} and another's"), foreign.signs(&header, &payload)));
    }
    for typ in [
        json!("JWT"),
        json!("jwt"),
        json!("AT+JWT"),
        json!("application/at+jwt"),
        json!(null),
        json!(1),
    ] {
        let header = format!(r#"{{"typ":{typ},"alg":"EdDSA","kid":"{id}"}}"#);
        cases.push(case(format!("typ {typ}"), honest.headed(&header)));
    }
    cases.push(case("no typ", honest.headed(&format!(r#"{{"alg":"EdDSA","kid":"{id}"}}"#))));
    cases
}
