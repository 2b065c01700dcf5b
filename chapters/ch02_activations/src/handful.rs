//! A few digits to learn from and a few to be tested on, drawn anew for each run.

use datasets::digits;
use nn::{Examples, seeded};

/// The digits of one run.
#[derive(Clone, Debug)]
pub struct Handful {
    /// To learn from.
    pub known: Examples,
    /// To be tested on.
    pub unseen: Examples,
    /// The seed of this run's weights; the seed after it is for the order of the rows.
    pub seed: u64,
}

impl Handful {
    /// As many handfuls as there are runs, with this many digits to learn from and to be tested on.
    pub fn draw(runs: usize, known: usize, unseen: usize, seed: u64) -> Vec<Handful> {
        let (all, places) = (digits(), (0..unseen).collect::<Vec<usize>>());
        let handful = |run: usize| {
            let seed = seed + 3 * run as u64;
            let (known, rest) = all.split(known, &mut seeded(seed));
            Handful { known, unseen: rest.select(&places), seed: seed + 1 }
        };
        (0..runs).map(handful).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_has_digits_of_its_own() {
        let handfuls = Handful::draw(2, 30, 40, 1);
        assert_eq!((handfuls[0].known.rows(), handfuls[0].unseen.rows()), (30, 40));
        assert_ne!(handfuls[0].known, handfuls[1].known);
    }
}
