//! Pins everything that the chapter prints and draws.

lesson::pin!(ch06_backprop: chain, by_hand, equations, all_at_once, blame, seven_steps, mnist);
