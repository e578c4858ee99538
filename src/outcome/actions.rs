//! The sentences of an advice: whether it is paid, and what to do now. What happened stands between them.

use super::preauths;
use crate::codes::{Advice, Kind};

/// Whether the customer pays by it.
pub(super) fn is_paid(kind: Kind) -> bool {
    match kind {
        Kind::Payment | Kind::PreauthCompletion | Kind::Moto => true,
        Kind::Refund | Kind::Reversal | Kind::Closing | Kind::Other | Kind::Preauth | Kind::PreauthCancel => false,
    }
}

/// Whether it is paid, or done.
pub(super) fn lead(advice: Advice, kind: Kind) -> [&'static str; 3] {
    let sale = is_paid(kind);
    if let Some(lead) = preauths::lead(advice, kind) {
        return lead;
    }
    match advice {
        Advice::HandOver | Advice::SignatureThenHandOver => ["Zaplaceno.", "Zaplatené.", "Paid."],
        Advice::Done => ["Hotovo.", "Hotovo.", "Done."],
        Advice::NotPaid => ["Nezaplaceno.", "Nezaplatené.", "Not paid."],
        Advice::CheckSettings | Advice::NotAvailable if sale => ["Nezaplaceno.", "Nezaplatené.", "Not paid."],
        Advice::NotDone | Advice::CheckSettings | Advice::NotAvailable | Advice::RefundInstead => {
            ["Neprovedeno.", "Nevykonané.", "Not done."]
        }
        Advice::CheckTerminal => {
            ["Výsledek platby není jistý.", "Výsledok platby nie je istý.", "The outcome is not certain."]
        }
        Advice::RepeatNothing => ["Výsledek není jistý.", "Výsledok nie je istý.", "The outcome is not certain."],
        Advice::CallSupervisor => [
            "Odpověď terminálu nesouhlasí s pokladnou.",
            "Odpoveď terminálu nesúhlasí s pokladnicou.",
            "The terminal's answer does not fit the register.",
        ],
        Advice::TakenBack => [
            "Terminál platbu schválil a pak vzal zpět.",
            "Terminál platbu schválil a potom vzal späť.",
            "The terminal approved the payment and then took it back.",
        ],
        Advice::CodeNotListed => [
            "Terminál skončil kódem, který pokladna nezná.",
            "Terminál skončil kódom, ktorý pokladnica nepozná.",
            "The terminal ended with a code that the register does not know.",
        ],
        Advice::CollectRest => {
            ["Zaplaceno {approved} z {asked}.", "Zaplatené {approved} z {asked}.", "Paid {approved} of {asked}."]
        }
        Advice::PartialStands => [
            "Zaplaceno je jen {approved} z {asked} a terminál tuto platbu nevzal zpět.",
            "Zaplatené je len {approved} z {asked} a terminál túto platbu nevzal späť.",
            "Only {approved} of {asked} is paid, and the terminal has not taken it back.",
        ],
    }
}

/// What to do now.
pub(super) fn action(advice: Advice, kind: Kind) -> [&'static str; 3] {
    let sale = is_paid(kind);
    if let Some(action) = preauths::action(advice, kind) {
        return action;
    }
    match advice {
        Advice::HandOver => {
            ["Předejte zboží a účtenku.", "Odovzdajte tovar a účtenku.", "Hand over the goods and the receipt."]
        }
        Advice::SignatureThenHandOver => [
            "Nechte zákazníka podepsat účtenku a porovnejte podpis s kartou.",
            "Nechajte zákazníka podpísať účtenku a porovnajte podpis s kartou.",
            "Have the customer sign the receipt and compare the signature with the card.",
        ],
        Advice::Done => ["", "", ""],
        Advice::NotPaid => [
            "Zkuste platbu znovu nebo zvolte jiný způsob platby.",
            "Skúste platbu znova alebo zvoľte iný spôsob platby.",
            "Try again or take another means of payment.",
        ],
        Advice::NotDone => ["Zkuste to znovu.", "Skúste to znova.", "Try again."],
        Advice::CheckSettings => [
            "Zkontrolujte nastavení pokladny nebo zavolejte technika.",
            "Skontrolujte nastavenie pokladnice alebo zavolajte technika.",
            "Check the register's settings, or call the technician.",
        ],
        Advice::NotAvailable => [
            "O povolení požádejte poskytovatele terminálu.",
            "O povolenie požiadajte poskytovateľa terminálu.",
            "Ask the provider of the terminal to enable it.",
        ],
        Advice::RefundInstead => [
            "Terminál vezme zpět jen svou poslední platbu: vraťte peníze zákazníkovi na kartu funkcí vrácení.",
            "Terminál vezme späť len svoju poslednú platbu: vráťte peniaze zákazníkovi na kartu funkciou vrátenia.",
            "A terminal takes back its last payment only: give the money back with a refund to the card.",
        ],
        Advice::CheckTerminal => [
            "Podívejte se na terminál, neúčtujte znovu a zboží zatím nevydávejte.",
            "Pozrite sa na terminál, neúčtujte znova a tovar zatiaľ nevydávajte.",
            "Look at the terminal, do not charge again, and hand nothing over yet.",
        ],
        Advice::RepeatNothing => [
            "Podívejte se na terminál a zatím nic neopakujte.",
            "Pozrite sa na terminál a zatiaľ nič neopakujte.",
            "Look at the terminal, and repeat nothing yet.",
        ],
        Advice::CallSupervisor if !sale => [
            "Zavolejte vedoucího a nic neopakujte.",
            "Zavolajte vedúceho a nič neopakujte.",
            "Call the supervisor, and repeat nothing.",
        ],
        Advice::CallSupervisor => [
            "Zavolejte vedoucího, nic neopakujte a zboží nevydávejte.",
            "Zavolajte vedúceho, nič neopakujte a tovar nevydávajte.",
            "Call the supervisor, repeat nothing, and hand nothing over.",
        ],
        Advice::TakenBack => [
            "Zboží nevydávejte. Vedoucí ověří na terminálu, že zaplaceno není, a rozhodne to v pokladně.",
            "Tovar nevydávajte. Vedúci overí na termináli, že zaplatené nie je, a rozhodne to v pokladnici.",
            "Hand nothing over. The supervisor makes sure at the terminal that it is not paid, and decides it in the register.",
        ],
        Advice::CodeNotListed if !sale => [
            "Nic neopakujte. Vedoucí se podívá do historie terminálu a rozhodne to v pokladně; technik může pokladnu kód naučit.",
            "Nič neopakujte. Vedúci sa pozrie do histórie terminálu a rozhodne to v pokladnici; technik môže pokladnicu kód naučiť.",
            "Repeat nothing. The supervisor looks at the terminal's history and decides it in the register; a technician can teach the register the code.",
        ],
        Advice::CodeNotListed => [
            "Neúčtujte znovu a zboží nevydávejte. Vedoucí se podívá do historie terminálu a rozhodne to v pokladně; technik může pokladnu kód naučit.",
            "Neúčtujte znova a tovar nevydávajte. Vedúci sa pozrie do histórie terminálu a rozhodne to v pokladnici; technik môže pokladnicu kód naučiť.",
            "Do not charge again and hand nothing over. The supervisor looks at the terminal's history and decides it in the register; a technician can teach the register the code.",
        ],
        Advice::CollectRest => [
            "Zbývá doplatit {rest}: zaúčtujte je jako nový prodej nebo přijměte hotovost. Zboží vydejte až potom.",
            "Zostáva doplatiť {rest}: zaúčtujte ich ako nový predaj alebo prijmite hotovosť. Tovar vydajte až potom.",
            "{rest} is still to be paid: take it as a new sale or in cash. Hand the goods over only after that.",
        ],
        Advice::PartialStands => [
            "Stornujte ji, nebo vydejte zboží jen za tuto část. Rozhodne vedoucí.",
            "Stornujte ju, alebo vydajte tovar len za túto časť. Rozhodne vedúci.",
            "Reverse it, or hand over for this part only. The supervisor decides.",
        ],
    }
}
