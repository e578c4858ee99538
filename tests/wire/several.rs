//! Several of everything: two programs on one journal folder and on two, one register with two terminals, terminals and addresses that
//! change places. Each till is a process of its own where the point is processes.

use std::collections::HashSet;

use comgate_simulator::{Options, Simulator};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use serde_json::{Value, json};
use support::folder::Folder;
use support::forwarder::Forwarder;
use support::register::{Register, charged_but_unknown, shop, terminal};
use support::till::{Till, is_till};

fn amounts_kept(simulator: &Simulator) -> Vec<i64> {
    let mut amounts: Vec<i64> = simulator.charges_kept().iter().map(|charge| charge.amount).collect();
    amounts.sort_unstable();
    amounts
}

// --- two processes -----------------------------------------------------------------------------------------------------------------

/// Who has to wait is told which process holds the terminal, and for which sale.
#[test]
fn wire_two_programs_on_one_folder_sell_in_turn_and_name_each_other() {
    if is_till() {
        return;
    }
    let (simulator, folder) = shop();
    let till = Till::new(
        &wire_two_programs_on_one_folder_sell_in_turn_and_name_each_other,
        simulator.address().port(),
        folder.path(),
    );
    let mut first = till.register("one").starts(&["hold:first:10000", "count"]);
    assert_eq!(first.hears(), "holding");
    let second = till.register("two");
    let said = second.lives(&["pay:second:20000"]);
    assert_eq!(said[0]["code"], Code::TerminalLocked.number(), "{}", said[0]);
    let words = said[0]["words"].as_str().expect("words");
    assert!(words.contains(&format!("process {}", first.id())) && words.contains("sale first"), "{words}");
    first.goes_on();
    assert_eq!(first.hears()["verdict"], "approved");
    assert_eq!(first.hears(), json!([0, 1]));
    first.ends();
    let said = second.lives(&["pay:second:20000", "count", "pay:first:10000", "recover:store"]);
    assert_eq!((&said[0]["verdict"], &said[1]), (&json!("approved"), &json!([0, 1])));
    assert_eq!(said[2]["code"], Code::SaleUsed.number(), "the other till's number");
    assert_eq!(said[3].as_array().map(Vec::len), Some(1), "only its own");
    assert_eq!(amounts_kept(&simulator), [10_000, 20_000]);
}

#[test]
fn wire_a_program_that_dies_in_mid_sale_leaves_no_lock_behind() {
    if is_till() {
        return;
    }
    let (simulator, folder) = shop();
    let till = Till::new(
        &wire_a_program_that_dies_in_mid_sale_leaves_no_lock_behind,
        simulator.address().port(),
        folder.path(),
    );
    let mut first = till.starts(&["hold:first:10000"]);
    assert_eq!(first.hears(), "holding");
    drop(first);
    let said = till.lives(&["pay:second:20000", "pay:first:10000", "recover:store", "count"]);
    assert_eq!((&said[0]["verdict"], &said[1]["verdict"]), (&json!("approved"), &json!("approved")));
    assert_eq!(said[3], json!([0, 0]));
    assert_eq!(amounts_kept(&simulator), [10_000, 20_000]);
}

#[test]
fn wire_the_same_sale_in_two_programs_on_one_folder_is_charged_once() {
    if is_till() {
        return;
    }
    let (simulator, folder) = shop();
    let till = Till::new(
        &wire_the_same_sale_in_two_programs_on_one_folder_is_charged_once,
        simulator.address().port(),
        folder.path(),
    );
    // All at once: each pays the same three sales.
    let lives: Vec<_> = (0..3).map(|_| till.starts(&["pay:1:10000", "pay:2:20000", "pay:3:30000"])).collect();
    for mut life in lives {
        for _ in 0..3 {
            let said = life.hears();
            // One that had to wait for the others too long was told so, and has sent nothing.
            let locked = said["code"] == Code::TerminalLocked.number();
            assert!(locked || said["verdict"] == "approved", "{said}");
        }
        life.ends();
    }
    let kept = amounts_kept(&simulator);
    assert_eq!(kept.iter().collect::<HashSet<_>>().len(), kept.len(), "charged twice: {kept:?}");
    let said = till.lives(&["pay:1:10000", "pay:2:20000", "pay:3:30000", "recover:store", "count"]);
    assert!(said[..3].iter().all(|outcome| outcome["verdict"] == "approved"), "{said:?}");
    assert_eq!(said[4], json!([0, 0]));
    assert_eq!(amounts_kept(&simulator), [10_000, 20_000, 30_000]);
}

/// They meet at the terminal, which refuses the one that comes second.
#[test]
fn wire_two_programs_with_a_folder_each_meet_and_lose_no_sale() {
    if is_till() {
        return;
    }
    let (simulator, folders) =
        (Simulator::start(Options::default()).expect("a free port"), [Folder::new(), Folder::new()]);
    let tills = [0, 1].map(|at: usize| {
        Till::new(
            &wire_two_programs_with_a_folder_each_meet_and_lose_no_sale,
            simulator.address().port(),
            folders[at].path(),
        )
    });
    let sales: [[&str; 3]; 2] =
        [["pay:a1:11000", "pay:a2:12000", "pay:a3:13000"], ["pay:b1:21000", "pay:b2:22000", "pay:b3:23000"]];
    let lives: Vec<_> = tills.iter().zip(&sales).map(|(till, sales)| till.starts(sales)).collect();
    let mut told = Vec::new();
    for mut life in lives {
        told.extend((0..3).map(|_| life.hears()));
        life.ends();
    }
    // No lock is between them: the terminal itself refuses the one that comes second.
    let approved = |outcome: &&Value| outcome["verdict"] == "approved";
    let refused = |outcome: &&Value| outcome["verdict"] == "not_started";
    assert!(told.iter().all(|outcome| approved(&outcome) || refused(&outcome)), "{told:?}");
    let mut paid: Vec<i64> =
        told.iter().filter(approved).filter_map(|outcome| outcome["amount_requested"].as_i64()).collect();
    paid.sort_unstable();
    assert_eq!(amounts_kept(&simulator), paid, "what was told is what was charged");
    for till in &tills {
        assert_eq!(till.lives(&["recover:store", "count"])[1], json!([0, 0]));
    }
}

/// Another program keeps the terminal locked, and its sale is named as well.
#[test]
fn wire_an_undecided_sale_is_called_so_though_its_terminal_is_in_use() {
    if is_till() {
        return;
    }
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    register.pay("A-43", 20000).expect(Verdict::Approved, None);
    charged_but_unknown(&simulator, &register, "A-42");
    let till = Till::new(
        &wire_an_undecided_sale_is_called_so_though_its_terminal_is_in_use,
        simulator.address().port(),
        folder.path(),
    )
    .register("two");
    let mut other = till.starts(&["hold:B-1:10000"]);
    assert_eq!(other.hears(), "holding");

    assert_eq!(register.try_pay("A-42", 12550).err(), Some(Code::TerminalLocked.number()));
    let words = register.last_error();
    assert!(words.contains("sale B-1") && words.contains("sale A-42 was begun before and is not decided"), "{words}");
    assert!(words.contains("do not charge it in another way"), "{words}");
    assert_eq!(register.try_pay("A-43", 20000).err(), Some(Code::TerminalLocked.number()));
    assert!(register.last_error().contains("sale A-43 is done already"), "{}", register.last_error());
    assert_eq!(register.try_pay("A-44", 100).err(), Some(Code::TerminalLocked.number()));
    assert!(!register.last_error().contains("A-4"), "of this one nothing was sent: {}", register.last_error());
    // It is the terminal that is in use, and not for this sale.
    assert_eq!(register.resolve("A-42", false, "nobody looked"), Code::TerminalLocked.number());
    assert!(register.last_error().contains("the terminal of sale A-42 is in use"), "{}", register.last_error());
    other.goes_on();
    assert_eq!(other.hears()["verdict"], "approved");
    other.ends();
    register.recover(true);
    assert_eq!(register.unresolved(), (0, 0));
    assert_eq!(amounts_kept(&simulator), [10_000, 12_550, 20_000]);
}

// --- one register, two terminals -----------------------------------------------------------------------------------------------------

#[test]
fn wire_one_register_sells_on_two_terminals_at_the_same_time() {
    let (folder, terminals) = (Folder::new(), [terminal("SIM00001"), terminal("SIM00002")]);
    let tills = [0, 1].map(|at: usize| Register::at(&terminals[at], &folder));
    let sales = [0, 1].map(|at: usize| tills[at].begin(["1", "2"][at], 12550).expect("no lock is in the way"));
    let mut done = [false; 2];
    while done != [true; 2] {
        for at in 0..2 {
            done[at] = done[at] || sales[at].step(50).expect("steps");
        }
    }
    let paid = sales.map(|sale| sale.finish().expect("an outcome"));
    for outcome in &paid {
        outcome.expect(Verdict::Approved, None);
    }
    assert!(terminals.iter().all(|terminal| terminal.charges_kept().len() == 1));
    assert_eq!(tills[0].unresolved(), (0, 2), "both are this register's");
    let untold = Code::Undecided.number();
    assert_eq!((tills[1].acknowledge("1"), tills[0].acknowledge("2")), (untold, untold), "what a handle was not told");
    let transaction = |at: usize| paid[at].text(Field::TransactionId).expect("an id");
    assert_eq!(tills[1].acknowledge_transaction(transaction(0)), 0, "by what the register has stored");
    assert_eq!(tills[1].acknowledge("2"), 0, "by the handle that was told");
}

#[test]
fn wire_a_sale_that_was_refused_on_one_terminal_is_paid_on_the_other() {
    let (folder, first, second) = (Folder::new(), terminal("SIM00001"), terminal("SIM00002"));
    let (here, there) = (Register::at(&first, &folder), Register::at(&second, &folder));
    here.pay("1", 12501).expect(Verdict::Declined, None);
    there.pay("1", 12550).expect(Verdict::Approved, None);
    assert!(here.pay("1", 12550).is(Field::Adopted), "and the first one knows it");
    assert_eq!((first.charges_kept().len(), second.charges_kept().len()), (0, 1));
}

#[test]
fn wire_a_sale_that_runs_on_one_terminal_is_not_begun_on_the_other() {
    let (folder, first, second) = (Folder::new(), terminal("SIM00001"), terminal("SIM00002"));
    let (here, there) = (Register::at(&first, &folder), Register::at(&second, &folder));
    let running = here.begin("1", 12550).expect("begins");
    running.until(50, || first.count("payment") > 0);
    // In the middle of it the cashier walks over to the other terminal.
    assert_eq!(there.try_pay("1", 12550).err(), Some(Code::TerminalLocked.number()), "{}", there.last_error());
    there.pay("2", 12550).expect(Verdict::Approved, None);
    while !running.step(500).expect("steps") {}
    running.finish().expect("an outcome").expect(Verdict::Approved, None);
    drop(running);
    assert!(there.pay("1", 12550).is(Field::Adopted));
    assert_eq!((first.charges_kept().len(), second.charges_kept().len()), (1, 1));
}

/// The sale stays open, and the other terminal sells.
#[test]
fn wire_an_open_sale_of_a_terminal_that_is_off_does_not_stop_the_other() {
    let (folder, first, second) = (Folder::new(), terminal("SIM00001"), terminal("SIM00002"));
    charged_but_unknown(&first, &Register::at(&first, &folder), "1");
    first.offline();
    let mut there = Register::at(&second, &folder);
    there.pay("1", 12550).expect(Verdict::Unknown, Some(Code::ContactLost));
    let other = there.pay("2", 12550);
    assert!(!other.expect(Verdict::Approved, None).is(Field::EarlierUnresolved), "it is another terminal's");
    assert_eq!((second.charges_kept().len(), there.unresolved()), (1, (1, 1)));
    first.online().expect("the port is still ours");
    there.recover(true);
    assert_eq!(there.unresolved(), (0, 0));
    assert_eq!((first.charges_kept().len(), second.charges_kept().len()), (1, 1));
}

// --- terminals and addresses ---------------------------------------------------------------------------------------------------------

/// Each of them stands at the address of the other.
#[test]
fn wire_two_terminals_that_changed_places_are_asked_about_their_own_sales() {
    let (folder, first, second) = (Folder::new(), terminal("SIM00001"), terminal("SIM00002"));
    let leases = [Forwarder::to(&first), Forwarder::to(&second)];
    let tills = [0, 1].map(|at: usize| Register::at_address("127.0.0.1", leases[at].port(), &folder));
    charged_but_unknown(&first, &tills[0], "1");
    charged_but_unknown(&second, &tills[1], "2");
    leases[0].moves_to(&second);
    leases[1].moves_to(&first);
    // Whoever stands at its address by now finds the sales of this terminal there, and not those of the other.
    for (at, sale) in [(0, "2"), (1, "1")] {
        let mut till = Register::at_address("127.0.0.1", leases[at].port(), &folder);
        let found = till.recover(true);
        let ours = found.iter().find(|outcome| outcome.text(Field::SaleId) == Some(sale)).expect("it is told");
        ours.expect(Verdict::Approved, None);
    }
    assert_eq!(tills[0].unresolved(), (0, 0));
    let foreign = |simulator: &Simulator, sale: &str| {
        let id = tills[0].find(sale).expect("known").text(Field::TransactionId).map(ToOwned::to_owned);
        simulator.requests().into_iter().filter(|request| request.transaction_id == id).count()
    };
    assert_eq!((foreign(&first, "2"), foreign(&second, "1")), (0, 0), "nobody was asked about another's sale");
    assert_eq!((first.charges_kept().len(), second.charges_kept().len()), (1, 1));
}

/// The handle is bound to the id of one terminal, and its address now leads to another.
#[test]
fn wire_a_bound_handle_sells_on_no_other_terminal_that_got_the_address() {
    let (folder, first, second) = (Folder::new(), terminal("SIM00001"), terminal("SIM00002"));
    let lease = Forwarder::to(&first);
    let till = Register::at_address("127.0.0.1", lease.port(), &folder);
    till.set_terminal_id("SIM00001");
    charged_but_unknown(&first, &till, "1");
    lease.moves_to(&second);
    till.pay("2", 12550).expect(Verdict::NotStarted, Some(Code::OtherTerminal));
    assert_eq!(second.count("payment"), 0);
    // At its new address it is the same terminal, with the same open sale.
    let mut moved = Register::at(&first, &folder);
    moved.set_terminal_id("SIM00001");
    moved.pay("2", 12550).expect(Verdict::Approved, None);
    moved.recover(true);
    assert_eq!((moved.unresolved(), first.charges_kept().len()), ((0, 0), 2));
}
