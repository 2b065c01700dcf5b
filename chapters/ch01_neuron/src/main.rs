//! `cargo run -p ch01_neuron`

fn main() -> std::process::ExitCode {
    lesson::main(ch01_neuron::chapter())
}
