//! Registers that are killed in the middle of everything, and the questions that must have the same answers afterwards.
//!
//! The parent plays the shop: the terminal in software, the customers, the person who looks, the power cut. Each life of a register is a
//! process of its own ([`life`]), so that a kill is a kill.

pub mod aftermath;
pub mod arguments;
pub mod case;
pub mod evidence;
pub mod invariants;
pub mod journal;
pub mod life;
pub mod matrix;
pub mod mutations;
pub mod personalities;
pub mod pool;
pub mod power;
pub mod program;
pub mod report;
pub mod scenarios;
pub mod seeds;
pub mod shop;
pub mod told;
