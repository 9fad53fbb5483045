//! What has to do with codes: asking for them from many networks, and reading them where the provider would be.

mod client;
mod numbers;
pub mod oracle;
pub mod pump;
mod recorder;
pub mod sign_in;

use clap::Args;

/// Where the server is, and where it thinks its provider is.
#[derive(Args, Clone)]
pub struct Server {
    /// `host:port`. It must trust this machine as a proxy.
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: String,
    /// Where the server sends its messages: listened to here, in the place of Twilio.
    #[arg(long, default_value = "127.0.0.1:8085")]
    provider: String,
}
