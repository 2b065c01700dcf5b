//! `cargo run -p ch06_backprop`

fn main() -> std::process::ExitCode {
    lesson::main(ch06_backprop::chapter())
}
