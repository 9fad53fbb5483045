//! Mail by SMTP submission (RFC 6409), encrypted by TLS from the first byte or by STARTTLS.
//!
//! Owns the form of the mail. Must never send a code or a credential in the clear, except to a server on this
//! machine, and never tries twice by itself.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox as NamedAddress,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use crate::{MailError, MailFault, MailMessage, MailSender};

/// A person waits for this.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A mail server.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// `smtps://name:password@host:port` or `smtp://…`.
    pub url: SecretString,
    /// Who the mails come from.
    pub from: String,
    /// PEM of the authority that signs the server's certificate, instead of those of the system.
    pub authority: Option<Vec<u8>>,
    /// Longest wait for each of its answers, and for all of them.
    pub timeout: Duration,
}

/// Why a mail server cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpConfigError {
    /// The address of the server is not one.
    #[error("mail.url must be smtps://name:password@host or smtp://name:password@host")]
    Url,
    /// The sender is not one.
    #[error("mail.from must be an address like kith@example.org or Kith <kith@example.org>")]
    From,
    /// The authority is not one.
    #[error("mail.ca_file must be a certificate in PEM")]
    Authority,
}

/// Sends through a mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: NamedAddress,
    timeout: Duration,
}

impl SmtpConfig {
    /// A server with the usual time limit.
    pub fn new(url: SecretString, from: String) -> Self {
        Self { url, from, authority: None, timeout: TIMEOUT }
    }
}

impl Smtp {
    /// Checks the settings; connects to nothing yet.
    pub fn new(config: &SmtpConfig) -> Result<Self, SmtpConfigError> {
        let from: NamedAddress = config.from.parse().map_err(|_| SmtpConfigError::From)?;
        let url = Url::parse(config.url.expose_secret()).map_err(|_| SmtpConfigError::Url)?;
        let host = url.host_str().ok_or(SmtpConfigError::Url)?;
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(tls_of(host, config)?), 465),
            "smtp" if is_loopback(&url) && config.authority.is_none() => (Tls::None, 25),
            "smtp" => (Tls::Required(tls_of(host, config)?), 587),
            _ => return Err(SmtpConfigError::Url),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .timeout(Some(config.timeout));
        if !url.username().is_empty() {
            let password = decoded(url.password().unwrap_or_default());
            builder = builder.credentials(Credentials::new(decoded(url.username()), password));
        }
        Ok(Self { transport: builder.build(), from, timeout: config.timeout })
    }

    fn compose(&self, mail: &MailMessage) -> Option<Message> {
        let to: Address = mail.to.as_str().parse().ok()?;
        let since_epoch = u64::try_from(mail.sent_at.unix_milliseconds()).ok()?;
        Message::builder()
            .from(self.from.clone())
            .to(NamedAddress::new(None, to))
            .subject(mail.subject.clone())
            .date(UNIX_EPOCH + Duration::from_millis(since_epoch))
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.expose_secret().to_owned())
            .ok()
    }
}

#[async_trait::async_trait]
impl MailSender for Smtp {
    async fn send(&self, mail: MailMessage) -> Result<(), MailError> {
        let message = self.compose(&mail).ok_or(MailError::Permanent(MailFault::NotUnderstood))?;
        // The limit of the connection counts each answer; a server that dribbles them ends here.
        let sending = tokio::time::timeout(self.timeout, self.transport.send(message));
        match sending.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(judged(&error)),
            Err(_) => Err(MailError::Unknown),
        }
    }
}

/// The error itself is dropped: servers repeat addresses in what they say.
fn judged(error: &Error) -> MailError {
    let code = error.status().map(|code| MailFault::Refused(u16::from(code)));
    match code {
        Some(fault) if is_about_the_address(error) => MailError::Permanent(fault),
        Some(fault) => MailError::Temporary(fault),
        None if error.is_timeout() => MailError::Unknown,
        None if error.is_response() => MailError::Temporary(MailFault::NotUnderstood),
        None => MailError::Temporary(MailFault::NotReached),
    }
}

/// 550, 551, 553 and 556 are about the mailbox (RFC 5321, section 4.2.3; RFC 7504); 535 and the like are about us.
fn is_about_the_address(error: &Error) -> bool {
    error.status().is_some_and(|code| [550, 551, 553, 556].contains(&u16::from(code)))
}

fn tls_of(host: &str, config: &SmtpConfig) -> Result<TlsParameters, SmtpConfigError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = &config.authority {
        let authority = Certificate::from_pem(pem).map_err(|_| SmtpConfigError::Authority)?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authority);
    }
    builder.build_rustls().map_err(|_| SmtpConfigError::Authority)
}

/// User information of an address is percent-encoded.
fn decoded(text: &str) -> String {
    // Only `%` sequences are read; a plus sign stays one.
    let text = text.replace('+', "%2B");
    let pair = format!("a={text}");
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn is_loopback(url: &Url) -> bool {
    // The scheme is none that browsers know, so addresses of hosts are not read as such.
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost"
                || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Says that no person wrote it, so that nobody's holiday answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
