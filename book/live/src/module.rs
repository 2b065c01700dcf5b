//! The way into the module: a page writes what it asks into `room`, calls `draw`, and reads the answer.
//!
//! The answer starts with a line `drawn` or `refused`. Should the code panic, the module stops for good, and the answer is
//! what the panic said: the page reads it and takes a new instance.

#![allow(unsafe_code)] // What the page calls must keep its name.

use std::panic::PanicHookInfo;
use std::sync::{Mutex, Once, PoisonError};

static QUESTION: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ANSWER: Mutex<String> = Mutex::new(String::new());
static HOOK: Once = Once::new();

/// Room for a question of so many bytes: where it lies.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    HOOK.call_once(|| std::panic::set_hook(Box::new(keep_words)));
    let mut question = QUESTION.lock().unwrap_or_else(PoisonError::into_inner);
    question.clear();
    question.resize(bytes, 0);
    question.as_mut_ptr()
}

/// Answers the question in the room.
#[unsafe(no_mangle)]
pub extern "C" fn draw() {
    let question = QUESTION.lock().unwrap_or_else(PoisonError::into_inner).clone();
    answered(match crate::answer(&String::from_utf8_lossy(&question)) {
        Ok(drawn) => format!("drawn\n{drawn}"),
        Err(words) => format!("refused\n{words}"),
    });
}

/// Where the answer lies.
#[unsafe(no_mangle)]
pub extern "C" fn answer_at() -> *const u8 {
    ANSWER.lock().unwrap_or_else(PoisonError::into_inner).as_ptr()
}

/// How many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn answer_len() -> usize {
    ANSWER.lock().unwrap_or_else(PoisonError::into_inner).len()
}

fn answered(words: String) {
    *ANSWER.lock().unwrap_or_else(PoisonError::into_inner) = words;
}

fn keep_words(panic: &PanicHookInfo<'_>) {
    let payload = panic.payload();
    let formatted = payload.downcast_ref::<String>().map(String::as_str);
    let literal = payload.downcast_ref::<&str>().copied();
    let words = formatted.or(literal).unwrap_or("the code stopped without a word");
    answered(format!("refused\n{words}"));
}
