// One client's RTP into a file: `capture FILE PAYLOAD_TYPE PICTURES`. Prints what an answer must say of our side,
// "UFRAG PASSWORD PORT FINGERPRINT", and reads the same of the client's, without the port, from its input. Ends with
// the first packet beyond PICTURES timestamps or 60 KiB. The file has each packet behind its length in two bytes.
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

#include "adapters/media_io/clock.hpp"
#include "sfu/peer/transport.hpp"
#include "sfu/wire/rtp.hpp"

using namespace costage;
using namespace costage::sfu;
using media_io::monotonic_now;

namespace {

constexpr std::size_t kMaxFile = 60 * 1024;
constexpr auto kPatience = std::chrono::seconds(20);

// Bound to the address of the answer's candidate: an answer from another one would not count for the client.
class Socket {
 public:
  Socket() : fd_(socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in ours{};
    ours.sin_family = AF_INET;
    ours.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd_, reinterpret_cast<const sockaddr*>(&ours), sizeof ours) != 0) std::abort();
  }
  [[nodiscard]] std::uint16_t port() const {
    sockaddr_in bound{};
    socklen_t size = sizeof bound;
    getsockname(fd_, reinterpret_cast<sockaddr*>(&bound), &size);
    return ntohs(bound.sin_port);
  }
  void send(const Address& address, Bytes bytes) const {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(address.port);
    std::memcpy(&to.sin_addr, address.ip.data() + 12, 4);
    sendto(fd_, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  // Empty: nothing came for a while.
  MutableBytes receive(MutableBytes buffer, Address& sender) const {
    pollfd readable{fd_, POLLIN, 0};
    if (poll(&readable, 1, 10) <= 0) return {};
    sockaddr_in from{};
    socklen_t from_size = sizeof from;
    const ssize_t size = recvfrom(fd_, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &from_size);
    sender = Address::v4(0, 0, 0, 0, ntohs(from.sin_port));
    std::memcpy(sender.ip.data() + 12, &from.sin_addr, 4);
    return buffer.first(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  }

 private:
  int fd_;
};

class Recording {
 public:
  Recording(const char* file, int payload_type, std::size_t pictures)
      : out_(file, std::ios::binary), payload_type_(payload_type), pictures_(pictures) {}

  // False: it is full.
  bool add(Bytes packet) {
    const auto rtp = rtp::parse(packet);
    if (!rtp || rtp->header.payload_type != payload_type_ || rtp->payload.empty()) return true;
    timestamps_.insert(rtp->header.timestamp);
    size_ += 2 + packet.size();
    if (timestamps_.size() > pictures_ || size_ > kMaxFile) return false;
    out_.put(static_cast<char>(packet.size() >> 8)).put(static_cast<char>(packet.size()));
    out_.write(reinterpret_cast<const char*>(packet.data()), static_cast<std::streamsize>(packet.size()));
    return true;
  }

 private:
  std::ofstream out_;
  int payload_type_;
  std::size_t pictures_;
  std::size_t size_ = 0;
  std::set<std::uint32_t> timestamps_;
};

void send_all(PacketBatch& batch, const Socket& socket) {
  for (const auto& packet : batch.packets()) socket.send(packet.to, batch.bytes(packet));
  batch.clear();
}

bool record(PeerTransport& transport, PacketBatch& batch, const Socket& socket, Recording& recording) {
  Buffer buffer(2048);
  for (const Instant end = monotonic_now() + kPatience; monotonic_now() < end;) {
    Address sender;
    const MutableBytes datagram = socket.receive(buffer, sender);
    const Instant now = monotonic_now();
    if (!datagram.empty()) {
      const Received received = transport.on_packet(now, sender, datagram);
      if (received.kind == Received::Kind::rtp && !recording.add(received.packet)) return true;
    }
    transport.on_time(now);
    static_cast<void>(transport.take_events());
    send_all(batch, socket);
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const Socket socket;
  SeededRng rng(1);
  Certificate certificate;
  PacketBatch batch;
  Stats stats;
  TransportContext context(certificate, rng, batch, stats);
  PeerTransport transport(context, TransportRole::server, monotonic_now());
  std::cout << transport.local().ufrag << ' ' << transport.local().pwd.reveal() << ' ' << socket.port() << ' '
            << certificate.fingerprint() << std::endl;
  RemoteParameters remote;
  std::string password;
  std::string hash;
  std::cin >> remote.ice.ufrag >> password >> hash >> remote.fingerprint;
  remote.ice.pwd = Secret{password};
  remote.fingerprint = hash + ' ' + remote.fingerprint;
  transport.set_remote(monotonic_now(), remote);
  Recording recording(argv[1], std::atoi(argv[2]), static_cast<std::size_t>(std::atoi(argv[3])));
  return record(transport, batch, socket, recording) ? 0 : 1;
}
