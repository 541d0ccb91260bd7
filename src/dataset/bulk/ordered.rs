//! Many things are made on all cores: who takes them in their order?
//!
//! Must not know: what is made.

use rayon::prelude::*;

/// Makes things by number on all cores, and hands them over in the order of their numbers; none as soon as one cannot
/// be made or taken. At most twelve per core are ready at a time.
pub(super) fn ordered<T: Send>(
    count: usize,
    make: impl Fn(usize) -> Option<T> + Sync,
    mut take: impl FnMut(T) -> Option<()> + Send,
) -> Option<()> {
    let window = rayon::current_num_threads().max(1) * 6;
    let mut ready: Vec<Option<T>> = Vec::new();
    let mut from = 0;
    while from < count || !ready.is_empty() {
        let to = (from + window).min(count);
        let now = std::mem::take(&mut ready);
        let (next, taken) = rayon::join(
            || (from..to).into_par_iter().map(&make).collect(),
            || now.into_iter().try_for_each(|made| take(made?)),
        );
        taken?;
        ready = next;
        from = to;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_come_in_order_or_none_does() {
        for count in [0, 1, 7, 100] {
            let mut taken = Vec::new();
            let done = ordered(count, Some, |n| {
                taken.push(n);
                Some(())
            });
            assert_eq!(done, Some(()));
            assert!(taken.into_iter().eq(0..count));
        }
        assert_eq!(ordered(50, |n| (n != 33).then_some(n), |_| Some(())), None);
        assert_eq!(ordered(50, Some, |n| (n != 33).then_some(())), None);
    }
}
