//! The WebAuthn library and what it is asked here: options for the browser, a state to keep with them, and a
//! judgement of the answer. It must never read or write a row.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kith_types::id::UserId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use url::{Host, Url};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::{app::App, http::problem::Problem};

/// How long a challenge may be answered.
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(5);

/// What browsers bind passkeys to.
pub struct Names {
    id: String,
    origin: Url,
}

impl Names {
    /// The public address, if its host is a name. A developer's address of numbers goes by the name that
    /// browsers take for the same machine.
    pub fn of(app: &App) -> Option<Self> {
        let mut origin = Url::parse(app.public_origin()).ok()?;
        let is_loopback = match origin.host()? {
            Host::Domain(name) => return Some(Self { id: name.to_owned(), origin }),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        if !(is_loopback && app.is_development()) {
            return None;
        }
        origin.set_host(Some("localhost")).ok()?;
        Some(Self { id: "localhost".to_owned(), origin })
    }
}

/// What goes to the browser, and what is kept until it answers.
pub struct Ceremony {
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON`.
    pub options: Value,
    /// The challenge, and what was asked with it.
    pub state: Value,
}

/// Who gets a passkey.
pub struct Owner {
    /// Comes back with every sign-in.
    pub id: UserId,
    /// What the authenticator lists it under.
    pub username: String,
    /// The same for people.
    pub display_name: String,
}

/// A passkey that was just made.
pub struct Made {
    /// The authenticator's name for it.
    pub credential_id: Vec<u8>,
    /// What is kept.
    pub credential: Value,
}

/// Whose answer it claims to be. Nothing of it is proven yet.
pub struct Claim {
    /// The owner by their user handle.
    pub owner: UserId,
    /// Which credential.
    pub credential_id: Vec<u8>,
}

/// Why an answer counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not the answer to this challenge by this credential.
    Wrong,
    /// It is, and the authenticator has counted less than it had before: there may be two of it.
    CountedBack,
}

/// This server as authenticators know it.
pub struct RelyingParty(Webauthn);

impl RelyingParty {
    /// The relying party, where passkeys are offered.
    pub fn of(app: &App) -> Result<Self, Problem> {
        let names = Names::of(app).filter(|_| app.config().auth.passkeys);
        let names = names.ok_or_else(Problem::not_found)?;
        let builder = WebauthnBuilder::new(&names.id, &names.origin).map_err(Problem::internal)?;
        let webauthn = builder.rp_name("Kith").timeout(CHALLENGE_LIFE).build();
        Ok(Self(webauthn.map_err(Problem::internal)?))
    }

    /// Asks for a new passkey that is none of `known`.
    pub fn start_registration(
        &self,
        owner: &Owner,
        known: Vec<Vec<u8>>,
    ) -> Result<Ceremony, Problem> {
        let (asked, state) = self
            .0
            .start_passkey_registration(
                owner.id.uuid(),
                &owner.username,
                &owner.display_name,
                Some(known),
            )
            .map_err(Problem::internal)?;
        let mut ceremony = Ceremony::of(&asked.public_key, &state)?;
        // One that does not say whose it is could not sign in by itself.
        let selection = &mut ceremony.options["authenticatorSelection"];
        selection["residentKey"] = json!("required");
        selection["requireResidentKey"] = json!(true);
        Ok(ceremony)
    }

    /// Judges a new passkey.
    pub fn finish_registration(&self, state: &Value, answer: &Value) -> Option<Made> {
        let state: PasskeyRegistration = read(state)?;
        if is_framed(answer) {
            return None;
        }
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let made = self.0.finish_passkey_registration(&answer, &state).ok()?;
        let credential = serde_json::to_value(&made).ok()?;
        Some(Made { credential_id: made.cred_id().clone(), credential })
    }

    /// Asks whoever it is for one of their passkeys.
    pub fn start_login(&self) -> Result<Ceremony, Problem> {
        let (asked, state) =
            self.0.start_discoverable_authentication().map_err(Problem::internal)?;
        Ceremony::of(&asked.public_key, &state)
    }

    /// Reads whose answer it claims to be.
    pub fn claim(&self, answer: &Value) -> Option<Claim> {
        let answer: PublicKeyCredential = read(answer)?;
        let (owner, credential_id) = self.0.identify_discoverable_authentication(&answer).ok()?;
        Some(Claim { owner: owner.into(), credential_id: credential_id.to_vec() })
    }

    /// Judges an answer; what is to be kept of the credential from now on.
    pub fn finish_login(
        &self,
        state: &Value,
        answer: &Value,
        credential: &Value,
    ) -> Result<Value, Refusal> {
        let state: DiscoverableAuthentication = read(state).ok_or(Refusal::Wrong)?;
        let mut passkey: Passkey = read(credential).ok_or(Refusal::Wrong)?;
        if is_framed(answer) {
            return Err(Refusal::Wrong);
        }
        let answer: PublicKeyCredential = read(answer).ok_or(Refusal::Wrong)?;
        let result = self.0.finish_discoverable_authentication_v2(&answer, state, &passkey);
        let result = result.map_err(|error| match error {
            WebauthnError::CredentialPossibleCompromise => Refusal::CountedBack,
            _ => Refusal::Wrong,
        })?;
        passkey.update_credential(&result).ok_or(Refusal::Wrong)?;
        serde_json::to_value(&passkey).map_err(|_| Refusal::Wrong)
    }
}

impl Ceremony {
    fn of(options: &impl Serialize, state: &impl Serialize) -> Result<Self, Problem> {
        let options = serde_json::to_value(options).map_err(Problem::internal)?;
        let state = serde_json::to_value(state).map_err(Problem::internal)?;
        Ok(Self { options, state })
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// Whether the browser says that the page which asked stood inside of another site's: the library looks at
/// that for new passkeys only.
fn is_framed(answer: &Value) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ClientData {
        #[serde(default)]
        cross_origin: bool,
        top_origin: Option<String>,
    }
    let encoded = answer.pointer("/response/clientDataJSON").and_then(Value::as_str);
    let bytes = encoded.and_then(|encoded| URL_SAFE_NO_PAD.decode(encoded).ok());
    let data = bytes.and_then(|bytes| serde_json::from_slice::<ClientData>(&bytes).ok());
    // What cannot be read is refused like what is framed.
    data.is_none_or(|data| data.cross_origin || data.top_origin.is_some())
}
