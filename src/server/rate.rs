//! Has this client asked too often?
//!
//! Off unless configured. Must not know: what was asked.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::clients::network;
use super::settings::Settings;

/// Clients counted until those at rest are forgotten.
const TIDY_AT: usize = 10_000;

/// Requests per client address.
#[derive(Debug)]
pub(super) struct Rate {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

impl Rate {
    pub(super) fn new(settings: &Settings) -> Option<Self> {
        let per_second = NonZeroU32::new(u32::try_from(settings.rate_per_second).unwrap_or(u32::MAX))?;
        let burst = NonZeroU32::new(u32::try_from(settings.rate_burst).unwrap_or(u32::MAX)).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Some(Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default() })
    }

    /// Counts a request; how long to wait where there were too many.
    pub(super) fn check(&self, client: IpAddr) -> Result<(), Duration> {
        if self.limiter.len() > TIDY_AT {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&network(client)).map_err(|until| until.wait_time_from(self.clock.now()))
    }
}
