//! Every position of every switch, so that a test can take each in turn and forgets none.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::Personality;

/// A kind of switch: where it can stand. A switch without this does not compile, so no test can miss a new one.
pub(super) trait Switch: Sized {
    fn positions() -> Vec<Self>;
}

impl Switch for bool {
    fn positions() -> Vec<Self> {
        vec![false, true]
    }
}

/// Milliseconds: at once, and so late that a register that goes on without a pause is faster.
impl Switch for Option<u64> {
    fn positions() -> Vec<Self> {
        vec![None, Some(0), Some(1_000)]
    }
}

/// Response codes, one of which says nothing.
impl Switch for Option<String> {
    fn positions() -> Vec<Self> {
        vec![None, Some("USER_TIMEOUT".into()), Some("UNDEFINED".into()), Some(String::new())]
    }
}

/// A text that can be any; the test positions are those that once deceived a register.
macro_rules! texts {
    ($($(#[$about:meta])* pub struct $name:ident [$($text:literal),*];)*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(
            /// The text; without it, the switch does nothing.
            pub Option<String>
        );

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Some(text.into()))
            }
        }

        impl super::position::Switch for $name {
            fn positions() -> Vec<Self> {
                vec![Self(None), $($text.into()),*]
            }
        }
    )*};
}

/// Positions that an edition of the protocol brought to a switch of the first group.
const BROUGHT_BY_AN_EDITION: [&str; 5] =
    ["info_version=zero", "busy=http202", "duplicate_id=http400", "cancel_reply=message", "status_language=codes"];

/// One switch in one position.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The name of the switch.
    pub switch: &'static str,
    value: Value,
}

impl Position {
    pub(super) fn new(switch: &'static str, value: &impl Serialize) -> Self {
        Self { switch, value: serde_json::json!(value) }
    }

    /// The group that it belongs to: that of its switch, but for what an edition brought.
    pub(super) fn group(&self, of_switch: Group) -> Group {
        if BROUGHT_BY_AN_EDITION.contains(&self.to_string().as_str()) { Group::Edition } else { of_switch }
    }

    /// Puts the switch there.
    pub fn set(&self, personality: &mut Personality) {
        let mut fields = serde_json::json!(personality);
        fields[self.switch] = self.value.clone();
        *personality = serde_json::from_value(fields).expect("it was made of such a value");
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::String(text) if !text.is_empty() => write!(f, "{}={text}", self.switch),
            value => write!(f, "{}={value}", self.switch),
        }
    }
}

/// What a switch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// A corner of the protocol of which nobody knows how a real terminal behaves.
    Corner,
    /// Something that an edition of the protocol says.
    Edition,
    /// A plausible terminal on which a register is easily deceived, alone or with others of its kind.
    Attack,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Corner, Self::Edition, Self::Attack];
}

impl Personality {
    /// Every position of every switch of the first group but the default ones; see [`Self::positions_of`] for the others.
    pub fn positions() -> Vec<Position> {
        Self::positions_of(&[Group::Corner])
    }

    /// With these switches set, all others as they are by default.
    pub fn with<'p>(positions: impl IntoIterator<Item = &'p Position>) -> Self {
        let mut personality = Self::default();
        for position in positions {
            position.set(&mut personality);
        }
        personality
    }

    /// One personality for each position of each switch of the first group, by name; the first is the default.
    pub fn each() -> Vec<(String, Self)> {
        Self::each_of(&[Group::Corner])
    }

    /// One personality for each position of each switch of these groups, by name; the first is the default.
    pub fn each_of(groups: &[Group]) -> Vec<(String, Self)> {
        let rows =
            Self::positions_of(groups).into_iter().map(|position| (position.to_string(), Self::with([&position])));
        std::iter::once(("default".into(), Self::default())).chain(rows).collect()
    }

    /// So many combinations of three positions of different switches, chosen by this seed: who prints the seed can play them again.
    pub fn triples(among: &[Position], seed: u64, count: usize) -> Vec<Vec<Position>> {
        let mut chance = Chance(seed);
        let mut rows = Vec::new();
        let switches: std::collections::BTreeSet<_> = among.iter().map(|position| position.switch).collect();
        while rows.len() < count && switches.len() >= 3 {
            let mut row: Vec<Position> = Vec::new();
            while row.len() < 3 {
                let next = &among[chance.below(among.len())];
                if row.iter().all(|other| other.switch != next.switch) {
                    row.push(next.clone());
                }
            }
            rows.push(row);
        }
        rows
    }

    /// Few combinations in which any two of these positions of different switches meet at least once, at most `most` switches in each.
    pub fn pairs(among: &[Position], most: usize) -> Vec<Vec<Position>> {
        let mut open = vec![vec![true; among.len()]; among.len()];
        let mut rows = Vec::new();
        for (first, second) in couples(among.len()) {
            if !open[first][second] || among[first].switch == among[second].switch {
                continue;
            }
            let mut row = vec![first, second];
            while let Some(next) = (row.len() < most).then(|| most_useful(among, &open, &row)).flatten() {
                row.push(next);
            }
            for (one, other) in couples(row.len()) {
                (open[row[one]][row[other]], open[row[other]][row[one]]) = (false, false);
            }
            rows.push(row.into_iter().map(|place| among[place].clone()).collect());
        }
        rows
    }
}

/// A row of numbers that looks like chance and is the same for the same seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from((mixed ^ (mixed >> 31)) % limit).unwrap_or_default()
    }
}

/// The position that meets most of those in the row for the first time.
fn most_useful(among: &[Position], open: &[Vec<bool>], row: &[usize]) -> Option<usize> {
    let news = |place: usize| row.iter().filter(|other| open[place][**other]).count();
    (0..among.len())
        .filter(|place| row.iter().all(|other| among[*other].switch != among[*place].switch))
        .max_by_key(|place| news(*place))
        .filter(|place| news(*place) > 0)
}

/// Every two of so many.
fn couples(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |first| (first + 1..count).map(move |second| (first, second)))
}

/// Declares the switches, and with them the list of their positions.
macro_rules! switches {
    ($(#[$about:meta])* pub struct $name:ident
     $($group:ident { $($(#[$doc:meta])* pub $field:ident: $kind:ty,)* })*) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[allow(clippy::struct_excessive_bools)] // Each is a switch of its own.
        pub struct $name {
            $($($(#[$doc])* pub $field: $kind,)*)*
        }

        impl $name {
            /// What this terminal did before it learned an edition of the protocol: every switch in its first position.
            pub fn before() -> Self {
                Self { $($($field: Default::default(),)*)* }
            }

            /// Every position of every switch of these groups but the default ones.
            pub fn positions_of(groups: &[Group]) -> Vec<Position> {
                let (mut all, by_default) = (Vec::new(), Self::default());
                $($({
                    let others = <$kind as position::Switch>::positions().into_iter().filter(|at| *at != by_default.$field);
                    all.extend(others.map(|at| (Group::$group, Position::new(stringify!($field), &at))));
                })*)*
                let wanted = |(group, at): &(Group, Position)| groups.contains(&at.group(*group));
                all.into_iter().filter(wanted).map(|(_, at)| at).collect()
            }
        }
    };
}

/// Declares a switch that stands in one of several positions; the one marked as default comes first.
macro_rules! manner {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl super::position::Switch for $name {
            fn positions() -> Vec<Self> {
                vec![$(Self::$variant),*]
            }
        }
    };
}

pub(super) use {manner, switches, texts};
