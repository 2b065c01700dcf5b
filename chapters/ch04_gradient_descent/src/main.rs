//! `cargo run -p ch04_gradient_descent`

fn main() -> std::process::ExitCode {
    lesson::main(ch04_gradient_descent::chapter())
}
