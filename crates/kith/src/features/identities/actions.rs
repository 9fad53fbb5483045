//! What happens on the way to a service and back, in the order in which it must happen. Nothing is asked of a
//! service while a transaction is open.

use std::{sync::Arc, time::Duration};

use kith_types::{
    id::{SessionId, UserId},
    time::Timestamp,
    visibility::AuthMethod,
};
use url::Url;

use super::{
    exchange::{self, Exchange},
    flow::{self, BrowserSecret},
    provider::Provider,
    refusal::{Failure, Fault, Refusal, taken},
    return_to::ReturnTo,
    store::{self, Flow, Linking, Taken},
};
use crate::{
    app::App,
    features::{
        auth::{self, Granted, Opening},
        security::{self, Fact},
        ways_in,
    },
    http::{auth::Me, problem::Problem},
};

/// How long somebody may be away.
pub const MAX_AWAY: Duration = Duration::from_mins(10);

/// A way that was begun: where the browser goes, and what it keeps.
pub struct Begun {
    /// The service's page.
    pub address: Url,
    /// The cookie.
    pub cookie: String,
}

/// What a service sent a browser back with.
#[derive(Default)]
pub struct Answer {
    /// The state that was sent along.
    pub state: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// Who says that it sent it (RFC 9207).
    pub issuer: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Who came back.
pub struct Arrival {
    /// The browser's cookie.
    pub browser: Option<BrowserSecret>,
    /// The session that it shows, if any.
    pub session: Option<SessionId>,
    /// The session that a sign-in begins.
    pub opening: Opening,
}

/// A way that ended well.
pub struct Done {
    /// Where the browser goes.
    pub return_to: String,
    /// The new session; none after a linking.
    pub granted: Option<Granted>,
}

/// Begins a way: a sign-in, or the linking to an account.
pub async fn begin(
    app: &App,
    provider: &Provider,
    return_to: ReturnTo,
    linking: Option<&Me>,
) -> Result<Begun, Failure> {
    let discovery = provider.discovery(app.now()).await;
    let discovery = discovery.map_err(|fault| Failure::of(&provider.name, fault))?;
    let (secret, state) = (BrowserSecret::draw(app), flow::draw_state(app));
    let hashes = (flow::state_hash(&state), secret.hash());
    let linking = linking.map(|me| Linking { user: me.user_id, session: me.session_id });
    let (name, return_to) = (Arc::new(provider.name.clone()), Arc::new(return_to));
    app.tx("identities.begin", move |tx| {
        let (name, return_to) = (Arc::clone(&name), Arc::clone(&return_to));
        async move {
            let flow = Flow {
                state_hash: &hashes.0,
                browser_hash: &hashes.1,
                provider: &name,
                return_to: return_to.as_str(),
                linking,
                expires_at: tx.now() + MAX_AWAY,
            };
            store::insert_flow(&tx, &flow).await
        }
    })
    .await?;
    let address = flow::authorization_address(app, provider, &discovery, &secret, &state);
    Ok(Begun { address, cookie: secret.cookie() })
}

/// Ends a way. It is taken before anything else, so that it never ends twice, however it ends.
pub async fn finish(
    app: &App,
    provider: &Provider,
    answer: Answer,
    arrival: Arrival,
) -> Result<Done, Failure> {
    let (Some(state), Some(browser)) = (&answer.state, &arrival.browser) else {
        return Err(Refusal::Expired.into());
    };
    let taken = take(app, provider, state, browser).await?;
    let of_this = |fault| Failure::of(&provider.name, fault);
    require_issuer(app, provider, answer.issuer.as_deref()).await.map_err(of_this)?;
    let code = match (&answer.error, &answer.code) {
        (None, Some(code)) => code,
        (Some(error), _) if error == "access_denied" => return Err(Refusal::Cancelled.into()),
        _ => return Err(of_this(Fault::Wrong("it sent the person back without a code"))),
    };
    let exchange = Exchange {
        code,
        redirect_uri: &flow::redirect_uri(app, provider),
        verifier: &browser.verifier(),
        nonce: &browser.nonce(),
    };
    let subject = exchange::subject(app, provider, &exchange).await.map_err(of_this)?;
    let index = app.keys().identity_index(&provider.issuer, &subject);
    let granted = match taken.linking {
        Some(linking) => {
            // Whoever signed in here meanwhile is somebody else, or at least another session.
            if arrival.session.is_some_and(|session| session != linking.session) {
                return Err(Refusal::Expired.into());
            }
            link(app, provider, linking, index).await?;
            None
        }
        None => Some(sign_in(app, index, arrival.opening).await?),
    };
    Ok(Done { return_to: taken.return_to, granted })
}

async fn take(
    app: &App,
    provider: &Provider,
    state: &str,
    browser: &BrowserSecret,
) -> Result<Taken, Failure> {
    let (state, browser) = (flow::state_hash(state), browser.hash());
    let name = Arc::new(provider.name.clone());
    let taken = app.tx("identities.take", move |tx| {
        let name = Arc::clone(&name);
        async move { store::take_flow(&tx, &state, &browser, &name).await }
    });
    taken.await?.ok_or(Refusal::Expired.into())
}

/// An answer of another service than the one that was asked is a mix-up, and its code must not reach anybody.
async fn require_issuer(app: &App, provider: &Provider, issuer: Option<&str>) -> Result<(), Fault> {
    match issuer {
        Some(issuer) if issuer == provider.issuer => Ok(()),
        Some(_) => Err(Fault::Wrong("the answer is of another issuer")),
        None => {
            let discovery = provider.discovery(app.now()).await?;
            let must_say = discovery.authorization_response_iss_parameter_supported;
            if must_say { Err(Fault::Wrong("the answer does not say its issuer")) } else { Ok(()) }
        }
    }
}

async fn sign_in(app: &App, index: [u8; 32], opening: Opening) -> Result<Granted, Failure> {
    let (app_in, opening) = (app.clone(), Arc::new(opening));
    let granted = app
        .tx("identities.sign_in", move |tx| {
            let (app, opening) = (app_in.clone(), Arc::clone(&opening));
            async move {
                let Some(user) = store::use_identity(&tx, &index).await? else { return Ok(None) };
                auth::begin_session(&app, &tx, user, AuthMethod::Social, &opening).await.map(Some)
            }
        })
        .await?;
    granted.ok_or(Refusal::Unknown.into())
}

async fn link(
    app: &App,
    provider: &Provider,
    linking: Linking,
    index: [u8; 32],
) -> Result<(), Failure> {
    let (app_in, name) = (app.clone(), Arc::new(provider.name.clone()));
    let is_linked = app
        .tx("identities.link", move |tx| {
            let (app, name) = (app_in.clone(), Arc::clone(&name));
            async move {
                let Linking { user, session } = linking;
                if !store::hold_session(&tx, linking).await? {
                    return Ok(false);
                }
                match store::owner(&tx, &index).await? {
                    Some(owner) if owner == user => return Ok(true),
                    Some(_) => return Err(taken()),
                    None => store::link(&app, &tx, user, &name, &index).await?,
                }
                security::record(&app, &tx, user, Some(session), Fact::IdentityLinked).await?;
                Ok(true)
            }
        })
        .await?;
    if is_linked { Ok(()) } else { Err(Refusal::Expired.into()) }
}

/// Takes one of my identities away, unless nothing else leads in.
pub async fn unlink(app: &App, me: &Me, provider: &str) -> Result<(), Problem> {
    let (app_in, name) = (app.clone(), Arc::new(provider.to_owned()));
    let (user, session) = (me.user_id, me.session_id);
    app.tx("identities.unlink", move |tx| {
        let (app, name) = (app_in.clone(), Arc::clone(&name));
        async move {
            ways_in::hold(&tx, user).await?;
            if !store::unlink(&tx, user, &name).await? {
                return Err(Problem::not_found());
            }
            ways_in::require_one(&app, &tx, user).await?;
            security::record(&app, &tx, user, Some(session), Fact::IdentityUnlinked).await
        }
    })
    .await
}

/// The services that a person signs in with, and since when.
pub async fn linked(app: &App, user: UserId) -> Result<Vec<(String, Timestamp)>, Problem> {
    store::list(app, user).await
}
