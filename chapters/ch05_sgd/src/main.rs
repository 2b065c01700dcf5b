//! `cargo run -p ch05_sgd`

fn main() -> std::process::ExitCode {
    lesson::main(ch05_sgd::chapter())
}
