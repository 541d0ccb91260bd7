//! What can be set, to what, and how is it said?
//!
//! One table: flags, environment (`TRIALWEAVE_…`), configuration file, `serve --print-config` and the limits of
//! `meta.limits` are all made from it. Later sources win: default, file, environment, flag. Must not know: what any
//! setting does.

use std::fmt::Write as _;
use std::net::SocketAddr;

use crate::graphql::Limits;

/// A setting as it is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// Its key in files: `body-bytes`; the flag is `--body-bytes`, the variable `TRIALWEAVE_BODY_BYTES`.
    pub key: &'static str,
    /// What it does.
    pub what: &'static str,
    /// Whether it is on or off, so that the flag needs no value.
    pub is_switch: bool,
    /// Whether its value is never shown.
    pub is_secret: bool,
}

/// A value that can be written as text.
trait Value: Sized {
    const SWITCH: bool = false;
    fn read(text: &str) -> Result<Self, String>;
    fn toml(&self) -> String;
    fn number(&self) -> u64 {
        0
    }
}

impl Value for u64 {
    fn read(text: &str) -> Result<Self, String> {
        text.replace('_', "").parse().map_err(|_| format!("{text:?} is no whole number from 0"))
    }
    fn toml(&self) -> String {
        self.to_string()
    }
    fn number(&self) -> u64 {
        *self
    }
}

impl Value for bool {
    const SWITCH: bool = true;
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "true" | "1" | "on" | "yes" => Ok(true),
            "false" | "0" | "off" | "no" => Ok(false),
            _ => Err(format!("{text:?} is neither true nor false")),
        }
    }
    fn toml(&self) -> String {
        self.to_string()
    }
}

impl Value for String {
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
    fn toml(&self) -> String {
        toml::Value::String(self.clone()).to_string()
    }
}

impl Value for SocketAddr {
    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("{text:?} is no address such as 127.0.0.1:8000"))
    }
    fn toml(&self) -> String {
        format!("\"{self}\"")
    }
}

macro_rules! settings {
    ($($field:ident $key:literal $($limit:literal)? : $ty:ty = $default:expr, $what:literal;)+) => {
        /// Everything that can be set.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Settings {
            $(#[doc = $what] pub $field: $ty,)+
            /// Limits on one request.
            pub limits: Limits,
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: $default,)+ limits: Limits::default() }
            }
        }

        const OWN: &[Declared] = &[$(Declared {
            key: $key,
            what: $what,
            is_switch: <$ty as Value>::SWITCH,
            is_secret: matches!($key.as_bytes(), b"admin-token"),
        },)+];

        impl Settings {
            fn set_own(&mut self, key: &str, text: &str) -> Option<Result<(), String>> {
                match key {
                    $($key => Some(<$ty as Value>::read(text).map(|value| self.$field = value)),)+
                    _ => None,
                }
            }

            fn toml_of(&self, key: &str) -> String {
                match key {
                    $($key => self.$field.toml(),)+
                    _ => String::new(),
                }
            }

            /// The limits of one request, with those that the server holds listed beside them.
            #[must_use]
            pub fn all_limits(&self) -> Limits {
                let mut limits = self.limits.clone();
                limits.others = Vec::new();
                $($(limits.others.push(($limit, self.$field.number(), $what));)?)+
                limits
            }
        }
    };
}

settings! {
    listen "listen": SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8000)), "Address to listen on; port 0 takes a free one.";
    base_path "base-path": String = "/".to_owned(), "Path under which everything is served, e.g. /kg/ behind a proxy that leaves it on.";
    watch "watch": bool = false, "Load the data again when its files change.";
    warm "warm": bool = true, "Index names and words once a release is loaded, so that no search waits for it.";
    watch_ms "watch-ms": u64 = 500, "Milliseconds without a change before watched files are read.";
    drain_ms "drain-ms": u64 = 10_000, "Milliseconds that requests in flight have to end once the server is told to stop.";
    worker_threads "worker-threads": u64 = 0, "Threads that speak to clients; 0 takes one per core, and fewer while other programs want the cores.";
    wait_awake_us "wait-awake-us": u64 = 100, "Microseconds for which a thread waits awake for a client that asks again at once, while a core has nothing to do; 0 always sleeps.";
    stack_bytes "stack-bytes": u64 = 16 * 1024 * 1024, "Bytes of each thread's stack; what the limits let in fits many times over.";

    body_bytes "body-bytes" "bodyBytes": u64 = 256 * 1024, "Bytes of a request's body, or of its query string.";
    json_depth "json-depth" "jsonDepth": u64 = 64, "Brackets open at once in the JSON of a request.";
    batch "batch" "batch": u64 = 0, "Requests in one batch; 0 refuses batches.";
    deadline_ms "deadline-ms" "deadlineMs": u64 = 10_000, "Milliseconds that an answer may take.";
    heavy_cost "heavy-cost": u64 = 5_000, "Price above which an operation leaves the threads that speak to clients, unless it is known to be quick.";
    heavy_threads "heavy-threads": u64 = 0, "Operations above that price that run at once; 0 takes one per core.";
    queue "queue" "queue": u64 = 64, "Operations above that price that wait at once; more are told to come back.";
    connections "connections" "connections": u64 = 1024, "Connections open at once; more wait in the operating system's queue.";
    client_connections "client-connections" "clientConnections": u64 = 256, "Connections open at once from one address, WebSockets among them; 0 counts none. Behind a proxy all are the proxy's.";
    header_bytes "header-bytes" "headerBytes": u64 = 32 * 1024, "Bytes of a request's head.";
    header_count "header-count" "headerCount": u64 = 100, "Headers of a request.";
    header_timeout_ms "header-timeout-ms" "headerTimeoutMs": u64 = 10_000, "Milliseconds for the head of a request, or between two requests of a connection.";
    body_timeout_ms "body-timeout-ms" "bodyTimeoutMs": u64 = 10_000, "Milliseconds for the body of a request.";
    write_timeout_ms "write-timeout-ms" "writeTimeoutMs": u64 = 30_000, "Milliseconds that a client may leave an answer unread.";
    streams "streams" "streams": u64 = 256, "WebSockets and event streams open at once.";
    ws_message_bytes "ws-message-bytes" "wsMessageBytes": u64 = 64 * 1024, "Bytes of a WebSocket message.";
    ws_operations "ws-operations" "wsOperations": u64 = 32, "Operations open at once on a WebSocket.";
    ws_init_ms "ws-init-ms" "wsInitMs": u64 = 5_000, "Milliseconds until a WebSocket must have said connection_init.";
    ws_idle_ms "ws-idle-ms" "wsIdleMs": u64 = 60_000, "Milliseconds without a sign of life after which a WebSocket is closed; it is pinged at a third of them.";
    rate_per_second "rate-per-second" "ratePerSecond": u64 = 0, "Requests per second and client address; 0 does not count.";
    rate_burst "rate-burst" "rateBurst": u64 = 50, "Requests that a client may send at once before the rate counts.";

    cache_bytes "cache-bytes": u64 = 64 * 1024 * 1024, "Bytes of answers kept; 0 keeps none.";
    compress_bytes "compress-bytes": u64 = 1024, "Bytes from which an answer is compressed.";
    max_age_s "max-age-s": u64 = 60, "Seconds for which a cache may use an answer to a GET without asking.";
    introspection "introspection": bool = true, "Answer questions about the schema.";
    persisted "persisted": bool = true, "Take automatic persisted queries (a hash for a document sent before).";
    persisted_bytes "persisted-bytes": u64 = 8 * 1024 * 1024, "Bytes of automatic persisted queries kept.";
    documents "documents": String = String::new(), "File of trusted documents: a JSON object of ids and documents, or an Apollo manifest.";
    only_documents "only-documents": bool = false, "Answer trusted documents only.";

    cors_origins "cors-origins": String = String::new(), "Origins whose pages may read answers, parted by commas; * for all; none where empty.";
    metrics "metrics": bool = true, "Serve /metrics on the public address; the admin address has it always.";
    tls_certificate "tls-certificate": String = String::new(), "PEM file of the certificate chain; with it, HTTPS is spoken.";
    tls_key "tls-key": String = String::new(), "PEM file of the certificate's key.";
    admin_listen "admin-listen": String = String::new(), "Address of the admin end points; off where empty.";
    admin_token "admin-token": String = String::new(), "Token that the admin end points ask for.";
    admin_token_file "admin-token-file": String = String::new(), "File that holds the token.";
    log_level "log-level": String = "info".to_owned(), "What is logged: error, warn, info, debug (each request) or trace.";
    otlp_endpoint "otlp-endpoint": String = String::new(), "Address of an OpenTelemetry collector (http://localhost:4318/v1/traces), in a program built with the feature otel.";
    log_format "log-format": String = "human".to_owned(), "human or json.";
}

impl Settings {
    /// Every setting: the server's own, then the limits of a request.
    #[must_use]
    pub fn table() -> Vec<Declared> {
        let limits = Limits::TABLE.iter().map(|limit| Declared {
            key: dashed(limit.field),
            what: limit.what,
            is_switch: false,
            is_secret: false,
        });
        OWN.iter().copied().chain(limits).collect()
    }

    /// The base path with a slash at both ends.
    #[must_use]
    pub fn base(&self) -> String {
        match self.base_path.trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        }
    }

    /// How many threads speak to clients.
    #[must_use]
    pub fn threads(&self) -> usize {
        or_cores(self.worker_threads)
    }

    /// How many heavy operations run at once.
    #[must_use]
    pub fn heavy_places(&self) -> usize {
        or_cores(self.heavy_threads)
    }

    /// Threads for work that blocks, beside one that speaks to clients: all heavy operations may have come there, and
    /// answers are compressed beside them.
    #[must_use]
    pub fn blocking_threads(&self) -> usize {
        self.heavy_places() + 4
    }

    /// Sets one by its key.
    ///
    /// # Errors
    /// What is wrong with the value; where there is no such key, the one that was perhaps meant.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        if let Some(done) = self.set_own(key, text) {
            return done.map_err(|why| format!("`{key}`: {why}"));
        }
        let value = || u64::read(text).map_err(|why| format!("`{key}`: {why}"));
        match Limits::TABLE.iter().find(|l| dashed(l.field) == key) {
            Some(limit) => {
                self.limits.set(limit.field, value()?);
                Ok(())
            }
            None => Err(unknown(key)),
        }
    }

    /// Takes over a configuration file: TOML, one key per setting.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_toml(&mut self, text: &str) -> Result<(), Vec<String>> {
        let table: toml::Table = text.parse().map_err(|why: toml::de::Error| vec![why.to_string()])?;
        let errors: Vec<_> = table
            .iter()
            .filter_map(|(key, value)| {
                let text = match value {
                    toml::Value::String(text) => text.clone(),
                    toml::Value::Integer(_) | toml::Value::Boolean(_) => value.to_string(),
                    _ => return Some(format!("`{key}`: a text, a number, true or false is expected")),
                };
                self.set(key, &text).err()
            })
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Takes over environment variables, of which those named `TRIALWEAVE_…` count.
    ///
    /// # Errors
    /// Every value that does not fit.
    pub fn read_environment(&mut self, variables: impl Iterator<Item = (String, String)>) -> Result<(), Vec<String>> {
        let mut errors = Vec::new();
        for (name, value) in variables {
            let Some(key) = name.strip_prefix("TRIALWEAVE_") else { continue };
            let key = key.to_ascii_lowercase().replace('_', "-");
            if key != "config" {
                errors.extend(self.set(&key, &value).err().map(|why| format!("{name}: {why}")));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The settings as a configuration file, each with what it does.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let limits = self.limits.list();
        let mut text = String::new();
        for setting in Self::table() {
            let limit = Limits::TABLE.iter().position(|l| dashed(l.field) == setting.key);
            let value = match limit {
                Some(at) => limits[at].1.to_string(),
                None if setting.is_secret && self.toml_of(setting.key).len() > 2 => "\"(set)\"".to_owned(),
                None => self.toml_of(setting.key),
            };
            let most = if limit.is_some() { "Most " } else { "" };
            let _ = writeln!(text, "# {most}{}\n{} = {value}\n", setting.what, setting.key);
        }
        text
    }
}

fn unknown(key: &str) -> String {
    let near = Settings::table()
        .into_iter()
        .map(|s| (strsim::damerau_levenshtein(s.key, key), s.key))
        .min()
        .filter(|(distance, name)| *distance <= 2 + name.len() / 4);
    match near {
        Some((_, name)) => format!("`{key}` is no setting; did you mean `{name}`?"),
        None => format!("`{key}` is no setting; `serve --print-config` shows them all"),
    }
}

/// The key of a limit: `document_bytes` → `document-bytes`, made once.
fn dashed(field: &str) -> &'static str {
    use std::sync::LazyLock;
    static KEYS: LazyLock<Vec<String>> =
        LazyLock::new(|| Limits::TABLE.iter().map(|l| l.field.replace('_', "-")).collect());
    Limits::TABLE.iter().position(|l| l.field == field).map_or("", |at| &KEYS[at])
}

/// A number of threads, one per core where it is 0.
fn or_cores(threads: u64) -> usize {
    match usize::try_from(threads).unwrap_or(usize::MAX) {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_settings_are_read_back() {
        let mut settings = Settings::default();
        settings.set("body-bytes", "1_000").unwrap();
        settings.set("document-tokens", "77").unwrap();
        settings.set("cors-origins", "https://a.example, \"quoted\"").unwrap();
        let mut read = Settings::default();
        read.read_toml(&settings.to_toml()).unwrap();
        assert_eq!(read, settings);
        assert_eq!((read.body_bytes, read.limits.document_tokens), (1000, 77));
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        let errors = Settings::default().read_toml("body-byte = 1\nzzz = 2\nqueue = [1]\ncost = \"x\"").unwrap_err();
        assert_eq!(errors.len(), 4, "{errors:?}");
        assert!(errors.iter().any(|e| e.contains("did you mean `body-bytes`")), "{errors:?}");
    }

    #[test]
    fn the_environment_counts_by_prefix() {
        let mut settings = Settings::default();
        let variables = [("TRIALWEAVE_QUEUE", "3"), ("PATH", "/bin"), ("TRIALWEAVE_WATCH", "on")];
        settings.read_environment(variables.iter().map(|(k, v)| ((*k).into(), (*v).into()))).unwrap();
        assert!(settings.queue == 3 && settings.watch);
    }

    #[test]
    fn limits_are_listed_with_those_of_the_server() {
        let list = Settings::default().all_limits().list();
        for name in ["documentBytes", "bodyBytes", "cost", "deadlineMs", "connections"] {
            assert_eq!(list.iter().filter(|(n, _, _)| *n == name).count(), 1, "{name}");
        }
    }
}
