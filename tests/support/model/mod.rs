//! A model of what a shop may expect, and chance that plays a shop by it: see `tests/wire_model.rs`.

#![allow(unreachable_pub)]

mod attempts;
mod books;
mod call;
mod diary;
mod rules;
pub mod shop;
mod trouble;
