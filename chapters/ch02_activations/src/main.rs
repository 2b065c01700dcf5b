//! `cargo run -p ch02_activations`

fn main() -> std::process::ExitCode {
    lesson::main(ch02_activations::chapter())
}
