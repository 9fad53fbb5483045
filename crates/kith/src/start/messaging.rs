//! The senders of text messages that the settings name. Nothing is sent here.

use std::{io::IsTerminal as _, sync::Arc, time::Duration};

use anyhow::{Context as _, bail, ensure};
use kith_messaging::{
    Both, Console, Fallback, Inbox, Sender, SmsSender, Twilio, TwilioConfig, VoiceLanguage, Way,
    Webhook, WebhookConfig,
};
use kith_types::time::Clock;
use url::Url;

use crate::config::{Config, Environment};

/// The sender of text messages, and what was sent where nothing leaves the machine.
pub fn messaging(
    config: &Config,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<(Arc<dyn SmsSender>, Option<Inbox>)> {
    let is_development = config.environment() == Environment::Development;
    let names: Vec<&str> = config.sms.providers.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["inbox"] | [] if is_development => {
            let inbox = Inbox::new(Arc::clone(clock));
            Ok((development_sender(&inbox), Some(inbox)))
        }
        [] => bail!(
            "set sms.providers and their credentials: people cannot sign in without text messages"
        ),
        names if names.contains(&"inbox") => bail!(
            "sms.providers = inbox exists only in development, and alone: configure twilio or webhook"
        ),
        names => {
            let ways = names.iter().map(|name| way(name, config, clock));
            let ways: Vec<Way> = ways.collect::<Result<_, _>>()?;
            let is_repeated = |at: usize| names[..at].contains(&names[at]);
            ensure!(!(0..names.len()).any(is_repeated), "sms.providers names a provider twice");
            let patience = Duration::from_millis(config.sms.patience_ms);
            Ok((Arc::new(Fallback::new(ways, patience, Arc::clone(clock))), None))
        }
    }
}

/// The inbox; where somebody sits at the terminal, a line there too. Never into a pipe, which may be a log.
fn development_sender(inbox: &Inbox) -> Arc<dyn SmsSender> {
    let terminal = std::io::stdout();
    if terminal.is_terminal() {
        Arc::new(Both(inbox.clone(), Console::new(terminal)))
    } else {
        Arc::new(inbox.clone())
    }
}

fn way(name: &str, config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Way> {
    let language =
        VoiceLanguage::parse(&config.sms.voice_language).context("sms.voice_language")?;
    let validity = Duration::from_secs(config.auth.code_seconds);
    let reports = reports(config, name);
    match name {
        "twilio" => {
            let twilio = TwilioConfig { language, reports, ..twilio(config, validity)? };
            Ok(Way { name: "twilio", sender: Arc::new(Twilio::new(twilio)?) })
        }
        "webhook" => {
            let webhook = WebhookConfig { language, reports, ..webhook(config, validity)? };
            let sender = Webhook::new(webhook, Arc::clone(clock))?;
            Ok(Way { name: "webhook", sender: Arc::new(sender) })
        }
        other => bail!("sms.providers = {other} is not known: use twilio or webhook"),
    }
}

/// Where a provider may report to: providers refuse addresses that the world cannot reach.
fn reports(config: &Config, provider: &str) -> Option<Url> {
    let public = config.public_url.as_ref().filter(|url| url.scheme() == "https")?;
    public.join(&format!("/v1/callbacks/sms/{provider}")).ok()
}

fn twilio(config: &Config, validity: Duration) -> anyhow::Result<TwilioConfig> {
    let sms = &config.sms;
    let (Some(account), Some(token), Some(sender)) =
        (&sms.twilio_account_sid, &sms.twilio_auth_token, &sms.twilio_from)
    else {
        bail!("sms.providers = twilio needs twilio_account_sid, twilio_auth_token and twilio_from");
    };
    let sender = Sender::parse(sender)?;
    let mut twilio = TwilioConfig::new(account.clone(), token.clone(), sender, validity);
    if let Some(url) = &sms.twilio_url {
        url.as_str().clone_into(&mut twilio.base);
    }
    Ok(twilio)
}

fn webhook(config: &Config, validity: Duration) -> anyhow::Result<WebhookConfig> {
    let (Some(url), Some(secret)) = (&config.sms.webhook_url, &config.sms.webhook_secret) else {
        bail!("sms.providers = webhook needs webhook_url and webhook_secret");
    };
    Ok(WebhookConfig::new(url.clone(), secret.clone(), validity))
}
