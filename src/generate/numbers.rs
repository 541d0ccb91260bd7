//! Which number comes next, on any machine?
//!
//! A counter-based generator (splitmix64 of seed, stream and counter): no state, so streams are independent and any value
//! can be asked for alone. Must not know: what the numbers stand for.

use std::io;

/// The numbers of a seed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    seed: u64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

impl Numbers {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// A number of a stream.
    pub(super) fn at(&self, stream: u64, counter: u64) -> u64 {
        let key = mix(self.seed.wrapping_mul(1_000_003).wrapping_add(stream));
        mix(key.wrapping_add((counter + 1).wrapping_mul(STEP)))
    }

    /// A number from 0 up to, but not including, 1.
    pub(super) fn unit(&self, stream: u64, counter: u32) -> f64 {
        self.unit_at(stream, u64::from(counter))
    }

    fn unit_at(&self, stream: u64, counter: u64) -> f64 {
        (self.at(stream, counter) >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A number below `m`.
    pub(super) fn below(&self, stream: u64, counter: u32, m: u64) -> u64 {
        self.at(stream, u64::from(counter)) % m
    }

    /// For each of `n`, a place in a list of weights.
    pub(super) fn pick(&self, stream: u64, n: u32, weights: &[u64]) -> Vec<u32> {
        let total: u64 = weights.iter().sum();
        (0..n)
            .map(|i| {
                let mut left = self.below(stream, i, total);
                weights
                    .iter()
                    .position(|w| {
                        let here = left < *w;
                        left = left.saturating_sub(*w);
                        here
                    })
                    .unwrap_or(0) as u32
            })
            .collect()
    }

    /// For each of `n`, `least` plus a weighted number of distinct picks below `m`, the small ones the most popular:
    /// popularity falls as a power of `skew`. Ascending.
    pub(super) fn fan(&self, stream: u64, n: u32, least: u32, weights: &[u64], m: u32, skew: u32) -> Vec<Vec<u32>> {
        let counts = self.pick(stream, n, weights);
        let mut drawn = 0u64;
        counts
            .into_iter()
            .map(|count| {
                let mut picks: Vec<u32> = (0..least + count)
                    .map(|_| {
                        let u = self.unit_at(stream + 1, drawn);
                        drawn += 1;
                        let mut p = u;
                        for _ in 1..skew {
                            p *= u;
                        }
                        ((p * f64::from(m)) as u32).min(m - 1)
                    })
                    .collect();
                picks.sort_unstable();
                picks.dedup();
                picks
            })
            .collect()
    }

    /// Citations among `n` references, each citing earlier ones only: 60 % by a power law whose ranks are spread over
    /// time, 40 % among the most recent 2 %. By citing, then cited.
    pub(super) fn citations(
        &self,
        n: u32,
        mean: u32,
        mut each: impl FnMut(u32, u32) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut spread: Vec<u32> = (0..n).collect();
        spread.sort_by_key(|r| self.at(78, u64::from(*r)));
        let mut drawn = 0u64;
        let mut cited = Vec::new();
        for citing in 0..n {
            let u = self.unit(75, citing);
            let count = if citing == 0 { 0 } else { ((u * u * 3.0 * f64::from(mean) + 0.5) as u32).min(3 * mean) };
            cited.clear();
            for _ in 0..count {
                let x = self.unit_at(76, drawn);
                let recent = self.at(77, drawn) % 100 < 40;
                drawn += 1;
                let popular = spread[((x * x * x * f64::from(n)) as usize).min(n as usize - 1)];
                let pick = if recent || popular >= citing {
                    i64::from(citing) - 1 - (x * (f64::from(citing) * 0.02).max(1.0)) as i64
                } else {
                    i64::from(popular)
                };
                let pick = pick.max(0) as u32;
                if pick < citing {
                    cited.push(pick);
                }
            }
            cited.sort_unstable();
            cited.dedup();
            for pick in &cited {
                each(citing, *pick)?;
            }
        }
        Ok(())
    }
}
