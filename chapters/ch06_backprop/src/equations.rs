//! The four equations of backpropagation, the code that computes them, and three ways to find out whether they are right.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use ndarray::{Array2, Axis};
use nn::math::{ln, log10, softmax};
use nn::random::normal;
use nn::{
    Activation, Backprop, Batch, Cost, Examples, Gradients, Network, Training,
    gradient_check, seeded,
};
use plot::{Axis as Scale, Figure, HeatMap, Panel};

/// The network that is checked: two hidden layers, so that every equation is used.
const SIZES: [usize; 4] = [3, 6, 5, 4];
const ROWS: usize = 5;

/// One mistake for each equation, all of them easy to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// None at all.
    None,
    /// Equation 1 without the slope φ′.
    NoSlopeAtOutput,
    /// Equation 2 without the slope φ′.
    NoSlopeBelow,
    /// Equation 3 without the division by the number of rows.
    SumOfRows,
    /// Equation 4 with the first row only.
    OneRow,
}

use Mistake::{NoSlopeAtOutput, NoSlopeBelow, OneRow, SumOfRows};

impl Mistake {
    /// All of them, in the order of the equations.
    pub const ALL: [Mistake; 5] =
        [Mistake::None, NoSlopeAtOutput, NoSlopeBelow, SumOfRows, OneRow];

    fn name(self) -> &'static str {
        match self {
            Mistake::None => "none",
            NoSlopeAtOutput => "1: no slope",
            NoSlopeBelow => "2: no slope",
            SumOfRows => "3: sum, not mean",
            OneRow => "4: one row only",
        }
    }
}

/// The four equations written anew, for the quadratic cost, with room for a mistake in each.
pub fn backward(network: &Network, examples: &Examples, mistake: Mistake) -> Gradients {
    let mut outputs = vec![examples.inputs.clone()]; // of each layer, the inputs first: (rows, outputs)
    for layer in &network.layers {
        let mut output = Array2::zeros((examples.rows(), layer.outputs())); // (rows, outputs)
        layer.forward(outputs[outputs.len() - 1].view(), output.view_mut());
        outputs.push(output);
    }
    let slopes = |index: usize, skip: bool| {
        let bend = network.layers[index].activation;
        outputs[index + 1].mapv(|a| if skip { 1.0 } else { bend.slope(a) }) // (rows, outputs)
    };
    let mut gradients = Backprop::new(network, 1).gradients().clone();
    let (rows, last) = (examples.rows() as f64, network.layers.len() - 1);
    let error = &outputs[last + 1] - &examples.targets; // (rows, outputs)
    let mut delta = error * slopes(last, mistake == NoSlopeAtOutput); // equation 1
    for index in (0..=last).rev() {
        let gradient = &mut gradients.layers[index];
        gradient.weights = outputs[index].t().dot(&delta); // equation 3: (inputs, outputs)
        if mistake != SumOfRows {
            gradient.weights /= rows;
        }
        gradient.biases = if mistake == OneRow {
            delta.row(0).to_owned()
        } else {
            delta.sum_axis(Axis(0)) / rows // equation 4: (outputs)
        };
        if index > 0 {
            let below = delta.dot(&network.layers[index].weights.t()); // (rows, inputs)
            delta = below * slopes(index - 1, mistake == NoSlopeBelow); // equation 2
        }
    }
    gradients
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let examples = random_examples(page.seed(5));
    let checks = all_checks(&examples, page.seed(11));
    page.table("check", &check_table(&checks));
    page.figure("check", &check_map(&checks));
    let worst = checks.iter().max_by(|a, b| a.error.total_cmp(&b.error));
    let worst = worst.expect("there are costs");
    page.value("combinations", checks.len());
    page.value("worst", significant(worst.error, 2));
    page.value("worst_slope", significant(worst.slope, 1));
    page.value("activations", Activation::ALL.len());
    page.value("costs", Cost::ALL.len());
    page.value("layers", SIZES.map(|size| size.to_string()).join("-"));
    page.value("rows", ROWS);
    let network = random_network(Activation::Tanh, Activation::Sigmoid, page.seed(11));
    page.value("parameters", network.parameter_count());

    let planted = planted(&network, &examples);
    page.table("planted", &planted);
    page.value("mistake_error", planted.cell("3: sum, not mean", "W₁"));

    let untrained = untrained(page.seed(21));
    page.table("untrained", &untrained);
    page.value("ln_10", untrained.cell("10", "ln K"));
    page.value("usual_10", untrained.cell("10", "usual weights"));
    page.value("small_10", untrained.cell("10", "a hundredth"));

    let ten = ten_rows(page.seed(31))?;
    page.table("ten_rows", &ten);
    page.value("ten_before", ten.cell("0", "cost"));
    page.value("ten_after", ten.cell("10,000", "cost"));
    page.value("ten_right", ten.cell("100", "right"));
    page.value("ten_rate", TEN_RATE);
    Ok(())
}

/// Rows of inputs, and targets that are probabilities: every cost accepts them.
fn random_examples(seed: u64) -> Examples {
    let rng = &mut seeded(seed);
    let inputs = Array2::from_shape_simple_fn((ROWS, SIZES[0]), || normal(rng)); // (rows, inputs)
    let mut targets = Array2::zeros((ROWS, SIZES[3])); // (rows, outputs)
    for mut row in targets.rows_mut() {
        let scores: Vec<f64> = (0..SIZES[3]).map(|_| normal(rng)).collect();
        softmax(&scores, row.as_slice_mut().expect("rows are contiguous"));
    }
    Examples::new(inputs, targets)
}

/// A network with biases that are not zero either: a zero hides mistakes.
fn random_network(hidden: Activation, output: Activation, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut network = Network::new(&SIZES, hidden, rng).with_output(output);
    for layer in &mut network.layers {
        layer.biases.mapv_inplace(|_| 0.3 * normal(rng));
    }
    network
}

/// The worst disagreement for one choice of activations and cost.
struct Check {
    hidden: Activation,
    cost: Cost,
    error: f64,
    /// The size of the slope there.
    slope: f64,
}

/// Every activation in the hidden layers, every one at the outputs, every cost that accepts those outputs.
fn all_checks(examples: &Examples, seed: u64) -> Vec<Check> {
    let mut checks = Vec::new();
    for cost in Cost::ALL {
        for hidden in Activation::ALL {
            for output in
                Activation::ALL.into_iter().filter(|&output| cost.accepts(output))
            {
                let network = random_network(hidden, output, seed);
                let worst = gradient_check(&network, examples, cost);
                let (error, slope) = (worst.error, worst.backprop.abs());
                checks.push(Check { hidden, cost, error, slope });
            }
        }
    }
    checks
}

/// The worst error of a cost with a hidden activation, over all output activations.
fn worst_of(checks: &[Check], cost: Cost, hidden: Activation) -> f64 {
    let those =
        checks.iter().filter(|check| check.cost == cost && check.hidden == hidden);
    those.map(|check| check.error).fold(0.0, f64::max)
}

fn check_table(checks: &[Check]) -> Table {
    let names = Activation::ALL.map(Activation::name);
    let mut table = Table::new(Row::of(["cost"]).and(names));
    for cost in Cost::ALL {
        let errors = Activation::ALL.map(|hidden| worst_of(checks, cost, hidden));
        table.row(Row::of([cost.name()]).and(errors.map(|error| format!("{error:.0e}"))));
    }
    table
}

/// How many digits the two ways agree to.
fn digits(error: f64) -> f64 {
    -log10(error)
}

fn check_map(checks: &[Check]) -> Figure {
    let agreement = Cost::ALL.into_iter().flat_map(|cost| {
        Activation::ALL.map(|hidden| digits(worst_of(checks, cost, hidden)))
    });
    let panel = Panel::new()
        .x(Scale::new("activation of the hidden layers")
            .categories(Activation::ALL.map(Activation::name)))
        .y(Scale::new("")
            .categories(Cost::ALL.map(|cost| cost.name().replace(' ', "\n"))))
        .aspect(0.95)
        .draw(HeatMap::new(Activation::ALL.len(), agreement).numbers(1).full_at(16.0));
    Figure::new(
        "To how many digits backpropagation and differences agree",
        "A table of costs by hidden activations. Every cell is above seven digits.",
    )
    .panel(panel)
}

/// For each mistake, the error of the check in each array of parameters: a pattern that names the equation.
fn planted(network: &Network, examples: &Examples) -> Table {
    let mut table = Table::new(["mistake in", "W₁", "b₁", "W₂", "b₂", "W₃", "b₃"]);
    for mistake in Mistake::ALL {
        let errors = errors_by_array(network, examples, mistake);
        let shown = errors
            .iter()
            .map(|&error| if error < 1e-6 { "✓".to_string() } else { percent(error, 0) });
        table.row(Row::of([mistake.name()]).and(shown));
    }
    table
}

/// The worst error of each array: first-layer weights, first-layer biases, second-layer weights, …
fn errors_by_array(network: &Network, examples: &Examples, mistake: Mistake) -> Vec<f64> {
    let found = backward(network, examples, mistake);
    let mut backprop = Backprop::new(network, examples.rows());
    backprop.run(network, examples, Cost::Quadratic);
    let right = backprop.gradients();
    let arrays = 2 * network.layers.len();
    let error_of = |array: usize| {
        // Only one array is taken from what is checked, so the worst error is that array's.
        let mut one = right.clone();
        let (layer, source) = (&mut one.layers[array / 2], &found.layers[array / 2]);
        if array.is_multiple_of(2) {
            layer.weights.assign(&source.weights);
        } else {
            layer.biases.assign(&source.biases);
        }
        one.check(network, examples, Cost::Quadratic).error
    };
    (0..arrays).map(error_of).collect()
}

/// The cost of untrained networks over K classes of digits, against ln K.
fn untrained(seed: u64) -> Table {
    let mut table =
        Table::new(["classes K", "ln K", "usual weights", "a tenth", "a hundredth"]);
    for classes in [2, 5, 10] {
        let digits = first_classes(classes);
        let cost = |size: f64| {
            let rng = &mut seeded(seed);
            let mut network = Network::new(&[64, 32, classes], Activation::Tanh, rng);
            network.layers[1].weights *= size;
            fixed(network.cost(&digits, Cost::SoftmaxCrossEntropy), 4)
        };
        let row = Row::of([classes.to_string(), fixed(ln(classes as f64), 4)]);
        table.row(row.and([1.0, 0.1, 0.01].map(cost)));
    }
    table
}

/// The digits below `classes`, with one target for each of them.
fn first_classes(classes: usize) -> Examples {
    let digits = datasets::digits();
    let labels = datasets::labels(&digits);
    let rows: Vec<usize> =
        (0..digits.rows()).filter(|&row| labels[row] < classes).collect();
    let few = digits.select(&rows);
    let wanted: Vec<usize> = (0..classes).collect();
    Examples::new(few.inputs, few.targets.select(Axis(1), &wanted))
}

const TEN_RATE: f64 = 0.5;

/// Ten digits learnt by heart: the cost after some numbers of updates.
fn ten_rows(seed: u64) -> Result<Table> {
    let ten = datasets::digits().split(10, &mut seeded(seed)).0;
    let mut network =
        Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed + 1));
    let mut table = Table::new(["updates", "cost", "right"]);
    let mut done = 0;
    for updates in [0, 10, 100, 1_000, 10_000] {
        if updates > done {
            let training = Training {
                cost: Cost::SoftmaxCrossEntropy,
                rate: TEN_RATE,
                batch: Batch::Full,
                epochs: updates - done,
            };
            training.run(&mut network, &ten, &mut seeded(seed + 2))?;
            done = updates;
        }
        let cost = network.cost(&ten, Cost::SoftmaxCrossEntropy);
        let right = (network.accuracy(&ten) * ten.rows() as f64).round();
        table.row([
            count(updates),
            significant(cost, 3),
            format!("{right} of {}", ten.rows()),
        ]);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_activation_with_every_cost_agrees_to_seven_digits() {
        let checks = all_checks(&random_examples(1), 2);
        assert!(checks.len() >= Activation::ALL.len() * Cost::ALL.len());
        for check in &checks {
            assert!(
                check.error < 1e-7,
                "{:?} {:?}: {}",
                check.hidden,
                check.cost,
                check.error
            );
        }
    }

    #[test]
    fn the_equations_written_anew_are_those_of_the_core() {
        let examples = random_examples(5);
        let network = random_network(Activation::Tanh, Activation::Sigmoid, 11);
        let mut core = Backprop::new(&network, ROWS);
        core.run(&network, &examples, Cost::Quadratic);
        let anew = backward(&network, &examples, Mistake::None);
        let pairs = core.gradients().entries().zip(anew.entries());
        assert!(pairs.map(|(a, b)| (a - b).abs()).all(|apart| apart < 1e-14));
    }

    /// 1 spoils everything, 2 all but the last layer, 3 the weights, 4 the biases.
    #[test]
    fn each_mistake_leaves_its_own_pattern() {
        let examples = random_examples(5);
        let network = random_network(Activation::Tanh, Activation::Sigmoid, 11);
        let pattern = |mistake| {
            let errors = errors_by_array(&network, &examples, mistake);
            errors.iter().map(|&error| error > 0.01).collect::<Vec<_>>()
        };
        let (yes, no) = (true, false);
        assert_eq!(pattern(Mistake::None), [no; 6]);
        assert_eq!(pattern(NoSlopeAtOutput), [yes; 6]);
        assert_eq!(pattern(NoSlopeBelow), [yes, yes, yes, yes, no, no]);
        assert_eq!(pattern(SumOfRows), [yes, no, yes, no, yes, no]);
        assert_eq!(pattern(OneRow), [no, yes, no, yes, no, yes]);
    }

    #[test]
    fn an_untrained_softmax_costs_ln_k() {
        for classes in [2, 3, 10] {
            let digits = first_classes(classes);
            let mut network =
                Network::new(&[64, 8, classes], Activation::Tanh, &mut seeded(3));
            network.layers[1].weights *= 1e-9;
            let cost = network.cost(&digits, Cost::SoftmaxCrossEntropy);
            assert!((cost - ln(classes as f64)).abs() < 1e-8, "{classes}: {cost}");
        }
    }

    #[test]
    fn ten_rows_are_learnt_by_heart() {
        let table = ten_rows(99).unwrap();
        assert_eq!(table.cell("1,000", "right"), "10 of 10");
        assert!(table.cell("10,000", "cost").parse::<f64>().unwrap() < 1e-3);
    }
}
