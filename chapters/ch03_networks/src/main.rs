//! `cargo run -p ch03_networks`

fn main() -> std::process::ExitCode {
    lesson::main(ch03_networks::chapter())
}
