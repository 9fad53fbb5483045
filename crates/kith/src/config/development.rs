//! When development conveniences may be on: never where strangers can reach the server.

use serde::{Deserialize, Serialize};

use super::{Config, ConfigError, LimitProfile, Reviewer};

/// Numbers are given out again after weeks at the earliest.
const SHORTEST_SILENCE_DAYS: u64 = 30;

/// What the server is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// One machine, one developer or newcomer: sign-in codes appear in an inbox page.
    Development,
    /// People.
    Production,
}

impl Config {
    /// Development only if nobody else can reach the server, whatever was asked for.
    pub fn environment(&self) -> Environment {
        match self.environment {
            Some(environment) => environment,
            None if self.is_private() => Environment::Development,
            None => Environment::Production,
        }
    }

    /// Whether the server is reachable from this machine only.
    fn is_private(&self) -> bool {
        let url_is_loopback = self.public_url.as_ref().is_none_or(|url| match url.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        });
        self.http.address.ip().is_loopback()
            && url_is_loopback
            && self.http.trusted_proxies.is_empty()
    }

    /// Refuses settings that must not go together.
    pub fn check(&self) -> Result<(), ConfigError> {
        let contradiction = |text: &str| Err(ConfigError::Contradiction(text.to_owned()));
        if self.environment() == Environment::Development && !self.is_private() {
            return contradiction(
                "environment = development needs a loopback listen address, no public address and no trusted proxy",
            );
        }
        if self.limit_profile() == LimitProfile::Relaxed
            && self.environment() == Environment::Production
        {
            return contradiction("limits.profile = relaxed exists only in development");
        }
        if self
            .storage
            .url
            .as_deref()
            .is_some_and(|url| !url.starts_with("file:") && !url.starts_with("s3://"))
        {
            return contradiction("storage.url must start with file: or s3://");
        }
        if self.auth.recycle_days < SHORTEST_SILENCE_DAYS {
            return contradiction(
                "auth.recycle_days must be 30 or more: people go on long journeys",
            );
        }
        if self.auth.recycle_days <= self.auth.idle_days {
            return contradiction(
                "auth.recycle_days must be more than auth.idle_days: a phone that is still signed in keeps its number",
            );
        }
        self.auth.reviewers.iter().try_for_each(Reviewer::check)?;
        self.check_oidc()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(recycle_days: u64, idle_days: u64) -> Result<(), ConfigError> {
        let mut config = Config::defaults()?;
        config.auth.recycle_days = recycle_days;
        config.auth.idle_days = idle_days;
        config.check()
    }

    #[test]
    fn a_number_is_passed_on_only_after_weeks_and_after_the_last_session_ran_out() {
        for (recycle_days, idle_days) in [(180, 60), (30, 29), (61, 60)] {
            assert!(check(recycle_days, idle_days).is_ok(), "{recycle_days} {idle_days}");
        }
        for (recycle_days, idle_days) in [(29, 7), (60, 60), (59, 60), (180, 365)] {
            let refused = check(recycle_days, idle_days).expect_err("a contradiction");
            assert!(refused.to_string().contains("auth.recycle_days"), "{refused}");
        }
    }
}
