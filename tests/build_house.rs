//! `src/README.md` is the map of the sources: which rooms there are, and which of them may know which. A room is a file of `src`
//! together with the folder of the same name.
//!
//! The page lists the rooms from the top to the bottom. A room may use only rooms further down, so there is no circle either: in every
//! circle at least one arrow points upwards.

use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../src/README.md");

/// One entry of the page.
struct Entry {
    /// As `ls -p src` shows them: `journal.rs`, `journal/`.
    names: Vec<&'static str>,
    text: &'static str,
}

impl Entry {
    fn room(&self) -> &'static str {
        room_of(self.names.first().copied().unwrap_or_default())
    }
}

#[test]
fn build_the_map_of_the_sources_lists_what_is_there() {
    let mut listed: Vec<String> =
        entries().iter().flat_map(|entry| &entry.names).map(|name| (*name).to_string()).collect();
    listed.sort();
    assert_eq!(listed, shown_by_ls(), "left: src/README.md, right: ls src");
    for entry in entries() {
        assert!(entry.text.ends_with('.'), "{:?} is not described", entry.names);
        assert!(entry.names.iter().all(|name| room_of(name) == entry.room()), "{:?} are two rooms", entry.names);
    }
}

#[test]
fn build_no_room_uses_one_further_up() {
    let order = order();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for file in sources(Path::new("src")) {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let room = room_of_file(&file);
        for used in used_by(&text) {
            count += 1;
            if let Err(problem) = points_down(&order, &room, &used) {
                wrong.push(format!("{}: {problem}", file.display()));
            }
        }
        if leaves_by_super(&file, &text) {
            wrong.push(format!("{}: another room is named with crate::, not with super::", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 300, "only {count} uses were found");
}

/// The drawing is for people, the list for the test above: they must agree.
#[test]
fn build_the_drawn_arrows_agree_with_the_list_of_rooms() {
    let order = order();
    let drawing = PAGE.lines().find(|line| line.contains(" → ")).expect("the page draws the arrows");
    let levels: Vec<Vec<&str>> = drawing.split('→').map(|level| names_in(level).collect()).collect();
    assert!(levels.len() > 5, "{drawing}");
    for pair in levels.windows(2) {
        for (above, below) in pair[0].iter().flat_map(|above| pair[1].iter().map(move |below| (above, below))) {
            assert_eq!(points_down(&order, above, below), Ok(()), "{drawing}");
        }
    }
}

#[test]
fn build_the_reader_of_uses_sees_every_way_to_write_one() {
    let text = "use crate::journal::Intent;\n// use crate::sale;\npub(crate) use crate::{ids, utc::{self, text},\n    log};\n\
                fn f() -> crate::money::Amount {}\n";
    assert_eq!(used_by(text), ["journal", "ids", "utc", "log", "money"]);
    let order = ["sale", "journal"];
    assert_eq!(points_down(&order, "sale", "journal"), Ok(()));
    assert_eq!(points_down(&order, "journal", "journal"), Ok(()));
    assert!(points_down(&order, "journal", "sale").is_err(), "upwards");
    assert!(points_down(&order, "sale", "Outcome").is_err(), "an item of lib.rs hides the room that has it");
    assert!(leaves_by_super(Path::new("src/sale.rs"), "use super::journal;\n"));
    assert!(leaves_by_super(Path::new("src/sale/a.rs"), "use super::super::journal;\n"));
    assert!(!leaves_by_super(Path::new("src/sale/a.rs"), "use super::b;\n"));
}

/// The rooms, from the top to the bottom.
fn order() -> Vec<&'static str> {
    entries().iter().map(Entry::room).collect()
}

/// Lines such as ``- `journal.rs`, `journal/` – what it is.``, with the lines that continue them.
fn entries() -> Vec<Entry> {
    let rooms =
        PAGE.split("## The rooms").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the list of rooms");
    let items = rooms.split("\n- ").skip(1);
    items
        .map(|item| {
            let (names, text) = item.split_once(" – ").unwrap_or_else(|| panic!("no text: {item}"));
            Entry { names: names.split('`').skip(1).step_by(2).collect(), text: text.trim() }
        })
        .collect()
}

fn shown_by_ls() -> Vec<String> {
    let mut names: Vec<String> = entries_of(Path::new("src"))
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            if path.is_dir() { format!("{name}/") } else { name.into_owned() }
        })
        .collect();
    names.sort();
    names
}

/// Every Rust file under a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = entries_of(folder).into_iter().partition(|path| path.is_dir());
    let rust = files.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    rust.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

/// Relative to the project, in which cargo starts a test.
fn entries_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("an entry of the folder").path()).collect()
}

fn room_of(name: &str) -> &str {
    name.trim_end_matches('/').trim_end_matches(".rs")
}

fn room_of_file(file: &Path) -> String {
    let inside = file.strip_prefix("src").expect("a file of src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
    room_of(&first).to_string()
}

/// The names after each `crate::`, comments left out.
fn used_by(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.join("\n").split("crate::").skip(1).flat_map(first_names).collect()
}

/// `journal::Intent; …` names journal; `{ids, utc::{self, text}}; …` names ids and utc.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return names_in(path).take(1).map(String::from).collect() };
    let (mut depth, mut outermost) = (1, String::new());
    for letter in group.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        match depth {
            0 => break,
            1 => outermost.push(letter),
            _ => {}
        }
    }
    outermost.split(',').filter_map(|part| names_in(part).next().map(String::from)).collect()
}

fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|name| !name.is_empty())
}

fn points_down(order: &[&str], from: &str, to: &str) -> Result<(), String> {
    let place = |room: &str| order.iter().position(|other| *other == room).ok_or(format!("there is no room {room}"));
    if place(from)? <= place(to)? { Ok(()) } else { Err(format!("{from} → {to} points upwards")) }
}

/// Whether a file reaches other rooms without saying `crate::`.
fn leaves_by_super(file: &Path, text: &str) -> bool {
    let is_a_room = file.components().count() == 2;
    let has = |start: &str| text.lines().any(|line| line.starts_with(start));
    text.contains("super::super::") || (is_a_room && (has("use super::") || has("pub(crate) use super::")))
}
