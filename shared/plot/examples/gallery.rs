//! One figure of each kind, on a light and on a dark page: `cargo run -p plot --example gallery`, then open
//! `target/gallery/index.html`.

use std::fs;
use std::path::PathBuf;

use plot::{
    Align, Axis, Band, Bars, Color, Contours, Dash, Diagram, Field, Figure, HeatMap,
    Line, Node, Note, Panel, Path, Picture, Points, Regions, Rule, Wire, dark_variables,
    light_variables, theme_css,
};

fn main() -> std::io::Result<()> {
    let figures = [
        ("lines", lines()),
        ("activations", activations()),
        ("bands", bands()),
        ("many_runs", many_runs()),
        ("logarithmic", logarithmic()),
        ("u_curve", u_curve()),
        ("gates", gates()),
        ("moons", moons()),
        ("spirals", spirals()),
        ("valley", valley()),
        ("parabola", parabola()),
        ("bars", bars()),
        ("histograms", histograms()),
        ("scatter", scatter()),
        ("confusion", confusion()),
        ("weights", weights()),
        ("weight_images", weight_images()),
        ("pictures", pictures()),
        ("neuron", neuron()),
        ("network", network()),
        ("circuit", circuit()),
        ("annotated", annotated()),
        ("long_names", long_names()),
        ("long_labels", long_labels()),
        ("long_words", long_words()),
    ];
    let folder =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/gallery"));
    fs::create_dir_all(&folder)?;
    let mut page = String::new();
    for (name, figure) in &figures {
        let svg = figure.svg();
        println!("{name:<12} {:>6} bytes", svg.len());
        fs::write(folder.join(format!("{name}.svg")), &svg)?;
        page.push_str(&format!(
            "<div class=light>{svg}</div>\n<div class=dark>{svg}</div>\n"
        ));
    }
    let style = format!(
        "{}.light{{{}background:#fff}}.dark{{{}background:#16181d}}\
         body{{margin:0;display:grid;grid-template-columns:1fr 1fr}}div{{padding:24px;display:grid;place-items:center}}\
         @media(max-width:900px){{body{{grid-template-columns:1fr}}div{{padding:12px}}}}",
        theme_css(),
        light_variables(),
        dark_variables(),
    );
    let index = format!(
        "<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Gallery</title>\
         <style>{style}</style>\n{page}"
    );
    fs::write(folder.join("index.html"), index)?;
    println!("{}", folder.join("index.html").display());
    Ok(())
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-z))
}

/// Numbers between 0 and 1 that look random (a linear congruential generator), so that the gallery needs no other crate.
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    }
}

fn lines() -> Figure {
    let z = -6.0..=6.0;
    Figure::new(
        "Four activation functions",
        "Threshold, sigmoid, tanh and ReLU between −6 and 6.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("weighted sum z"))
            .y(Axis::new("output").range(-1.2..=2.2))
            .draw(Line::function(z.clone(), sigmoid).label("sigmoid"))
            .draw(Line::function(z.clone(), libm::tanh).label("tanh"))
            .draw(Line::function(z.clone(), |z| z.max(0.0)).label("ReLU"))
            .draw(
                Line::function(z, |z| {
                    if z.abs() < 0.01 {
                        f64::NAN
                    } else if z < 0.0 {
                        0.0
                    } else {
                        1.0
                    }
                })
                .label("threshold"),
            ),
    )
}

fn activations() -> Figure {
    let panel = |name: &str, f: fn(f64) -> f64, slope: fn(f64) -> f64| {
        Panel::new()
            .heading(name)
            .x(Axis::new("z").range(-4.0..=4.0).ticks([-4.0, 0.0, 4.0]))
            .y(Axis::new("").range(-1.1..=1.6).ticks([-1.0, 0.0, 1.0]))
            .draw(Line::function(-4.0..=4.0, f).label("φ"))
            .draw(Line::function(-4.0..=4.0, slope).label("φ′"))
    };
    Figure::new(
        "Activations and their slopes",
        "Each of four functions with its derivative.",
    )
    .panel(panel("threshold", |z| if z < 0.0 { 0.0 } else { 1.0 }, |_| 0.0))
    .panel(panel("sigmoid", sigmoid, |z| sigmoid(z) * (1.0 - sigmoid(z))))
    .panel(panel("ReLU", |z| z.max(0.0), |z| if z < 0.0 { 0.0 } else { 1.0 }))
    .panel(panel("tanh", libm::tanh, |z| 1.0 - libm::tanh(z) * libm::tanh(z)))
}

fn bands() -> Figure {
    let curve = |speed: f64| move |epoch: f64| 0.06 + 0.9 * libm::exp(-epoch * speed);
    let mut panel = Panel::new()
        .x(Axis::new("epochs"))
        .y(Axis::new("cost on unseen rows").range(0.0..=1.0));
    for (color, name, speed, spread) in
        [(Color::Blue, "sigmoid", 0.03, 0.3), (Color::Vermillion, "tanh", 0.09, 0.2)]
    {
        let middle = curve(speed);
        let epochs = || (0..=100).map(f64::from);
        panel = panel
            .draw(
                Band::new(epochs().map(|e| {
                    (e, middle(e) * (1.0 - spread), middle(e) * (1.0 + spread))
                }))
                .color(color),
            )
            .draw(Line::new(epochs().map(|e| (e, middle(e)))).color(color).label(name));
    }
    Figure::new(
        "Cost over epochs",
        "tanh reaches a low cost after about 40 epochs, sigmoid after 100.",
    )
    .panel(panel)
}

fn many_runs() -> Figure {
    let mut panel =
        Panel::new().x(Axis::new("updates")).y(Axis::new("cost").range(0.0..=1.05));
    for seed in 0..12 {
        let mut random = noise(seed);
        let mut level: f64 = 1.0;
        let run = (0..400).map(move |_| {
            level += 0.06 * (random() - 0.5) - 0.02 * (level - 0.15);
            level
        });
        panel = panel.draw(Line::over_index(run).color(Color::Vermillion).faint());
    }
    let batch = Line::function(0.0..=400.0, |step| 0.15 + 0.85 * libm::exp(-step / 50.0));
    let panel = panel.draw(batch.color(Color::Blue).label("full\nbatch"));
    Figure::new(
        "Twelve stochastic runs and the full batch",
        "Single runs scatter around the full batch's curve.",
    )
    .panel(panel)
}

fn logarithmic() -> Figure {
    let per_layer = |ratio: f64| {
        (0..10).map(move |back| (f64::from(back), libm::pow(ratio, f64::from(back))))
    };
    Figure::new(
        "The gradient, layer by layer",
        "With sigmoid it shrinks by six orders of magnitude, with ReLU by one.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("layers before the output").ticks((0..10).map(f64::from)))
            .y(Axis::new("norm of the gradient").log())
            .draw(Line::new(per_layer(0.2)).label("sigmoid"))
            .draw(Line::new(per_layer(0.72)).label("tanh"))
            .draw(Line::new(per_layer(0.78)).label("ReLU"))
            .draw(Line::new(per_layer(0.8)).label("ReLU, He")),
    )
}

fn u_curve() -> Figure {
    let h = || (4..=60).map(|i| libm::pow(10.0, -f64::from(i) / 4.0));
    Figure::new(
        "Error of a numerical gradient",
        "Both differences have a best step; the central one reaches five digits more.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("step h").log())
            .y(Axis::new("relative error").log())
            .draw(Line::new(h().map(|h| (h, h + 1e-16 / h))).label("forward"))
            .draw(Line::new(h().map(|h| (h, h * h + 1e-16 / h))).label("central"))
            .draw(
                Rule::segment((1e-13, 1e-5), (1e-9, 1e-9))
                    .dash(Dash::Short)
                    .label("slope −1"),
            ),
    )
}

fn gates() -> Figure {
    let gate = |name: &str, on: [bool; 4], line: Option<(f64, f64, f64)>| {
        let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)];
        let those = |wanted: bool| {
            corners
                .into_iter()
                .zip(on)
                .filter(move |(_, on)| *on == wanted)
                .map(|(corner, _)| corner)
        };
        let axis = |name: &str| Axis::new(name).range(-0.4..=1.4).ticks([0.0, 1.0]);
        let mut panel = Panel::new().heading(name).x(axis("x₁")).y(axis("x₂")).equal();
        if let Some((a, b, c)) = line {
            panel = panel.draw(Regions::split(
                &Field::sample(-0.4..=1.4, -0.4..=1.4, |x, y| a * x + b * y + c),
                0.0,
            ));
        }
        panel
            .draw(Points::new(those(false)).color(Color::Blue))
            .draw(Points::new(those(true)).color(Color::Vermillion))
    };
    Figure::new("Three gates", "AND and OR are parted by a line, XOR is not.")
        .columns(3)
        .panel(gate("AND", [false, false, false, true], Some((1.0, 1.0, -1.5))))
        .panel(gate("OR", [false, true, true, true], Some((1.0, 1.0, -0.5))))
        .panel(gate("XOR", [false, true, true, false], None))
}

fn moons() -> Figure {
    let mut random = noise(5);
    let mut moon = |upper: bool| -> Vec<(f64, f64)> {
        let mut point = |i: i32| {
            let (angle, mut wobble) = (f64::from(i) * 0.052, || 0.25 * (random() - 0.5));
            let (x, y) = (libm::cos(angle), libm::sin(angle));
            if upper {
                (x + wobble(), y + wobble())
            } else {
                (1.0 - x + wobble(), 0.5 - y + wobble())
            }
        };
        (0..60).map(&mut point).collect()
    };
    let field = Field::sample(-1.5..=2.5, -1.0..=1.5, |x, y| {
        libm::sin(1.9 * x + 0.2) * 0.55 + 0.22 - y
    });
    Figure::new("Two moons", "A curved border parts the two moons.").panel(
        Panel::new()
            .equal()
            .x(Axis::new("x₁"))
            .y(Axis::new("x₂"))
            .draw(Regions::split(&field, 0.0))
            .draw(Points::new(moon(true)).color(Color::Blue).label("upper moon"))
            .draw(Points::new(moon(false)).color(Color::Vermillion).label("lower moon")),
    )
}

fn spirals() -> Figure {
    let side = -1.1..=1.1;
    let turn = |x: f64, y: f64, class: f64| {
        let radius = libm::sqrt(x * x + y * y);
        libm::cos(libm::atan2(y, x) - 5.0 * radius - class * std::f64::consts::TAU / 3.0)
    };
    let scores = [0.0, 1.0, 2.0]
        .map(|class| Field::sample(side.clone(), side.clone(), |x, y| turn(x, y, class)));
    let arm = |class: f64| {
        (2..40).map(move |i| {
            let radius = f64::from(i) / 40.0;
            let angle = 5.0 * radius + class * std::f64::consts::TAU / 3.0;
            (radius * libm::cos(angle), radius * libm::sin(angle))
        })
    };
    let mut panel = Panel::new().bare().equal().draw(Regions::classes(&scores));
    for class in 0..3 {
        panel = panel
            .draw(Points::new(arm(f64::from(class))).label(format!("arm {}", class + 1)));
    }
    Figure::new("Three spiral arms", "Each arm lies in a region of its own.").panel(panel)
}

fn valley() -> Figure {
    let descent = |rate: f64, curvature: f64| {
        let mut at: (f64, f64) = (-4.2, 1.6);
        (0..25).map(move |_| {
            let now = at;
            at = (at.0 - rate * 2.0 * at.0, at.1 - rate * 2.0 * curvature * at.1);
            now
        })
    };
    let panel = |heading: &str, curvature: f64, rate: f64| {
        let field =
            Field::sample(-5.0..=5.0, -3.0..=3.0, |x, y| x * x + curvature * y * y);
        Panel::new()
            .heading(heading)
            .equal()
            .x(Axis::new("w₁"))
            .y(Axis::new("w₂"))
            .draw(Contours::new(&field).levels([0.5, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0]))
            .draw(Path::new(descent(rate, curvature)).color(Color::Vermillion))
    };
    Figure::new(
        "Two valleys",
        "In a narrow valley the path zigzags; in a round one it goes straight down.",
    )
    .panel(panel("round", 2.0, 0.1))
    .panel(panel("narrow", 10.0, 0.09))
}

fn parabola() -> Figure {
    let panel = |heading: &str, rate: f64| {
        let mut x = 10.0;
        let steps: Vec<_> = (0..9)
            .map(|_| {
                let now: f64 = x;
                x -= rate * 2.0 * x;
                (now, now * now)
            })
            .collect();
        Panel::new()
            .heading(heading)
            .x(Axis::new("w").range(-13.0..=13.0))
            .y(Axis::new("cost").range(0.0..=170.0))
            .draw(Line::function(-13.0..=13.0, |x| x * x).color(Color::Muted))
            .draw(Path::new(steps).color(Color::Vermillion))
    };
    Figure::new(
        "Four rates on a parabola",
        "Creeping, good, bouncing for ever, diverging.",
    )
    .panel(panel("rate 0.05: creeping", 0.05))
    .panel(panel("rate 0.2: good", 0.2))
    .panel(panel("rate 1: bouncing", 1.0))
    .panel(panel("rate 1.05: diverging", 1.05))
}

fn bars() -> Figure {
    let (before, after) = (
        [0.31, 0.12, 0.45, 0.22, 0.08, 0.27, 0.38, 0.19],
        [0.21, 0.1, 0.3, 0.2, 0.11, 0.18, 0.25, 0.12],
    );
    Figure::new(
        "Cost per student",
        "One update lowers the cost of seven rows and raises that of one.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("student").categories(["1", "2", "3", "4", "5", "6", "7", "8"]))
            .y(Axis::new("cost"))
            .draw(Bars::new(before).slot(0, 2).label("before the update"))
            .draw(Bars::new(after).slot(1, 2).label("after it")),
    )
}

fn histograms() -> Figure {
    let mut random = noise(11);
    let mut panel = |heading: &str, width: f64| {
        let sums: Vec<f64> = (0..800)
            .map(|_| ((0..6).map(|_| random()).sum::<f64>() - 3.0) * width)
            .collect();
        Panel::new()
            .heading(heading)
            .x(Axis::new("weighted sum").range(-12.0..=12.0).ticks([-10.0, 0.0, 10.0]))
            .y(Axis::new("").hidden())
            .draw(Bars::histogram(sums, -12.0..=12.0, 24))
    };
    Figure::new(
        "Where the weighted sums lie",
        "Raw inputs saturate the neuron, standardised ones do not.",
    )
    .columns(3)
    .panel(panel("raw", 6.0))
    .panel(panel("normalised", 1.0))
    .panel(panel("standardised", 2.0))
}

fn scatter() -> Figure {
    let mut random = noise(3);
    let houses: Vec<_> = (0..150)
        .map(|_| (80.0 + 900.0 * random(), random()))
        .map(|(p, r)| (p, p + 160.0 * (r - 0.5)))
        .collect();
    let students = [
        (12.0, 93.0),
        (22.0, 68.0),
        (115.0, 95.0),
        (31.0, 75.0),
        (0.0, 51.0),
        (5.0, 60.0),
        (92.0, 89.0),
        (57.0, 97.0),
    ];
    Figure::new(
        "Predicted and true",
        "Houses lie along the diagonal; eight students by hours and exam.",
    )
    .panel(
        Panel::new()
            .equal()
            .x(Axis::new("true price").range(0.0..=1100.0))
            .y(Axis::new("predicted price").range(0.0..=1100.0))
            .draw(Rule::zero_of(1.0, -1.0, 0.0))
            .draw(Points::new(houses)),
    )
    .panel(
        Panel::new()
            .aspect(1.0)
            .x(Axis::new("hours of study"))
            .y(Axis::new("exam"))
            .draw(Points::new(students).names(["A", "B", "C", "D", "E", "F", "G", "H"]))
            .draw(Rule::horizontal(70.0).dash(Dash::Dashed).label("pass")),
    )
}

fn confusion() -> Figure {
    let counts = (0..100).map(|i| {
        if i / 10 == i % 10 {
            36.0 - f64::from(i % 7)
        } else {
            f64::from((i * 7919) % 13 / 11)
        }
    });
    let digits = || (0..10).map(|digit| digit.to_string());
    Figure::new(
        "Confusion matrix",
        "Almost all digits are recognised; a few are taken for others.",
    )
    .panel(
        Panel::new()
            .equal()
            .x(Axis::new("recognised as").categories(digits()))
            .y(Axis::new("written").categories(digits()))
            .draw(HeatMap::new(10, counts).numbers(0)),
    )
}

fn weights() -> Figure {
    let values = [0.82, -0.11, -1.3, 0.4, 0.05, 1.1, -0.62, 0.0, 0.9, -0.2, 0.33, -0.71];
    Figure::new(
        "Weights of three hidden neurons",
        "The third weighs area against the distance to the city.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("hidden neuron").categories(["h₁", "h₂", "h₃"]))
            .y(Axis::new("").categories(["area", "bedrooms", "distance", "age"]))
            .aspect(2.0)
            .draw(HeatMap::new(3, values).diverging().numbers(2)),
    )
}

fn weight_images() -> Figure {
    let mut figure = Figure::new(
        "What first-layer neurons look for",
        "Ten weight images; blue asks for ink, vermillion for paper.",
    )
    .columns(5);
    for k in 1..=10 {
        let wave = (0..64).map(move |i| {
            libm::sin(f64::from(k * (i % 8)) * 0.5) * libm::cos(f64::from(i / 8) * 0.6)
        });
        let axis = || Axis::new("").hidden();
        let panel =
            Panel::new().heading(format!("h{k}")).x(axis()).y(axis().reversed()).equal();
        figure = figure.panel(panel.draw(HeatMap::new(8, wave).diverging()));
    }
    figure
}

/// A handwritten four of the 8 × 8 data set (UCI, "Optical Recognition of Handwritten Digits").
const FOUR: [u8; 64] = [
    0, 0, 0, 1, 11, 0, 0, 0, 0, 0, 0, 7, 8, 0, 0, 0, 0, 0, 1, 13, 6, 2, 2, 0, 0, 0, 7,
    15, 0, 9, 8, 0, 0, 5, 16, 10, 0, 16, 6, 0, 0, 4, 15, 16, 13, 16, 1, 0, 0, 0, 0, 3,
    15, 10, 0, 0, 0, 0, 0, 2, 16, 4, 0, 0,
];

fn pictures() -> Figure {
    let mut figure = Figure::new(
        "Digits that it gets wrong",
        "Five fours, each taken for another digit.",
    )
    .columns(5);
    for wrong in [9, 7, 1, 6, 8] {
        let picture = Picture::new(8, FOUR.map(|grey| f64::from(grey) / 16.0));
        figure = figure.panel(Panel::picture(picture).heading(format!("4 → {wrong}")));
    }
    figure
}

fn neuron() -> Figure {
    let mut diagram = Diagram::new().row_height(66.0);
    let sum = diagram.node(Node::new(1.9, 1.0, "Σ + b").radius(28.0).below("z = 0.62"));
    for (row, (name, weight)) in
        [("study 0.41", 0.9), ("sleep −1.20", -0.35), ("quiz 0.15", 1.4)]
            .into_iter()
            .enumerate()
    {
        let input = diagram.node(Node::text(0.0, row as f64, name));
        diagram.wire(
            Wire::new(input, sum)
                .weight(weight)
                .label(format!("{weight}").replace('-', "−"))
                .at(0.45),
        );
    }
    let bias = diagram.node(Node::text(1.9, -0.1, "bias 0.2"));
    let activation = diagram.node(Node::new(3.0, 1.0, "σ").color(Color::Green));
    let output = diagram.node(Node::text(3.9, 1.0, "ŷ = 0.65"));
    diagram.wire(Wire::new(bias, sum).arrow());
    diagram.wire(Wire::new(sum, activation).arrow());
    diagram.wire(Wire::new(activation, output).arrow());
    Figure::new("One neuron", "Three inputs, their weights, the bias, the weighted sum 0.62 and the output 0.65.").diagram(diagram)
}

fn network() -> Figure {
    let (mut diagram, layers) =
        Diagram::layers(&[&["x₁", "x₂", "x₃"], &["h₁", "h₂", "h₃", "h₄"], &["ŷ"]]);
    let mut random = noise(8);
    for pair in layers.windows(2) {
        for &from in &pair[0] {
            for &to in &pair[1] {
                diagram.wire(Wire::new(from, to).weight(2.0 * random() - 1.0));
            }
        }
    }
    let (mut small, layers) = Diagram::layers(&[&["x₁", "x₂"], &["h₁", "h₂"], &["ŷ"]]);
    for (i, &from) in layers[0].iter().enumerate() {
        for (j, &to) in layers[1].iter().enumerate() {
            small.wire(
                Wire::new(from, to)
                    .label(["1.0", "−1.0", "1.0", "−1.0"][2 * i + j])
                    .at(0.27)
                    .arrow(),
            );
        }
    }
    for &from in &layers[1] {
        small.wire(Wire::new(from, layers[2][0]).label("1.0").arrow());
    }
    Figure::new(
        "Two networks",
        "3-4-1 with its weights as thickness, 2-2-1 with its weights as numbers.",
    )
    .diagram(diagram.heading("3-4-1, learnt").row_height(64.0))
    .diagram(small.heading("2-2-1, by hand").row_height(110.0))
}

fn circuit() -> Figure {
    let mut diagram = Diagram::new().row_height(72.0);
    let x = diagram.node(Node::text(0.0, 0.0, "x"));
    let y = diagram.node(Node::text(0.0, 1.6, "y"));
    let z = diagram.node(Node::text(0.0, 3.0, "z"));
    let sum = diagram.node(Node::new(1.2, 0.8, "+"));
    let product = diagram.node(Node::new(2.4, 1.8, "×"));
    let result = diagram.node(Node::text(3.3, 1.8, "f"));
    diagram.wire(Wire::new(x, sum).both_ways("−2", "−4").arrow());
    diagram.wire(Wire::new(y, sum).both_ways("5", "−4").arrow());
    diagram.wire(Wire::new(sum, product).both_ways("3", "−4").arrow());
    diagram.wire(Wire::new(z, product).both_ways("−4", "3").arrow());
    diagram.wire(Wire::new(product, result).both_ways("−12", "1").arrow());
    Figure::new("A small circuit", "Forward values above each wire, gradients below it.")
        .diagram(diagram)
}

fn annotated() -> Figure {
    let curve = |x: f64| x * libm::cos(0.15 * std::f64::consts::PI * x);
    Figure::new(
        "Many valleys",
        "A function with several minima; the start decides where descent ends.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("w"))
            .y(Axis::new("cost").range(-22.0..=22.0))
            .draw(
                Line::function(-20.0..=20.0, curve).color(Color::Muted).dash(Dash::Solid),
            )
            .draw(
                Points::new([
                    (-13.6, curve(-13.6)),
                    (7.0, curve(7.0)),
                    (20.0, curve(20.0)),
                ])
                .color(Color::Blue),
            )
            .draw(Rule::vertical(-3.0).label("start"))
            .draw(
                Note::new((8.0, -16.5), "a local minimum,\nwhere it stays")
                    .align(Align::Middle)
                    .points_at((7.0, curve(7.0))),
            ),
    )
}

const LONG: [&str; 5] = [
    "weights drawn from a wide distribution",
    "weights drawn from a narrow one",
    "weights that all begin at nothing",
    "Initialisierungswahrscheinlichkeit",
    "the weights of the year before this one",
];

fn long_names() -> Figure {
    Figure::new("Long names", "They are wrapped to the width of a bar.").panel(
        Panel::new()
            .x(Axis::new("start").categories(LONG))
            .y(Axis::new("cost"))
            .draw(Bars::new((1..=5).map(f64::from)).numbers(1)),
    )
}

fn long_labels() -> Figure {
    let ends = (1..=5).map(|i| Line::new([(0.0, 0.0), (1.0, 1.0 / f64::from(i))]));
    let ends = ends.zip(LONG).map(|(line, name)| line.label(name));
    let inside = LONG.map(|name| Points::new([(0.5, 0.5)]).names([name]).label(name));
    Figure::new("Long labels", "They are wrapped, or look for room.")
        .columns(1)
        .panel(
            Panel::new()
                .x(Axis::new("").categories(["before", "after"]))
                .y(Axis::new("").categories(LONG))
                .draw(HeatMap::new(2, (0..10).map(f64::from)).numbers(1)),
        )
        .panel(ends.fold(Panel::new().x(Axis::new("epoch")), Panel::draw))
        .panel(inside.into_iter().fold(Panel::new(), Panel::draw))
}

fn long_words() -> Figure {
    let layers: [&[&str]; 3] = [&LONG[..2], &LONG[2..4], &LONG[4..]];
    let (mut diagram, ids) = Diagram::layers(&layers);
    for (&from, &to) in ids[0].iter().zip(&ids[1]) {
        diagram.wire(Wire::new(from, to).label("a wire with a rather long name").arrow());
    }
    let rules = LONG.iter().zip(0..);
    let rules =
        rules.map(|(name, i)| Rule::vertical(0.5 + 0.01 * f64::from(i)).label(*name));
    Figure::new("Long words", "In circles, on wires, at rules.")
        .columns(1)
        .diagram(diagram.heading("Nodes with long names"))
        .panel(rules.fold(Panel::new().x(Axis::new("x").range(0.0..=1.0)), Panel::draw))
}
