//! One student through one neuron, number by number, and what the bias is for.

mod live;
pub(crate) mod shown;

pub use live::WALKS;

use ndarray::ArrayView1;
use nn::{Activation, Examples, Neuron};

/// What a student must score, in percent.
pub const PASS: f64 = 70.0;

/// Our neuron's opinion: will this student pass? The weights are set by hand.
pub fn judge() -> Neuron {
    Neuron::new(&[0.05, 0.10, 0.04], -4.0, Activation::Sigmoid)
}

/// Another opinion, without a bias: the hours of sleep count against the student.
pub fn unbiased() -> Neuron {
    Neuron::new(&[0.10, -0.50, 0.04], 0.0, Activation::Sigmoid)
}

/// Our neuron with its bias and without, and the neuron that never had one.
pub fn opinions() -> [(&'static str, Neuron); 3] {
    let bias_off = Neuron { bias: 0.0, ..judge() };
    [("ours", judge()), ("ours, bias off", bias_off), ("other weights", unbiased())]
}

/// What a neuron says to a student, and what came of it.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The student's inputs.
    pub inputs: Vec<f64>,
    /// The weighted sum.
    pub sum: f64,
    /// The output.
    pub output: f64,
    /// What the student scored, in percent.
    pub exam: f64,
}

impl Verdict {
    /// Whether the neuron says that the student will pass.
    pub fn is_yes(&self) -> bool {
        self.output >= 0.5
    }

    /// Whether that came true.
    pub fn is_right(&self) -> bool {
        self.is_yes() == (self.exam >= PASS)
    }
}

/// What the neuron says to all students.
pub fn verdicts(neuron: &Neuron, students: &Examples) -> Vec<Verdict> {
    let rows = students.inputs.rows().into_iter().zip(&students.targets);
    let verdict = |(row, exam): (ArrayView1<f64>, &f64)| {
        let inputs = row.to_vec();
        let (sum, output) = (neuron.weighted_sum(&inputs), neuron.output(&inputs));
        Verdict { inputs, sum, output, exam: *exam }
    };
    rows.map(verdict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use datasets::students;

    #[test]
    fn the_first_student_by_hand() {
        // 0.05 · 12 + 0.10 · 6 + 0.04 · 78 − 4
        let sum = judge().weighted_sum(&[12.0, 6.0, 78.0]);
        assert!((sum - 0.32).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn with_its_bias_off_our_neuron_refuses_nobody() {
        let [(_, ours), (_, off), _] = opinions();
        assert!(verdicts(&off, &students()).iter().all(Verdict::is_yes));
        assert!(!verdicts(&ours, &students()).iter().all(Verdict::is_yes));
    }

    #[test]
    fn a_little_more_bias_is_right_about_everybody_and_much_more_is_not() {
        let right = |bias: f64| {
            let neuron = Neuron { bias, ..judge() };
            verdicts(&neuron, &students()).iter().filter(|one| one.is_right()).count()
        };
        let counts = [-6.0, -4.2, -4.0, 0.0].map(right);
        assert_eq!(counts, [6, 8, 7, 5]);
    }

    #[test]
    fn other_weights_without_a_bias_are_right_about_everybody() {
        let verdicts = verdicts(&unbiased(), &students());
        assert_eq!(verdicts.iter().filter(|verdict| verdict.is_right()).count(), 8);
    }

    #[test]
    fn without_a_bias_inputs_of_zero_get_one_half_whatever_the_weights() {
        for weights in [[0.05, 0.10, 0.04], [9.0, -7.0, 3.0], [-1e6, 1e6, 0.0]] {
            let neuron = Neuron::new(&weights, 0.0, Activation::Sigmoid);
            assert_eq!(neuron.output(&[0.0; 3]), 0.5);
        }
    }
}
