//! A DNS server for tests, with records like `example.org TXT v=spf1 -all`, one a line. What is not listed does not
//! exist.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, MessageType, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, MX, PTR, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use crate::dkim::printed_records;

/// The lines of a zone with the records that `verdict dkim` prints.
pub(crate) fn zone_of(printed: &str) -> String {
    let records = printed_records(printed);
    records
        .map(|(name, value)| format!("{name} TXT {value}\n"))
        .collect()
}

pub(crate) struct Names {
    pub(crate) at: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    /// `None` fails every question.
    zone: Option<String>,
    asked: Vec<String>,
}

impl Names {
    pub(super) async fn start(zone: &str) -> Self {
        Self::start_at("127.0.0.1:0", zone).await
    }

    pub(crate) async fn start_at(address: &str, zone: &str) -> Self {
        let socket = UdpSocket::bind(address).await.unwrap();
        let at = socket.local_addr().unwrap();
        let shared = Arc::new(Mutex::new(Shared {
            zone: Some(zone.to_owned()),
            asked: Vec::new(),
        }));
        let task = tokio::spawn(serve(socket, Arc::clone(&shared)));
        Self { at, shared, task }
    }

    pub(crate) fn set(&self, zone: &str) {
        self.shared.lock().unwrap().zone = Some(zone.to_owned());
    }

    /// Answers every question with SERVFAIL from now on.
    pub(super) fn fail(&self) {
        self.shared.lock().unwrap().zone = None;
    }

    /// The names that were asked for.
    pub(super) fn asked(&self) -> Vec<String> {
        self.shared.lock().unwrap().asked.clone()
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(socket: UdpSocket, shared: Arc<Mutex<Shared>>) {
    let mut buffer = [0; 4096];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let Ok(question) = Message::from_vec(&buffer[..length]) else {
            continue;
        };
        let answer = answer(&question, &mut shared.lock().unwrap());
        let _ = socket.send_to(&answer.to_vec().unwrap(), from).await;
    }
}

fn answer(question: &Message, shared: &mut Shared) -> Message {
    let mut answer = question.clone();
    answer.metadata.message_type = MessageType::Response;
    answer.metadata.recursion_available = true;
    answer.additionals.clear();
    let query = &question.queries[0];
    let name = query
        .name
        .to_ascii()
        .trim_end_matches('.')
        .to_ascii_lowercase();
    shared.asked.push(name.clone());
    let Some(zone) = &shared.zone else {
        answer.metadata.response_code = ResponseCode::ServFail;
        return answer;
    };
    let mut exists = false;
    for line in zone.lines() {
        let mut words = line.trim().splitn(3, ' ');
        let (Some(owner), Some(kind), Some(value)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let owner = match owner.parse::<IpAddr>() {
            Ok(address) if kind == "PTR" => Name::from(address),
            _ => Name::from_ascii(owner).unwrap(),
        };
        let owned = owner.to_ascii().trim_end_matches('.') == name;
        exists |= owned;
        if owned && query.query_type.to_string() == kind {
            let mut record = Record::from_rdata(query.name.clone(), 0, data(kind, value));
            record.dns_class = query.query_class;
            answer.answers.push(record);
        }
    }
    if !exists {
        answer.metadata.response_code = ResponseCode::NXDomain;
    }
    answer
}

fn data(kind: &str, value: &str) -> RData {
    let name = |text| Name::from_ascii(text).unwrap();
    match kind {
        "A" => RData::A(A(value.parse().unwrap())),
        "AAAA" => RData::AAAA(AAAA(value.parse().unwrap())),
        "MX" => RData::MX(MX::new(10, name(value))),
        "PTR" => RData::PTR(PTR(name(value))),
        // In several strings, as long records have.
        _ => {
            let (one, two) = value.split_at(value.len() / 2);
            RData::TXT(TXT::new(vec![one.to_owned(), two.to_owned()]))
        }
    }
}
