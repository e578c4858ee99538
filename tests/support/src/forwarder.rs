//! An address that can be pointed to another terminal.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use comgate_simulator::Simulator;

pub struct Forwarder {
    address: SocketAddr,
    target: Arc<Mutex<SocketAddr>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Forwarder {
    pub fn to(simulator: &Simulator) -> Self {
        Self::at("127.0.0.1", simulator)
    }

    /// The same at another address of this machine, which nobody else gets after the forwarder has gone.
    pub fn at(host: &str, simulator: &Simulator) -> Self {
        let listener = TcpListener::bind((host, 0)).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (target, over) = (Arc::new(Mutex::new(simulator.address())), Arc::new(AtomicBool::new(false)));
        let (shared, end) = (target.clone(), over.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let to = TcpStream::connect(*shared.lock().expect("no panic")).expect("the terminal listens");
                both_ways(stream, to);
            }
        });
        Self { address, target, over, thread: Some(thread) }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn moves_to(&self, simulator: &Simulator) {
        *self.target.lock().expect("no panic") = simulator.address();
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn both_ways(from: TcpStream, to: TcpStream) {
    let (back_from, back_to) = (to.try_clone().expect("a handle"), from.try_clone().expect("a handle"));
    std::thread::spawn(move || one_way(from, to));
    std::thread::spawn(move || one_way(back_from, back_to));
}

fn one_way(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
