//! With which certificate does the server prove who it is?
//!
//! Must not know: connections, HTTP beyond the names of its versions.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::settings::Settings;

/// Speaks TLS where a certificate is given; HTTP/2 or HTTP/1.1 as the client prefers.
///
/// # Errors
/// Where a file cannot be read, or key and certificate do not fit.
pub(super) fn acceptor(settings: &Settings) -> Result<Option<TlsAcceptor>, String> {
    let (certificate, key) = (settings.tls_certificate.as_str(), settings.tls_key.as_str());
    match (certificate.is_empty(), key.is_empty()) {
        (true, true) => return Ok(None),
        (false, false) => {}
        _ => return Err("--tls-certificate and --tls-key are given together or not at all".to_owned()),
    }
    let chain: Vec<_> = CertificateDer::pem_file_iter(Path::new(certificate))
        .and_then(Iterator::collect)
        .map_err(|why| format!("cannot read the certificate {certificate}: {why}"))?;
    let key =
        PrivateKeyDer::from_pem_file(Path::new(key)).map_err(|why| format!("cannot read the key {key}: {why}"))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| format!("no version of TLS can be spoken: {why}"))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|why| format!("the certificate does not serve: {why}"))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}
