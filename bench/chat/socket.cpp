#include "chat/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace costage::bench {
namespace {

constexpr unsigned kText = 1, kPing = 9, kPong = 10;
constexpr std::string_view kEvent = R"({"type":"event")";

struct Frame {
  unsigned opcode = 0;
  std::string_view payload;
  std::size_t size = 0;  // with its header
};

// RFC 6455 section 5.2, unmasked; nothing while its end is missing.
//  0: FIN RSV1-3 opcode(4)   1: MASK length(7)   126: 2 bytes of length, 127: 8 bytes
std::optional<Frame> frame_in(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if (bytes.size() < 2) return {};
  const unsigned short_length = at(1) & 0x7Fu;
  const std::size_t extended = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
  if (bytes.size() < 2 + extended) return {};
  std::size_t length = extended == 0 ? short_length : 0;
  for (std::size_t i = 0; i < extended; ++i) length = length << 8 | at(2 + i);
  if (bytes.size() - 2 - extended < length) return {};
  return Frame{at(0) & 0x0Fu, bytes.substr(2 + extended, length), 2 + extended + length};
}

int connect_to(std::uint16_t port) {
  const int file = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (file < 0 || ::connect(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
  return file;
}

void send_all(int file, std::string_view bytes) {
  if (::send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("a few bytes could not be sent");
}

}  // namespace

CountingSocket::CountingSocket(std::uint16_t port, std::string target, const Wants& wants, Tally& tally)
    : wants_(wants), tally_(tally), file_(connect_to(port)) {
  send_all(file_, "GET " + target +
                      " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  ::fcntl(file_, F_SETFL, O_NONBLOCK);
}

CountingSocket::~CountingSocket() { ::close(file_); }

bool CountingSocket::on_readable(EventListener* listener) {
  static std::array<char, 256 * 1024> buffer;  // one thread reads them all
  const ssize_t size = ::recv(file_, buffer.data(), buffer.size(), 0);
  if (size < 0) return true;
  if (size == 0) {
    ++tally_.closed;
    return false;
  }
  tally_.bytes += static_cast<std::uint64_t>(size);
  const std::string_view got{buffer.data(), static_cast<std::size_t>(size)};
  if (rest_.empty()) {
    take(got, listener);
  } else {
    const std::string all = std::exchange(rest_, {}).append(got);
    take(all, listener);
  }
  return true;
}

void CountingSocket::take(std::string_view bytes, EventListener* listener) {
  if (!open_) bytes = after_upgrade(bytes);
  while (open_) {
    const auto frame = frame_in(bytes);
    if (!frame) break;
    on_frame(frame->opcode, frame->payload, listener);
    bytes.remove_prefix(frame->size);
  }
  rest_ = bytes;
}

std::string_view CountingSocket::after_upgrade(std::string_view bytes) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const auto end = bytes.find(kEnd);
  if (end == std::string_view::npos) return bytes;
  if (!bytes.starts_with("HTTP/1.1 101")) throw std::runtime_error("refused: " + std::string{bytes.substr(0, 400)});
  open_ = true;
  if (!wants_.hello.empty()) send_masked(kText, wants_.hello);
  if (wants_.ready.empty()) ++tally_.ready;
  return bytes.substr(end + kEnd.size());
}

void CountingSocket::on_frame(unsigned opcode, std::string_view payload, EventListener* listener) {
  if (opcode == kPing) return send_masked(kPong, payload);
  if (opcode > 2) return;
  ++tally_.frames;
  if (payload.starts_with(kEvent)) {
    ++tally_.events;
    if (listener) listener->on_event(payload);
  } else if (!ready_ && !wants_.ready.empty() && payload.find(wants_.ready) != std::string_view::npos) {
    ready_ = true;
    ++tally_.ready;
  }
}

// A client's frames are masked; the mask may be zero.
void CountingSocket::send_masked(unsigned opcode, std::string_view payload) const {
  std::string frame{static_cast<char>(0x80u | opcode)};
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80u | payload.size());
  } else {
    frame += static_cast<char>(0xFE);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  }
  send_all(file_, frame.append(4, '\0').append(payload));
}

}  // namespace costage::bench
