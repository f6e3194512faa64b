// SCTP over DTLS (RFC 8831, RFC 8261): one association of one transport, over libusrsctp without its threads.
//
// usrsctp is one per process and keeps its state in globals. So all calls into it, from whichever media loop, run under
// one mutex inside sctp.cpp; media never comes here. What is shared: the library, its timer wheel and the table of
// associations. An association is known to usrsctp by an opaque number, never by a pointer, and numbers are not used
// twice: a late callback for a destroyed one finds nobody. Timers of all loops run in whichever loop turns first; what
// they produce for another loop's association waits in that association's box. Its own loop looks there at its next
// turn, at most kTick later, because an association with anything outstanding keeps itself awake.
// usrsctp draws its tags from its own generator and reads gettimeofday() for round-trip times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "sfu/peer/datagram_queue.hpp"
#include "sfu/peer/dcep.hpp"

struct socket;
struct sctp_rcvinfo;

namespace costage::sfu {

struct SctpMessage {
  std::uint16_t stream = 0;
  Ppid ppid{};
  Buffer bytes;
};

enum class SctpState : std::uint8_t { connecting, open, closed };
enum class SctpSend : std::uint8_t { sent, not_open, buffer_full, too_big };

// Keeps the library initialised. Any number may live at once.
class SctpStack {
 public:
  SctpStack();
};

class SctpAssociation {
 public:
  static constexpr std::size_t kMaxMessage = 65535;
  static constexpr std::size_t kSendBuffer = 4 << 20;
  // Clients use a handful of channels; each stream costs about 150 bytes in usrsctp.
  static constexpr std::uint16_t kStreams = 64;
  static constexpr std::uint16_t kPort = 5000;
  static constexpr Duration kTick = std::chrono::milliseconds(10);

  explicit SctpAssociation(SctpStack& stack);
  ~SctpAssociation();
  SctpAssociation(const SctpAssociation&) = delete;
  SctpAssociation& operator=(const SctpAssociation&) = delete;

  // Both sides connect (RFC 8841 section 9.3); a collision resolves to one association.
  void connect(Instant now);
  void on_packet(Instant now, Bytes packet);
  void on_time(Instant now);
  SctpSend send(Instant now, std::uint16_t stream, Ppid ppid, const Delivery& delivery, Bytes message);

  // What came of the calls above: packets for DTLS, whole messages, streams that the peer reset.
  struct Drained {
    DatagramQueue outgoing;
    std::vector<SctpMessage> messages;
    std::vector<std::uint16_t> reset_streams;
  };
  [[nodiscard]] Drained drain();

  [[nodiscard]] Instant wake_at() const { return wake_at_; }
  [[nodiscard]] SctpState state() const { return state_; }
  // Messages of which the path has not taken all yet; those that only wait to be acknowledged are not among them.
  [[nodiscard]] std::size_t queued_messages() const { return queued_; }

  struct Callbacks;  // what usrsctp calls

 private:
  void on_data(Bytes part, const sctp_rcvinfo& info, bool end_of_message);
  void on_notification(Bytes notification);
  void settle(Instant now);

  const std::uintptr_t id_;
  struct ::socket* socket_ = nullptr;
  // The box: filled under the mutex, perhaps by another loop's thread.
  Drained box_;
  std::map<std::uint16_t, Buffer> partial_;  // by stream: a message of which the end is to come
  SctpState state_in_box_ = SctpState::connecting;
  // Own loop only.
  SctpState state_ = SctpState::connecting;
  Instant wake_at_ = kNever;
  std::size_t queued_ = 0;
};

}  // namespace costage::sfu
