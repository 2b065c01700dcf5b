//! Pins everything that the chapter prints and draws.

lesson::pin!(
    ch03_networks: linear_map, still_linear, bending, features, width, one_epoch, costs
);
