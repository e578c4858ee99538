//! Chance plays shops for as long as one likes: three registers, two folders, one terminal, random sales, reversals,
//! refunds, closings and signatures, faults, kills and power cuts.
//!
//! `cargo test --features testing --test soak -- --seed S --sales N` plays the same plan again; what the clock does to it is new each time.

#![allow(unreachable_pub)]

mod plan;
mod street;

use std::time::Instant;

use support::chance::Chance;
use support::crash::arguments::Arguments;
use support::crash::{pool, program, report};
use support::figures;

/// Without `--sales`.
const SALES: usize = 500;
/// Each shop has three registers, which mostly wait.
const SHOPS_AT_A_TIME: usize = 32;

/// So many sales are made in each shop: in a long soak the journals grow long, too.
fn sales_per_shop(sales: usize) -> usize {
    (sales / SHOPS_AT_A_TIME).clamp(15, 200)
}

fn main() {
    let Some((arguments, began)) = program::begin("soak") else { return };
    let sales = arguments.sales.unwrap_or(SALES);
    println!("seed {}, {sales} sales (the same plan again: -- --seed {0} --sales {sales})", arguments.seed);
    let per_shop = sales_per_shop(sales);
    let shops: Vec<usize> = (0..sales.div_ceil(per_shop)).collect();
    let streets = pool::each(SHOPS_AT_A_TIME, &shops, |shop| {
        let sales = per_shop.min(sales - shop * per_shop);
        let seed = Chance::of(arguments.seed, &format!("shop {shop}")).number();
        street::live(seed, sales)
    });
    let failed = streets.iter().zip(&shops).filter(|(street, shop)| !is_clean(street, **shop)).count();
    write_down(&arguments, &streets, failed, began);
    report::end(streets.len() - failed, failed, began);
}

fn is_clean(street: &street::Street, shop: usize) -> bool {
    if !street.problems.is_empty() {
        println!("test shop {shop} with the terminal {} ... FAILED", street.personality);
        street.problems.iter().for_each(|problem| println!("    {problem}"));
        let story = figures::keep(&format!("soak-shop-{shop}.txt"), &street.diary.join("\n"));
        println!("    its story: {}", story.display());
    }
    street.problems.is_empty()
}

fn write_down(arguments: &Arguments, streets: &[street::Street], failed: usize, began: Instant) {
    let sum = |count: fn(&street::Street) -> usize| streets.iter().map(count).sum::<usize>();
    let figures = serde_json::json!({
        "seed": arguments.seed, "shops": streets.len(), "failed": failed,
        "sales": sum(|s| s.sales), "starts": sum(|s| s.starts), "lives": sum(|s| s.lives), "kills": sum(|s| s.kills), "power_cuts": sum(|s| s.power_cuts),
        "faults": sum(|s| s.faults), "charges": sum(|s| s.charges), "others": sum(|s| s.others), "first_confirms_trusted": sum(|s| s.trusted),
    });
    figures::write("soak", figures, began.elapsed());
}
