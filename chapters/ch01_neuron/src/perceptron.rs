//! The perceptron rule (Rosenblatt, by 1962): it learns OR in a few passes, and goes round for ever on XOR.

use lesson::{Page, Result, Table};
use nn::{Activation, Neuron};
use plot::Figure;

use crate::corners::{self, CORNERS};

/// The answers that OR should give at the four corners.
const OR: [f64; 4] = [0.0, 1.0, 1.0, 1.0];
/// The answers that XOR should give.
const XOR: [f64; 4] = [0.0, 1.0, 1.0, 0.0];

/// One look at one row.
#[derive(Clone, Debug)]
pub struct Look {
    /// The pass, counted from 1.
    pub pass: usize,
    /// The row's place among the corners.
    pub corner: usize,
    /// What the neuron said.
    pub said: f64,
    /// The neuron afterwards.
    pub after: Neuron,
}

/// Shows the four corners in turn and corrects after each, until a whole pass needs no correction or
/// the neuron comes back to where a pass began before.
pub fn learn(targets: [f64; 4]) -> (Vec<Look>, Option<usize>) {
    let mut neuron = Neuron::new(&[0.0, 0.0], 0.0, Activation::Threshold);
    let mut looks = Vec::new();
    let mut starts = Vec::new();
    for pass in 1.. {
        starts.push(neuron.clone());
        let mut corrections = 0;
        for (corner, target) in targets.iter().enumerate() {
            let said = correct(&mut neuron, &CORNERS[corner], *target);
            corrections += usize::from(said != *target);
            looks.push(Look { pass, corner, said, after: neuron.clone() });
        }
        if corrections == 0 {
            return (looks, None);
        }
        if let Some(earlier) = starts.iter().position(|start| *start == neuron) {
            return (looks, Some(pass - earlier)); // passes from there to here
        }
    }
    unreachable!("a neuron with whole weights that never grow must stop or come back")
}

/// One step of the rule: nudge each weight by error × input, and the bias by the error.
fn correct(neuron: &mut Neuron, inputs: &[f64], target: f64) -> f64 {
    let said = neuron.output(inputs);
    let error = target - said; // 0 when right, else +1 or −1
    for (weight, input) in neuron.weights.iter_mut().zip(inputs) {
        *weight += error * input;
    }
    neuron.bias += error;
    said
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let (or, cycle) = learn(OR);
    page.table("or", &table(&or, OR));
    let corrections = |looks: &[Look], targets: [f64; 4]| {
        looks.iter().filter(|look| look.said != targets[look.corner]).count()
    };
    page.value("or_passes", or[or.len() - 1].pass);
    page.value("or_corrections", corrections(&or, OR));
    assert_eq!(cycle, None);
    page.figure(
        "or_lines",
        &lines(
            "Learning OR",
            "The line after each of four passes; from the third on it parts the corners correctly.",
            OR,
            or.iter().filter(|look| look.corner == 3).map(|look| (format!("pass {}", look.pass), look)),
        ),
    );
    let learnt = &or[or.len() - 1].after;
    page.value("or_w1", learnt.weights[0]);
    page.value("or_w2", learnt.weights[1]);
    page.value("or_bias", learnt.bias);

    let (xor, cycle) = learn(XOR);
    page.table("xor", &table(&xor, XOR));
    let turn = &xor[xor.len() - 4..];
    page.figure(
        "xor_cycle",
        &lines(
            "XOR goes round",
            "The line after each corner of the last pass: every correction spoils another corner's answer.",
            XOR,
            turn.iter().map(|look| {
                let [x1, x2] = CORNERS[look.corner];
                (format!("after ({x1}, {x2})"), look)
            }),
        ),
    );
    page.value("xor_cycle", cycle.ok_or("the rule learnt XOR, which cannot be")?);
    let passes = xor[xor.len() - 1].pass;
    page.value("xor_passes", passes);
    page.value("xor_corrections", corrections(&xor[4 * (passes - 1)..], XOR));
    Ok(())
}

fn lines<'a>(
    title: &str,
    description: &str,
    targets: [f64; 4],
    looks: impl Iterator<Item = (String, &'a Look)>,
) -> Figure {
    looks.fold(Figure::new(title, description).columns(4), |figure, (heading, look)| {
        figure.panel(corners::panel(&heading, Some(&look.after), targets).bare())
    })
}

fn table(looks: &[Look], targets: [f64; 4]) -> Table {
    let mut table =
        Table::new(["pass", "x₁", "x₂", "target", "said", "", "w₁", "w₂", "b"]);
    for look in looks {
        let [x1, x2] = CORNERS[look.corner];
        let target = targets[look.corner];
        let mark = if look.said == target { "" } else { "corrected" };
        let pass = if look.corner == 0 { look.pass.to_string() } else { String::new() };
        let after = &look.after;
        table.row([
            pass,
            x1.to_string(),
            x2.to_string(),
            target.to_string(),
            look.said.to_string(),
            mark.to_string(),
            after.weights[0].to_string(),
            after.weights[1].to_string(),
            after.bias.to_string(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corners::answers;

    #[test]
    fn the_rule_learns_or() {
        let (looks, cycle) = learn(OR);
        assert_eq!(cycle, None);
        assert_eq!(answers(&looks[looks.len() - 1].after), OR);
    }

    #[test]
    fn on_xor_the_rule_comes_back_to_where_it_was() {
        let (looks, cycle) = learn(XOR);
        let passes = cycle.expect("XOR cannot be learnt");
        let before = &looks[looks.len() - 4 * passes - 1].after;
        assert_eq!(*before, looks[looks.len() - 1].after);
    }
}
