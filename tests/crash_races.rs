//! Two registers on one folder that want to know about the same sale at the same time.

use std::time::Duration;

use comgate_simulator::{Fault, FaultKind, ResultGone};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::{Register, shop};

/// While a register waits for the terminal, another one finds the verdict of its sale. Asked again, the terminal knows nothing any more, and
/// the verdict that was found stays.
#[test]
fn crash_a_verdict_found_by_another_register_is_not_asked_away() {
    let (simulator, folder) = shop();
    // The terminal keeps the last sale alone: whoever asks after the next one hears that there is no such sale.
    simulator.personality(|terminal| terminal.result_gone = ResultGone::AfterNextSale);
    simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    let first = Register::at(&simulator, &folder);
    first.set_register_id("till-1");
    first.pay("1", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    drop(first);
    simulator.clear_faults();

    let second = Register::at(&simulator, &folder);
    second.set_register_id("till-2");
    let steps = second.begin("2", 12600).expect("the terminal is free");
    let met = simulator.count("info");
    std::thread::scope(|scope| {
        let recovering = scope.spawn(|| {
            let mut first = Register::at(&simulator, &folder);
            first.set_register_id("till-1");
            first.recover(true)
        });
        // It has read the journal and greeted the terminal; from here on it waits until the other register is done with it.
        while simulator.count("info") == met {
            std::thread::sleep(Duration::from_millis(5));
        }
        // Before its own sale the other register asks about the open one, and settles it.
        while !steps.step(1_000).expect("steps") {}
        steps.finish().expect("an outcome").expect(Verdict::Approved, None);
        drop(steps);
        let found = recovering.join().expect("recover does not panic");
        assert_eq!(found.len(), 1);
        found[0].expect(Verdict::Approved, None);
        assert_eq!(found[0].text(Field::SaleId), Some("1"));
    });
    assert_eq!(simulator.charges_kept().len(), 2);
}
