//! What the table holds, how far each model comes, and what the network gets wrong.

use datasets::table::{FEWEST_ROWS, Labelled, MOST_CLASSES, Table as Data};
use lesson::{Page, Result, Row, Spread, Table, count, percent, standard_error};
use nn::math::softmax;
use plot::{Axis, Color, Dash, Figure, HeatMap, Line, Panel, Rule};

use super::{Contest, SPLITS, TRAINING, epochs, is_clear, split, split_again};

/// What the built-in table is asked for.
const LABEL: &str = "sex";

/// The most mistakes that are listed, and the most columns that are shown of each.
const MISTAKES: [usize; 2] = [10, 3];

/// The most columns that are listed as left out.
const LEFT_OUT: usize = 12;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (data, label) = asked_for(page)?;
    let table = data.labelled(&label)?;
    page.text("data", described(&data, &table, &label));
    let split = split(&table, page.seed(66));
    let progress = page.progress("epochs", epochs(&split.train));
    let contest = Contest::run(split, page.seed(66), || progress.step())?;
    drop(progress);
    page.text("parts", parts(&contest, &table));
    page.table("models", &models(&contest));
    page.text("verdict", verdict(&contest));
    let shares = split_again(&table, &contest.parts.train, page.seed(66))?;
    if !shares.is_empty() {
        let text = splits(page, &shares);
        page.text("splits", text);
    }
    page.figure("confusion", &confusion(&contest, &table));
    page.figure("curves", &curves(&contest));
    let mistakes = mistakes(&contest);
    page.text("mistakes", mistakes_in_words(&contest, mistakes.len()));
    if !mistakes.is_empty() {
        page.table("wrong", &wrong(&mistakes, &data, &table));
    }
    name_values(page, &data, &table, &contest);
    Ok(())
}

/// The reader's table and label, or the book's.
fn asked_for(page: &Page) -> Result<(Data, String)> {
    let label = page.option("label").map(|label| label.to_string_lossy().into_owned());
    let Some(file) = page.option("csv") else {
        return Ok((datasets::penguins(), label.unwrap_or(LABEL.to_owned())));
    };
    let data = datasets::files::table(file)?;
    let label = label.ok_or_else(|| {
        format!(
            "expected a column to be told from the others; name it with --label COLUMN. The columns of {} are: {}",
            data.name,
            data.known_columns()
        )
    })?;
    Ok((data, label))
}

fn described(data: &Data, table: &Labelled, label: &str) -> String {
    let counts = table.examples.targets.columns().into_iter();
    let counts = counts.map(|column| column.iter().filter(|y| **y == 1.0).count());
    let classes = table.classes.iter().zip(counts);
    let classes: Vec<String> = classes
        .map(|(class, rows)| format!("{} ({} rows)", plain(class), count(rows)))
        .collect();
    let mut text = format!(
        "{}: {} rows, {} columns.\nTo tell apart ({}): {}.\n",
        data.name,
        count(data.rows()),
        data.columns.len(),
        plain(label),
        classes.join(", ")
    );
    let gaps = data.rows() - table.rows.len();
    if let Some(worst) = table.worst.as_ref().filter(|_| gaps > 0) {
        text += &format!(
            "Rows left out, since they miss a cell: {} (most miss {}).\n",
            count(gaps),
            plain(worst)
        );
    }
    for left_out in table.left_out.iter().take(LEFT_OUT) {
        let column = plain(&left_out.column);
        text += &format!(
            "Column left out: {column} ({}).\n",
            plain_text(&left_out.reason.to_string())
        );
    }
    if table.left_out.len() > LEFT_OUT {
        text += &format!("And {} more columns.\n", table.left_out.len() - LEFT_OUT);
    }
    let numbers = table.numbers.iter().map(|column| plain(column));
    let words = table
        .words
        .iter()
        .map(|(column, words)| format!("{} ({words} words)", plain(column)));
    let inputs: Vec<String> = numbers.chain(words).collect();
    let more = if inputs.len() > LEFT_OUT { ", …" } else { "" };
    text + &format!(
        "{} inputs from: {}{more}.",
        count(table.examples.inputs.ncols()),
        inputs[..inputs.len().min(LEFT_OUT)].join(", ")
    )
}

fn parts(contest: &Contest, table: &Labelled) -> String {
    let parts = &contest.parts;
    let [train, validation, test] =
        [&parts.train, &parts.validation, &parts.test].map(|part| count(part.rows()));
    let mut text = format!(
        "{train} rows to train on, {validation} to choose the epoch, {test} to test with."
    );
    let epochs = epochs(&parts.train);
    if epochs < TRAINING.epochs {
        text += &format!("\nThe table is large: {epochs} of {} epochs.", TRAINING.epochs);
    }
    text + &format!(
        "\nMost frequent class: {}. Chosen epochs: {} of the linear model, {} of the network.",
        plain(&table.classes[contest.most_frequent]),
        contest.linear.epoch,
        contest.network.epoch
    )
}

/// How many test rows each model is right about.
fn models(contest: &Contest) -> Table {
    let rows = contest.parts.test.rows();
    let names = ["most frequent class", "linear model", "network"];
    let lines = names.into_iter().zip(contest.shares()).map(|(name, share)| {
        let right = (share * rows as f64).round() as usize;
        // One more of each: all of a few rows right is no certainty.
        let luck = standard_error((right + 1) as f64 / (rows + 2) as f64, rows + 2);
        [
            name.to_owned(),
            format!("{} of {}", count(right), count(rows)),
            percent(share, 1),
            percent(luck, 1),
        ]
    });
    Table::of(["model", "test rows right", "share", "±"], lines)
}

/// The network beside the linear model, and whether it has learnt anything at all.
fn verdict(contest: &Contest) -> String {
    let [most_frequent, linear, network] = contest.said();
    let apart = contest.apart(&network, &linear);
    let verdict = match (is_clear(apart), apart[0] > apart[1]) {
        (false, _) => "no clear difference",
        (true, true) => "the hidden layer is worth it",
        (true, false) => "the linear model is better",
    };
    let [only_network, only_linear] = apart.map(count);
    let mut text = format!(
        "Only the network is right about {only_network} of the test rows, only the linear model about {only_linear}: {verdict}."
    );
    let apart = contest.apart(&network, &most_frequent);
    if !is_clear(apart) || apart[0] < apart[1] {
        text += "\nThe network is not clearly better than always saying the most frequent class.";
    }
    text
}

/// How far chance reaches: what other ways of splitting the rows give.
fn splits(page: &mut Page, shares: &[[f64; 3]]) -> String {
    let mut said = |name: &str, model: usize| {
        let shares = Spread::of(shares.iter().map(|shares| shares[model]));
        let [median, least, most] = [shares.median(), shares.least(), shares.most()]
            .map(|share| percent(share, 1));
        let text = format!("median {median}, from {least} to {most}");
        page.value(&format!("{name}_median"), median);
        page.value(&format!("{name}_least"), least);
        page.value(&format!("{name}_most"), most);
        text
    };
    let (network, linear) = (said("network", 2), said("linear", 1));
    format!(
        "{} ways to split the rows. Network: {network}. Linear model: {linear}.",
        shares.len()
    )
}

/// What each test row was taken for, by the network.
fn confusion(contest: &Contest, table: &Labelled) -> Figure {
    let classes = table.classes.len();
    let [.., said] = contest.said();
    let mut counts = vec![0; classes * classes];
    for (is, said) in contest.truth().into_iter().zip(said) {
        counts[classes * is + said] += 1;
    }
    let counts = counts.into_iter().map(|n| if n == 0 { f64::NAN } else { f64::from(n) });
    let names = || table.classes.iter().map(|class| plain(class));
    let panel = Panel::new()
        .x(Axis::new("the network says").categories(names()))
        .y(Axis::new("it is").categories(names()))
        .aspect(if classes < 4 { 2.0 } else { 1.3 })
        .draw(HeatMap::new(classes, counts).numbers(0));
    Figure::new(
        "Confusion matrix of the test rows",
        "A table of what each class was taken for by the network. Counts off the diagonal are mistakes.",
    )
    .panel(panel)
}

/// The cost over the epochs, and the epoch that was chosen.
fn curves(contest: &Contest) -> Figure {
    let network = &contest.network;
    let line =
        |part: usize| Line::over_index(network.costs.iter().map(|costs| costs[part]));
    let panel = Panel::new()
        .x(Axis::new("epoch"))
        .y(Axis::new("cost").log())
        .draw(Rule::vertical(network.epoch as f64).dash(Dash::Dotted).label("kept"))
        .draw(line(0).color(Color::Blue).label("training rows"))
        .draw(line(1).color(Color::Vermillion).label("validation rows"));
    Figure::new(
        "Learning curves of the network",
        "The cost of the training rows and of the validation rows over the epochs; a dotted line marks the epoch with the least cost of the validation rows.",
    )
    .panel(panel)
}

/// A test row that the network reads wrongly.
struct Mistake {
    /// Which of the examples it is.
    row: usize,
    is: usize,
    said: usize,
    /// The probability of what it said.
    sure: f64,
}

/// All of them, the surest first.
fn mistakes(contest: &Contest) -> Vec<Mistake> {
    let parts = &contest.parts;
    let scores = contest.network.network.predict(parts.test.inputs.view()); // (rows, classes)
    let said = contest.network.network.classify(parts.test.inputs.view());
    let rows =
        contest.truth().into_iter().zip(said).zip(scores.rows()).zip(&parts.test_rows);
    let mut mistakes: Vec<Mistake> = rows
        .filter(|(((is, said), _), _)| is != said)
        .map(|(((is, said), scores), &row)| {
            let mut probabilities = vec![0.0; scores.len()];
            softmax(&scores.to_vec(), &mut probabilities);
            Mistake { row, is, said, sure: probabilities[said] }
        })
        .collect();
    mistakes.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    mistakes
}

fn mistakes_in_words(contest: &Contest, mistakes: usize) -> String {
    let listed = match mistakes {
        0 => ".".to_owned(),
        1.. if mistakes > MISTAKES[0] => format!(". The {} surest:", MISTAKES[0]),
        _ => ", the surest first:".to_owned(),
    };
    let (wrong, rows) = (count(mistakes), count(contest.parts.test.rows()));
    format!("The network gets {wrong} of the {rows} test rows wrong{listed}")
}

fn wrong(mistakes: &[Mistake], data: &Data, table: &Labelled) -> Table {
    let words = table.words.iter().map(|(column, _)| column);
    let columns: Vec<usize> = table
        .numbers
        .iter()
        .chain(words)
        .take(MISTAKES[1])
        .filter_map(|name| data.columns.iter().position(|column| column == name))
        .collect();
    let header = Row::of(["line", "it is", "the network says", "how sure"]);
    let header = header.and(columns.iter().map(|column| plain(&data.columns[*column])));
    let rows = mistakes.iter().take(MISTAKES[0]).map(|mistake| {
        let row = table.rows[mistake.row];
        let [is, said] =
            [mistake.is, mistake.said].map(|class| plain(&table.classes[class]));
        let line = data.line(row).to_string();
        Row::of([line, is, said, percent(mistake.sure, 0)])
            .and(columns.iter().map(|column| plain(data.cell(row, *column))))
    });
    Table::of(header, rows)
}

/// A word of the reader's, fit for a cell of a table and for an axis.
fn plain(word: &str) -> String {
    const LONGEST: usize = 18;
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", plain_text(&word[..end])),
        None => plain_text(word),
    }
}

fn plain_text(text: &str) -> String {
    text.replace(|c: char| c == '|' || c.is_control(), " ")
}

/// What the page quotes.
fn name_values(page: &mut Page, data: &Data, table: &Labelled, contest: &Contest) {
    page.value("rows", count(data.rows()));
    page.value("columns", data.columns.len());
    page.value("left_out", count(data.rows() - table.rows.len()));
    page.value("inputs", table.examples.inputs.ncols());
    let parts = &contest.parts;
    page.value("train_rows", count(parts.train.rows()));
    page.value("validation_rows", count(parts.validation.rows()));
    page.value("test_rows", count(parts.test.rows()));
    page.value("epoch", contest.network.epoch);
    page.value("epochs", TRAINING.epochs);
    page.value("splits", SPLITS);
    page.value("most_classes", MOST_CLASSES);
    page.value("fewest_rows", FEWEST_ROWS);
    page.value("wrong", mistakes(contest).len());
    let [_, linear, network] = contest.said();
    let [only_network, only_linear] = contest.apart(&network, &linear);
    page.value("only_network", only_network);
    page.value("only_linear", only_linear);
}
