//! `kith migrate`: brings the schemas up to date and ends.

use crate::{config::Config, start};

/// Starting does it; nothing else runs.
pub async fn run(config: Config) -> anyhow::Result<()> {
    start::start(config).await?.stop().await
}
