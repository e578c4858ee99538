# shellcheck shell=bash
# shellcheck disable=SC2154  # work, port, valgrind … are of run.sh, which reads this file.
# The stories of the C examples: each with the exit code and the words that a cashier should see, and one that ends
# less well.

# example NAME WANTED_EXIT_CODE PROGRAM ARGUMENTS...: on this simulator with $journal.
example() {
    local name=$1 wanted=$2 program=$3
    shift 3
    step "$name" "$wanted" "$work/$program" 127.0.0.1 "$port" "$journal" "$@" --simulator
}

# answered ANSWER NAME WANTED_EXIT_CODE ARGUMENTS...: signature, with what the cashier types.
answered() {
    local answer=$1 name=$2 wanted=$3
    shift 3
    # shellcheck disable=SC2016  # The inner shell expands them.
    step "$name" "$wanted" bash -c 'printf "%s\n" "$0" | "$@"' "$answer" \
        "$work/signature" 127.0.0.1 "$port" "$journal" "$@" --simulator
}

# happened NAME ENDPOINT COUNT: so many starts of this kind have reached the terminal.
happened() {
    local count
    ask /requests >"$room/output"
    count=$(grep -o "\"endpoint\":\"$2\"" "$room/output" | wc -l)
    if [ "$count" -eq "$3" ]; then good "$1"; else bad "$1 ($count times, wanted $3)" "$room/output"; fi
}

next_ends() { ask /next -d "{\"ending\":\"$1\"}" >"$room/output"; }

# switch NAME VALUE: the terminal has this manner.
switch() { ask /personality -d "{\"$1\":$2}" >"$room/output"; }

# Runs the example on a customer who takes a minute, until the terminal has taken the order.
start_slow_payment() {
    start_simulator
    "$work/pay" 127.0.0.1 "$port" "$journal" "$1" 131 --simulator >"$room/output" 2>&1 </dev/null &
    register_pid=$!
    if until_true 60 is_taken; then good "pay: $1 is under way"; else bad "pay: $1 is under way" "$room/output"; fi
}

kill_payment() {
    # The shell would report the kill between the results.
    { kill -KILL "$register_pid" && wait "$register_pid"; } 2>/dev/null || true
    register_pid=
}

pay_stories() {
    start_simulator
    journal=$(new_folder)
    step "pay: approved" 0 "$work/pay" 127.0.0.1 "$port" "$journal" paid-1 12550 --simulator
    says "pay: shows the verdict" "APPROVED"
    says "pay: shows the advice" "Paid. Hand over"
    says "pay: prints the receipt" "PAYMENT APPROVED"
    step "pay: the same sale again is an error" 2 "$work/pay" 127.0.0.1 "$port" "$journal" paid-1 12550 --simulator
    says "pay: says which" "paid-1"
    step "pay: declined" 1 "$work/pay" 127.0.0.1 "$port" "$journal" declined-1 101 --simulator
    says "pay: shows that it was declined" "DECLINED"
    step "pay: a simulator that is not allowed" 1 "$work/pay" 127.0.0.1 "$port" "$journal" real-1 100
    step "pay: nobody there" 1 "$work/pay" 127.0.0.1 1 "$journal" nobody-1 100 --simulator
    step "pay: no amount" 2 "$work/pay" 127.0.0.1 "$port" "$journal" amount-1 0 --simulator
    says "pay: says what is wrong with it" "amount"
    step "pay: an amount that is no number" 2 "$work/pay" 127.0.0.1 "$port" "$journal" amount-2 1x --simulator
    step "pay: a port that is none" 2 "$work/pay" 127.0.0.1 "$port"x "$journal" port-1 100 --simulator
    step "pay: no arguments" 2 "$work/pay"
    step "pay: no such folder" 2 "$work/pay" 127.0.0.1 "$port" "$journal/not-there" folder-1 100 --simulator
    says "pay: names the folder" "$journal/not-there"
    step "pay: unknown" 3 "$work/pay" 127.0.0.1 "$port" "$(new_folder)" unknown-1 112 --simulator
    says "pay: shows that it is unknown" "UNKNOWN"
    example "pay with the static library: approved" 0 pay-static static-1 100

    start_slow_payment interrupted-1
    kill -INT "$register_pid" || true
    code=0
    if until_true 60 has_ended "$register_pid"; then wait "$register_pid" || code=$?; fi
    if [ "$code" -eq 1 ]; then good "pay: Ctrl+C"; else bad "pay: Ctrl+C (exit code $code, wanted 1)" "$room/output"; fi
    says "pay: Ctrl+C cancels" "CANCELLED"

    start_slow_payment killed-1
    kill_payment
    ask /screen -d '{"action":"tap"}' >"$room/output"
    step "pay: after a crash" 0 "$work/pay" 127.0.0.1 "$port" "$journal" after-crash-1 100 --simulator
    says "pay: the sale before the crash is found" "killed-1"
    step "pay: after that" 0 "$work/pay" 127.0.0.1 "$port" "$journal" after-crash-2 100 --simulator
    says_not "pay: it is told once" killed-1
}

daily_stories() {
    start_simulator
    journal=$(new_folder)
    example "daily: bill 1" 0 daily 2026-11-23 1 12550
    example "daily: bill 1 of the next day is another sale" 0 daily 2026-11-24 1 9900
    says "daily: the date is in its number" "sale 2026-11-24/1/1"
    example "daily: bill 1 of the first day again" 2 daily 2026-11-23 1 12550
    says "daily: says when it was paid, and how much" "2026-11-23/1/1 was already paid: 125.50 CZK at 20"
    says "daily: says that it is stored" "acknowledged by the register"
    says "daily: tells the cashier" "This number is paid already: sale 2026-11-23/1/1, 125.50 CZK, "
    happened "daily: two were charged" payment 2
}

split_stories() {
    start_simulator
    journal=$(new_folder)
    example "split: the second card is declined" 1 split bill-1 10000 2501
    says "split: shows it" "DECLINED"
    happened "split: two cards were asked for" payment 2
    example "split: again, with a card that pays" 0 split bill-1 10000 2550
    says "split: the first part is not charged again" "bill-1/1 is paid already"
    says "split: the second is" "sale bill-1/2"
    happened "split: one more card was asked for" payment 3
    example "split: all of it is paid" 0 split bill-1 10000 2550
    happened "split: and nothing more is charged" payment 3
}

reverse_stories() {
    start_simulator
    journal=$(new_folder)
    example "reverse: a sale that is paid" 0 pay sale-1 12550
    next_ends declined
    example "reverse: the terminal refuses" 1 reverse reversal-1 sale-1
    says "reverse: shows that it is not taken back" "DECLINED"
    next_ends no-response-code
    example "reverse: nobody knows" 3 reverse reversal-1 sale-1
    says "reverse: shows that nobody knows" "UNKNOWN"
    example "reverse: another sale" 0 pay sale-2 12550
    example "reverse: taken back" 0 reverse reversal-2 sale-2
    says "reverse: prints the receipt" "REVERSAL DONE"
    example "reverse: once is enough" 2 reverse reversal-3 sale-2
    says "reverse: says that it was before" "was reversed before, as reversal-2"
    example "reverse: a sale that nobody knows" 2 reverse reversal-4 no-such-sale
    says "reverse: names it" "no-such-sale"
    happened "reverse: the terminal was asked three times" reverse 3
    # A terminal takes back its last payment only: of any other it does not find the original.
    example "reverse: one more sale" 0 pay sale-3 12550
    example "reverse: and one after it" 0 pay sale-4 9900
    example "reverse: not the terminal's last sale" 1 reverse reversal-5 sale-3
    says "reverse: shows that it was not begun" "NOT STARTED"
    says "reverse: shows the terminal's words" "HTTP 404 Unknown transaction"
    example "reverse: the last sale" 0 reverse reversal-6 sale-4
}

refund_stories() {
    start_simulator
    journal=$(new_folder)
    example "refund: a sale that is paid" 0 pay sale-1 12550
    example "refund: a part of it" 0 refund refund-1 5000 sale-1
    says "refund: prints the receipt" "REFUND APPROVED"
    example "refund: more than is left" 2 refund refund-2 7551 sale-1
    says "refund: says so" "more than what is left"
    happened "refund: and nothing was sent" refund 1
    example "refund: of no sale of this register" 0 refund refund-3 9900
    example "refund: declined" 1 refund refund-4 101
    says "refund: shows that it was declined" "DECLINED"
    example "refund: unknown" 3 refund refund-5 112
    says "refund: shows that it is unknown" "UNKNOWN"
    example "refund: no amount" 2 refund refund-6 12,50
    says "refund: says what is wrong with it" "12,50"
}

closing_stories() {
    start_simulator
    journal=$(new_folder)
    example "closing: a sale" 0 pay sale-1 12550
    example "closing: money back" 0 refund refund-1 5000
    # A refused closing has no totals. Without an id as well, only who saw it run would know that the refusal is of this one.
    switch closing_without_id false
    next_ends declined
    example "closing: the terminal refuses" 1 closing day-1
    example "closing: closed" 0 closing day-1
    says "closing: prints the receipt" "CLOSING DONE"
    says "closing: shows the payments" "their sum      12550"
    says "closing: shows the refunds" "their sum      5000"
    example "closing: no sale of it can be taken back" 2 reverse reversal-1 sale-1
    says "closing: it can be refunded" "Refund it instead"
    example "closing: a sale that nobody knows" 3 pay sale-2 112
    example "closing: it does not hinder" 0 closing day-2
    says "closing: it is pointed out" "1 sales are not decided"
}

recover_stories() {
    start_simulator
    journal=$(new_folder)
    example "recover: nothing is open" 0 recover
    says "recover: says that nothing is open" "0 not decided, 0 not stored"
    start_slow_payment killed-2
    kill_payment
    ask /screen -d '{"action":"tap"}' >"$room/output"
    example "recover: the customer paid after the crash" 0 recover
    says "recover: finds the sale" "killed-2"
    says "recover: knows that it is paid" "left open: APPROVED"
    example "recover: what is stored is not told again" 0 recover
    says_not "recover: nothing is left open" "left open"
    example "recover: a sale that nobody knows" 3 pay unknown-1 112
    example "recover: the terminal does not know it either" 3 recover
    says "recover: counts it" "1 not decided, 0 not stored"
    example "recover: a decision without a note" 2 recover unknown-1 charged
    example "recover: a person decides" 0 recover unknown-1 charged "Ms Novak, by the bank's statement"
    says "recover: the decision is told as the outcome" "left open: APPROVED"
    example "recover: the other way is too late" 1 recover unknown-1 not-charged "Mr Novak"
    says "recover: shows what it is" "APPROVED"
}

signature_stories() {
    start_simulator
    journal=$(new_folder)
    answered y "signature: it fits" 0 sale-1 104
    says "signature: the shop's copy has a line to sign on" "Customer's signature"
    says "signature: the customer gets a copy" "Customer receipt"
    answered n "signature: it does not fit" 1 sale-2 104
    says "signature: the sale is taken back" "REVERSAL DONE"
    happened "signature: once" reverse 1
    example "signature: nobody answers" 3 signature sale-3 104
    answered maybe "signature: that is no answer" 3 sale-3 104
    next_ends declined
    answered n "signature: the terminal does not take it back" 3 sale-3 104
    says "signature: shows that it is not taken back" "DECLINED"
    answered n "signature: the second time it does" 1 sale-3 104
    happened "signature: each sale was charged once" payment 3
    answered y "signature: none is asked for" 0 sale-4 100
    answered y "signature: declined" 1 sale-5 101
}

status_stories() {
    start_simulator
    journal=$(new_folder)
    example "status: ready" 0 status
    says "status: shows who it is" "SIM00001"
    says "status: shows the paths" "all paths      /paya"
    reply='{\"isOnline\":false,\"onlineStatus\":\"no line\"}'
    ask /fault -d '{"endpoint":"terminal","kind":{"answer":[200,"'"$reply"'"]}}' >"$room/output"
    example "status: not online" 1 status
    says "status: shows the terminal's words" "no line"
    step "status: a simulator that is not allowed" 2 "$work/status" 127.0.0.1 "$port" "$journal"
    says "status: says how to allow it" "--simulator allows it"
    start_simulator --secure-string "$secret"
    example "status: another password" 2 status
    says "status: says so" "Its secureString is another one"
    step "status: nobody there" 2 "$work/status" 127.0.0.1 1 "$journal"
    says "status: says where to look" "the cable"
}

# ---------------------------------------------------------------- all of them

# a_day NAME SUFFIX COMMAND...: each program once, in the order of a day; the command stands before them.
a_day() {
    local name=$1 suffix=$2 line words
    shift 2
    start_simulator
    journal=$(new_folder)
    # The reversal comes before the refund: a terminal takes back what was its last.
    for line in "status" "recover" "pay sale-1 12550" "reverse reversal-1 sale-1" "refund refund-1 5000" \
        "signature sale-2 100" "closing day-1"; do
        read -ra words <<<"$line"
        step "${words[0]} $name" 0 \
            "$@" "$work/${words[0]}$suffix" 127.0.0.1 "$port" "$journal" "${words[@]:1}" --simulator
    done
}
