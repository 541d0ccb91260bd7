//! How long does a call take, on a machine that others use as well?

use cpu_time::ThreadTime;

/// How often to call what in a round.
type Call<'a> = (u32, Box<dyn FnMut() + 'a>);

/// Median CPU time of one call, in microseconds, over interleaved rounds of each.
pub(crate) fn measure(rounds: usize, calls: &mut [Call<'_>]) -> Vec<f64> {
    let mut times = vec![Vec::new(); calls.len()];
    for round in 0..=rounds {
        for (at, (repeat, call)) in calls.iter_mut().enumerate() {
            let begin = ThreadTime::now();
            for _ in 0..*repeat {
                call();
            }
            if round > 0 {
                times[at].push(begin.elapsed().as_secs_f64() * 1e6 / f64::from(*repeat));
            }
        }
    }
    times.iter_mut().for_each(|t| t.sort_by(f64::total_cmp));
    times.iter().map(|t| t[t.len() / 2]).collect()
}
