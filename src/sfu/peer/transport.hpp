// One peer connection beneath RTP: ICE, DTLS, SRTP and SCTP data channels glued together. Sans-IO: datagrams and time
// come in; datagrams go into the context's PacketBatch; what happened is taken with take_events().
//
//     Received r = transport.on_packet(now, from, datagram);   // r: one decrypted RTP or RTCP packet, or nothing
//     for (auto& event : transport.take_events()) ...
//     sleep until transport.wake_at() at most, then transport.on_time(now)
//
// Server side: construct with TransportRole::server, put local() into the SDP, then set_remote(). Datagrams may come
// before set_remote(): checks are answered and DTLS waits. Nothing but STUN is sent before the peer's address is proven
// (ice_controlled.hpp). Client side (load generator, simulations): construct with TransportRole::client, set_remote()
// with the server's address.
// Media takes no allocation in either direction; handshakes, data channels and events do.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/media.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/packet_batch.hpp"
#include "sfu/peer/certificate.hpp"
#include "sfu/peer/datachannel.hpp"
#include "sfu/peer/dtls.hpp"
#include "sfu/peer/ice_credentials.hpp"
#include "sfu/peer/srtp_cipher.hpp"
#include "sfu/stats.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {

enum class TransportRole : std::uint8_t { server, client };  // server: ICE controlled; client: controlling

// What the transports of one media loop share. It outlives them and is used by one thread at a time.
class TransportContext {
 public:
  TransportContext(const Certificate& certificate, Rng& rng, PacketBatch& out, Stats& stats);
  TransportContext(const TransportContext&) = delete;
  TransportContext& operator=(const TransportContext&) = delete;

  const Certificate& certificate;
  Rng& rng;
  PacketBatch& out;
  Stats& stats;
  const std::unique_ptr<SrtpEngine> srtp;
  const DtlsContext dtls;
  SctpStack sctp;
};

// The remote description's part that concerns transport.
struct RemoteParameters {
  IceCredentials ice;
  std::string fingerprint;               // "sha-256 AB:CD:..."; also sha-384 and sha-512
  DtlsRole our_role = DtlsRole::server;  // ours, i.e. the opposite of the remote a=setup
  std::optional<Address> server;         // client role only: where to connect to
  bool data_channels = true;             // the description has an application section; may turn true later
};

// What on_packet() made of a datagram.
struct Received {
  enum class Kind : std::uint8_t {
    nothing,      // handshake, data channel (see events), or dropped and counted in Stats
    valid_check,  // an authenticated ICE check: this address is claimed
    proof,        // an answer to a check of ours: datagrams from this address belong to this transport from now on
    rtp,
    rtcp,  // compound
  };
  Kind kind = Kind::nothing;
  MutableBytes packet;  // plain RTP or RTCP inside the datagram given
};

struct TransportStateChanged {
  media::TransportState state{};
  std::string reason;  // for logs; "" when connected
};
// No sign of life for IceControlled::kSilentAfter, long before it counts as failed; or one again.
struct SilenceChanged {
  bool silent = false;
};
using TransportEvent = std::variant<TransportStateChanged, SilenceChanged, ChannelOpened, ChannelMessage>;

class PeerTransport {
 public:
  static constexpr std::size_t kMaxMessage = 65535;
  // What our descriptions announce (RFC 8841 section 6.1), as libwebrtc's do: a client that is told less closes its
  // channel over a message that is longer. What is longer than kMaxMessage is dropped.
  static constexpr std::size_t kAnnouncedMaxMessage = 262'144;

  PeerTransport(TransportContext& context, TransportRole role, Instant now);
  ~PeerTransport();  // silent; close() says good-bye
  PeerTransport(const PeerTransport&) = delete;
  PeerTransport& operator=(const PeerTransport&) = delete;

  [[nodiscard]] const IceCredentials& local() const;
  // See IceControlled; server role only.
  [[nodiscard]] const stun::CheckTag& check_tag() const;
  // The first call starts the connection. A later one may only change ICE credentials (restart): a new fingerprint is
  // refused with false, as is one whose hash is unknown.
  bool set_remote(Instant now, const RemoteParameters& remote);
  // New local credentials, see local(); media flows on meanwhile. A transport that failed for want of checks gets
  // another chance, and is `connected` again with the first one.
  void restart_ice(Instant now);
  // Opens LiveKit's data channels from our side as soon as SCTP is up. Call before or after connecting.
  void open_channels(Instant now);

  [[nodiscard]] Received on_packet(Instant now, const Address& from, MutableBytes datagram);
  // Nothing can be sent to that address any more: a connection of TCP is over.
  void on_closed(const Address& address);
  void on_time(Instant now);
  [[nodiscard]] Instant wake_at() const;
  [[nodiscard]] std::vector<TransportEvent> take_events();

  // False if not connected, if it does not fit a datagram, if the batch is full (counted), or for a GCM packet number
  // that was used already (see SrtpSender::protect_rtp).
  bool send_rtp(Bytes packet);
  bool send_rtcp(Bytes packet);
  SctpSend send_data(Instant now, media::Channel channel, Bytes message);
  // See DataChannels.
  [[nodiscard]] Duration waiting(Instant now, media::Channel channel) const;

  // DTLS close_notify; everything is ignored afterwards.
  void close(Instant now);

  [[nodiscard]] media::TransportState state() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace costage::sfu
