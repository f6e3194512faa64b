// WebRTC data channels (RFC 8831) over one SCTP association: who is open under which label, and messages in and out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/peer/dtls.hpp"
#include "sfu/peer/sctp.hpp"
#include "sfu/peer/send_queue.hpp"
#include "sfu/stats.hpp"

namespace costage::sfu {

struct ChannelOpened {  // ready for sending, whichever side opened it
  std::uint16_t stream = 0;
  std::string label;
};
struct ChannelMessage {
  std::uint16_t stream = 0;
  std::string label;
  std::optional<media::Channel> channel;  // empty: a label that is none of LiveKit's
  bool binary = true;
  Buffer bytes;
};
using ChannelEvent = std::variant<ChannelOpened, ChannelMessage>;

// LiveKit's labels.
std::string_view label_of(media::Channel channel);
std::optional<media::Channel> channel_of(std::string_view label);

class DataChannels {
 public:
  // `role` decides the parity of the streams we open (RFC 8832 section 6).
  DataChannels(SctpAssociation& sctp, DtlsRole role, Stats& stats);

  // Opens a channel from our side, now or as soon as the association is up.
  void open(Instant now, std::string label, const Delivery& delivery);
  // To be called after the association had a turn; takes what it delivered.
  void on_sctp(Instant now, SctpAssociation::Drained& drained);

  SctpSend send(Instant now, media::Channel channel, Bytes message);
  // How long what is sent now would wait for what was sent before. Duration::max() where nothing can be sent.
  [[nodiscard]] Duration waiting(Instant now, media::Channel channel) const;

  [[nodiscard]] std::vector<ChannelEvent> take_events();

 private:
  struct Channel {
    std::string label;
    Delivery delivery;
    bool acknowledged = false;  // before that, all we send is ordered (RFC 8832 section 6)
  };
  struct Pending {
    std::string label;
    Delivery delivery;
  };

  void open_pending(Instant now);
  [[nodiscard]] std::optional<std::uint16_t> stream_of(media::Channel channel) const;
  SctpSend send(Instant now, std::uint16_t stream, Bytes message);
  void on_message(Instant now, SctpMessage&& message);
  void on_dcep(Instant now, const SctpMessage& message);

  SctpAssociation& sctp_;
  Stats& stats_;
  std::uint16_t next_stream_;
  std::vector<Pending> pending_;
  std::map<std::uint16_t, Channel> channels_;  // at most SctpAssociation::kStreams
  std::vector<ChannelEvent> events_;
  SendQueue queue_;
};

}  // namespace costage::sfu
