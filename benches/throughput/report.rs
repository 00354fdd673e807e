//! Tables, ratios and targets.

use std::time::Duration;

use crate::contender::Contender;
use crate::process::{self, Spent};
use crate::receiver::Received;
use crate::server::ServerCost;
use crate::signatures::Bare;

/// One measured run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) spent: Spent,
    /// The store's server.
    pub(crate) server: Option<ServerCost>,
    pub(crate) received: Received,
}

impl Run {
    fn rate(&self) -> f64 {
        self.received.messages as f64 / self.spent.wall.as_secs_f64()
    }

    /// Microseconds of the sender's processor for each message.
    fn cpu(&self) -> f64 {
        self.spent.cpu.as_secs_f64() * 1e6 / self.received.messages as f64
    }

    /// Microseconds of the receiver's processor for each message.
    fn receiving(&self) -> f64 {
        self.received.cpu.as_secs_f64() * 1e6 / self.received.messages as f64
    }

    /// The share of its core that the receiver used.
    fn receiver(&self) -> f64 {
        self.received.cpu.as_secs_f64() / self.spent.wall.as_secs_f64()
    }

    /// Something of the server's, for each message.
    fn of_server(&self, figure: impl Fn(&ServerCost) -> f64) -> f64 {
        let figure = self.server.as_ref().map(figure).unwrap_or_default();
        figure / self.received.messages as f64
    }

    /// Microseconds of the server's processors for each message.
    fn server_cpu(&self) -> f64 {
        self.of_server(|server| server.cpu.as_secs_f64() * 1e6)
    }

    fn log_bytes(&self) -> f64 {
        self.of_server(|server| server.log.bytes as f64)
    }

    fn size(&self) -> f64 {
        self.received.bytes as f64 / self.received.messages as f64
    }
}

/// Every contender on the same number of connections and with the same delay.
pub(crate) struct Cell {
    connections: usize,
    delay: Duration,
    runs: Vec<(Contender, Run)>,
    /// The library's own speed, once a round.
    pub(crate) bare: Vec<Bare>,
}

impl Cell {
    pub(crate) fn new(connections: usize, delay: Duration) -> Self {
        Self {
            connections,
            delay,
            runs: Vec::new(),
            bare: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, contender: Contender, run: Run) {
        self.runs.push((contender, run));
    }

    /// Sorted; `None` without runs.
    fn figures(&self, contender: Contender, figure: impl Fn(&Run) -> f64) -> Option<Vec<f64>> {
        let runs = self.runs.iter().filter(|(whose, _)| *whose == contender);
        let mut figures: Vec<_> = runs.map(|(_, run)| figure(run)).collect();
        figures.sort_by(f64::total_cmp);
        (!figures.is_empty()).then_some(figures)
    }

    fn median(&self, contender: Contender, figure: impl Fn(&Run) -> f64) -> Option<f64> {
        let figures = self.figures(contender, figure)?;
        Some(figures[figures.len() / 2])
    }

    fn rate(&self, contender: Contender) -> Option<f64> {
        self.median(contender, Run::rate)
    }

    /// The fastest run, which is the least disturbed on a busy machine.
    fn best(&self, contender: Contender) -> Option<f64> {
        self.figures(contender, Run::rate)?.last().copied()
    }

    /// The median of a figure of the library.
    fn bare(&self, figure: impl Fn(&Bare) -> f64) -> Option<f64> {
        let mut figures: Vec<_> = self.bare.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    }

    /// The rate of one contender over that of another.
    fn ratio(&self, one: Contender, other: Contender) -> Option<f64> {
        Some(self.rate(one)? / self.rate(other)?)
    }

    /// The same ratio for the best runs.
    fn ratio_of_best(&self, one: Contender, other: Contender) -> Option<f64> {
        Some(self.best(one)? / self.best(other)?)
    }

    /// Messages a second and connection, relative to one a round trip.
    fn of_round_trips(&self, contender: Contender) -> Option<f64> {
        (!self.delay.is_zero()).then_some(())?;
        Some(self.rate(contender)? / self.most())
    }

    /// Mails a second at one a round trip on each connection.
    fn most(&self) -> f64 {
        self.connections as f64 / self.delay.as_secs_f64()
    }
}

pub(crate) fn head(size: usize, rounds: usize) {
    println!(
        "a mail of {size} bytes; medians of {rounds} interleaved rounds; the sender has one core, \
         the receiver another one\n\
         mails/s: least and most in brackets; CPU: the sender's, microseconds a mail; receiver: how \
         much of its core it used;\n\
         /source, /building: mails/s over those of smtp-source and of lettre-building; x RTT: \
         mails/s and connection over one a round trip"
    );
}

pub(crate) fn print(cell: &Cell) {
    println!(
        "\nconnections: {}, replies after {} ms, load of the machine {}\n\
         {:<18} {:>9} {:>19} {:>8} {:>8} {:>8} {:>8} {:>9} {:>6}",
        cell.connections,
        cell.delay.as_millis(),
        load(),
        "",
        "mails/s",
        "",
        "CPU",
        "receiver",
        "bytes",
        "/source",
        "/building",
        "x RTT"
    );
    for contender in Contender::ALL {
        let rates = cell.figures(contender, Run::rate).unwrap_or_default();
        let between = match (rates.first(), rates.last()) {
            (Some(least), Some(most)) => format!("({least:.0}–{most:.0})"),
            _ => "-".to_owned(),
        };
        println!(
            "{:<18} {:>9} {between:>19} {:>8} {:>8} {:>8} {:>8} {:>9} {:>6}",
            contender.name(),
            shown(cell.rate(contender), 0),
            shown(cell.median(contender, Run::cpu), 1),
            shown(cell.median(contender, Run::receiver), 2),
            shown(cell.median(contender, Run::size), 0),
            shown(cell.ratio(contender, Contender::SmtpSource), 2),
            shown(cell.ratio(contender, Contender::BUILDING), 1),
            shown(cell.of_round_trips(contender), 2),
        );
    }
    let of_postgres = |figure: fn(&Run) -> f64| cell.median(Contender::POSTGRES, figure);
    if let (Some(cpu), Some(bytes)) = (of_postgres(Run::server_cpu), of_postgres(Run::log_bytes)) {
        let updates = |pick: fn(&ServerCost) -> u64| {
            cell.median(Contender::POSTGRES, |run| {
                run.of_server(|server| pick(server) as f64)
            })
        };
        println!(
            "PostgreSQL's own processes: {cpu:.1} µs a mail; {bytes:.0} bytes of its log, {} updates of rows with HOT \
             and {} without",
            shown(updates(|server| server.log.hot_updates), 2),
            shown(updates(|server| server.log.updates), 2),
        );
    }
    if let Some((rsa, other)) = cell
        .bare(|bare| bare.rsa)
        .zip(cell.bare(|bare| bare.ed25519_and_hash))
    {
        println!(
            "by itself, the library makes {rsa:.0} RSA signatures a second on all cores; an Ed25519 signature and the \
             hash of a mail take it {other:.1} µs"
        );
    }
}

fn shown(figure: Option<f64>, digits: usize) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.digits$}"))
}

/// How many processes wanted a processor over the last minute. On a busy machine, believe the best runs.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// The sender's targets, and whether the medians reached them; in brackets the best runs.
pub(crate) fn print_targets(cells: &[Cell]) {
    println!("\ntargets, of the medians; in brackets, of the best runs");
    for cell in cells {
        print_targets_of_signing(cell);
        for ledger in [Contender::SQLITE, Contender::POSTGRES] {
            let say = |what: &str, figure: Option<f64>, best: Option<f64>, bound| {
                if let Some((figure, best)) = figure.zip(best) {
                    judge(cell, ledger, what, figure, best, bound);
                }
            };
            let over = |other| (cell.ratio(ledger, other), cell.ratio_of_best(ledger, other));
            let (by_building, best_by_building) = over(Contender::BUILDING);
            let times = "times lettre-building";
            if !cell.delay.is_zero() {
                let best = cell.best(ledger).map(|rate| rate / cell.most());
                let round_trips = cell.of_round_trips(ledger);
                say(
                    "of a mail a round trip",
                    round_trips,
                    best,
                    Bound::Least(0.9),
                );
                say(times, by_building, best_by_building, Bound::Least(5.0));
            } else if cell.connections == 16 && ledger == Contender::POSTGRES {
                let (by_source, best) = over(Contender::SmtpSource);
                say("of smtp-source", by_source, best, Bound::Least(0.5));
                let least = |figure: fn(&Run) -> f64| Some(*cell.figures(ledger, figure)?.first()?);
                let at_most = |what, figure: fn(&Run) -> f64, most| {
                    say(
                        what,
                        cell.median(ledger, figure),
                        least(figure),
                        Bound::Most(most),
                    );
                };
                at_most("bytes of the server's log a mail", Run::log_bytes, 800.0);
                at_most("µs of the server's CPU a mail", Run::server_cpu, 40.0);
            } else if cell.connections == 16 && ledger == Contender::SQLITE {
                let (by_source, best) = over(Contender::SmtpSource);
                say("of smtp-source", by_source, best, Bound::Least(0.7));
                say(times, by_building, best_by_building, Bound::Least(8.0));
                let cpu = |whose, pick: fn(&[f64]) -> f64| {
                    cell.figures(whose, Run::cpu).map(|figures| pick(&figures))
                };
                let over_source = |pick| {
                    let source = cpu(Contender::SmtpSource, pick)?;
                    Some(cpu(ledger, pick)? / source)
                };
                let median = over_source(|figures| figures[figures.len() / 2]);
                let least = over_source(|figures| figures[0]);
                say(
                    "of smtp-source's CPU a mail",
                    median,
                    least,
                    Bound::Most(1.0),
                );
            }
        }
    }
}

/// The targets of signing: on all cores, mails go out nearly as fast as the RSA signatures alone could be made, and an
/// Ed25519 signature costs at most 10 µs more than it does alone. The first target needs cores to spare, so the bench
/// also prints the most that these cores could reach.
fn print_targets_of_signing(cell: &Cell) {
    let best = |figure: fn(&Bare) -> f64, pick: fn(f64, f64) -> f64| {
        cell.bare.iter().map(figure).reduce(pick)
    };
    let signed = |rate: Option<f64>, bare: Option<f64>| Some(rate? / bare?);
    let median = signed(cell.rate(Contender::SIGNED), cell.bare(|bare| bare.rsa));
    let of_best = signed(
        cell.best(Contender::SIGNED),
        best(|bare| bare.rsa, f64::max),
    );
    let most = print_most_signed(cell);
    let left = cell.median(Contender::SIGNED, |run| 1.0 - run.receiver() / cores());
    let over = |ratio: Option<f64>, of: Option<f64>| Some(ratio? / of?);
    for (what, median, best, least) in [
        ("of the bare RSA rate", median, of_best, 0.8),
        (
            "of it, on the processors' time that the receiver leaves",
            over(median, left),
            over(of_best, left),
            0.8,
        ),
        (
            "of the most that these cores can do",
            over(cell.rate(Contender::SIGNED), most),
            over(cell.best(Contender::SIGNED), most),
            0.9,
        ),
    ] {
        if let Some((median, best)) = median.zip(best) {
            let bound = Bound::Least(least);
            judge(cell, Contender::SIGNED, what, median, best, bound);
        }
    }
    let cost = |pick: fn(&[f64]) -> f64, bare: Option<f64>| {
        let cpu = |whose| Some(pick(&cell.figures(whose, Run::cpu)?));
        Some(cpu(Contender::SIGNED_BY_ED25519)? - cpu(Contender::SQLITE)? - bare?)
    };
    let median = cost(
        |cpu| cpu[cpu.len() / 2],
        cell.bare(|bare| bare.ed25519_and_hash),
    );
    let least = cost(|cpu| cpu[0], best(|bare| bare.ed25519_and_hash, f64::min));
    if let Some((median, least)) = median.zip(least) {
        let what = "µs more than unsigned, the bare signature and the hash";
        judge(
            cell,
            Contender::SIGNED_BY_ED25519,
            what,
            median,
            least,
            Bound::Most(10.0),
        );
    }
}

/// Signed mails a second on all cores, if each cost only the sum of its parts. Prints that sum.
fn print_most_signed(cell: &Cell) -> Option<f64> {
    cell.rate(Contender::SIGNED)?;
    let rate = cell.bare(|bare| bare.rsa)?;
    let rsa = cores() * 1e6 / rate;
    let other = cell.bare(|bare| bare.ed25519_and_hash)?;
    let sending = cell.median(Contender::SQLITE, Run::cpu)?;
    let receiving = cell.median(Contender::SQLITE, Run::receiving)?;
    let sum = rsa + other + sending + receiving;
    let most = cores() * 1e6 / sum;
    println!(
        "a signed mail takes {rsa:.0} µs of a core for RSA, {other:.0} for Ed25519 and the hash, {sending:.0} to send \
         unsigned and {receiving:.0} to receive: {sum:.0} µs, so {} cores do at most {most:.0} a second, {:.2} of the \
         bare RSA rate",
        cores(),
        most / rate,
    );
    Some(most)
}

fn cores() -> f64 {
    process::cores() as f64
}

enum Bound {
    Least(f64),
    Most(f64),
}

fn judge(cell: &Cell, contender: Contender, what: &str, figure: f64, best: f64, bound: Bound) {
    let (met, wanted) = match bound {
        Bound::Least(least) => (figure >= least, format!("at least {least}")),
        Bound::Most(most) => (figure <= most, format!("at most {most}")),
    };
    println!(
        "{:<6} {:>2} connections, {:>2} ms, {:<16}  {figure:>7.2} ({best:.2}) {what}: {wanted}",
        if met { "ok" } else { "MISSED" },
        cell.connections,
        cell.delay.as_millis(),
        contender.name(),
    );
}
