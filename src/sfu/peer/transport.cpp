#include "sfu/peer/transport.hpp"

#include <algorithm>
#include <utility>

#include "base/overloaded.hpp"
#include "sfu/peer/fingerprint.hpp"
#include "sfu/peer/ice_agent.hpp"
#include "sfu/peer/srtp.hpp"
#include "sfu/wire/packet_kind.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {

using media::TransportState;

TransportContext::TransportContext(const Certificate& certificate, Rng& rng, PacketBatch& out, Stats& stats)
    : certificate(certificate), rng(rng), out(out), stats(stats), srtp(make_srtp_engine()), dtls(certificate) {}

class PeerTransport::Impl {
 public:
  Impl(TransportContext& context, TransportRole role, Instant now);

  [[nodiscard]] const IceCredentials& local() const { return ice_.local(); }
  [[nodiscard]] const stun::CheckTag& check_tag() const { return ice_.controlled()->tag(); }
  bool set_remote(Instant now, const RemoteParameters& remote);
  void restart_ice(Instant now);
  void open_channels(Instant now);
  Received on_packet(Instant now, const Address& from, MutableBytes datagram);
  void on_closed(const Address& address);
  void on_time(Instant now);
  [[nodiscard]] Instant wake_at() const;
  std::vector<TransportEvent> take_events() { return std::exchange(events_, {}); }
  bool send_rtp(Bytes header, Bytes payload);
  bool send_rtcp(Bytes packet);
  SctpSend send_data(Instant now, media::Channel channel, Bytes message);
  [[nodiscard]] Duration waiting(Instant now, media::Channel channel) const;
  void close(Instant now);

  [[nodiscard]] TransportState state() const { return state_; }
  [[nodiscard]] std::optional<Address> destination() const { return ice_.destination(); }

 private:
  // Datagrams of DTLS that came before the remote description, or before the peer's address was proven: a first flight
  // in two datagrams and its repetition. The usual client sends it one step before its answer to our check.
  static constexpr std::size_t kMaxHeld = 4;

  [[nodiscard]] bool over() const { return state_ == TransportState::failed || state_ == TransportState::closed; }
  void revive();

  Received on_stun(Instant now, const Address& from, Bytes datagram);
  void send_checks(Instant now);
  void note_silence();
  void on_dtls(Instant now, Bytes datagram);
  Received on_rtp(MutableBytes datagram);
  Received on_rtcp(MutableBytes datagram);
  Received count(const SrtpReceiver::Unprotected& result, Received::Kind kind);

  void start_dtls(Instant now);
  void start_sctp(Instant now);
  void on_connected(Instant now);
  void pump(Instant now);
  void exchange_sctp(Instant now);
  void take_channel_events();
  void emit(Bytes datagram);
  MutableBytes reserve();
  bool commit(std::size_t size);
  void set_state(TransportState state, std::string reason);

  TransportContext& context_;
  IceAgent ice_;
  DtlsRole dtls_role_ = DtlsRole::server;
  std::optional<Fingerprint> fingerprint_;
  std::optional<Dtls> dtls_;
  bool dtls_started_ = false;
  Instant dtls_wake_at_ = kNever;
  DatagramQueue held_;
  std::optional<SrtpSender> sender_;
  std::optional<SrtpReceiver> receiver_;
  bool wants_sctp_ = false;
  bool wants_channels_ = false;
  std::optional<SctpAssociation> sctp_;
  std::optional<DataChannels> channels_;
  TransportState state_ = TransportState::connecting;
  bool silent_ = false;
  std::vector<TransportEvent> events_;
};

PeerTransport::Impl::Impl(TransportContext& context, TransportRole role, Instant now)
    : context_(context), ice_(role == TransportRole::server, context.rng, now) {}

// ---- ICE ------------------------------------------------------------------------------------------------------

void PeerTransport::Impl::restart_ice(Instant now) {
  if (IceControlled* controlled = ice_.controlled()) controlled->restart(now);
  if (IceClient* client = ice_.client()) client->restart();
  revive();
}

// A path that was lost can be found again: keys, sequences and channels are as they were. An ended handshake stays
// ended.
void PeerTransport::Impl::revive() {
  const bool handshake_over = dtls_ && (dtls_->state() == DtlsState::failed || dtls_->state() == DtlsState::closed);
  if (state_ == TransportState::failed && !handshake_over && ice_.state() != IceState::failed)
    state_ = TransportState::connecting;
}

Received PeerTransport::Impl::on_stun(Instant now, const Address& from, Bytes datagram) {
  const MutableBytes response = reserve();
  if (response.empty()) return {};
  const StunOutcome outcome = ice_.on_stun(now, from, datagram, response);
  if (outcome.response != 0) context_.out.commit(from, outcome.response);  // selected or not
  if (outcome.kind == StunOutcome::Kind::dropped) {
    ++context_.stats.dropped_unauthenticated;
    return {};
  }
  note_silence();
  send_checks(now);  // behind the answer: who nominates on a check of ours must know by then that its own passed
  start_dtls(now);
  if (state_ == TransportState::connecting) pump(now);  // revived, or the handshake ended while the path was silent
  return {outcome.kind == StunOutcome::Kind::check ? Received::Kind::valid_check : Received::Kind::proof, {}};
}

void PeerTransport::Impl::note_silence() {
  const IceControlled* const controlled = ice_.controlled();
  if (!controlled || controlled->silent() == silent_) return;
  silent_ = controlled->silent();
  events_.emplace_back(SilenceChanged{silent_});
}

void PeerTransport::Impl::send_checks(Instant now) {
  IceControlled* const controlled = ice_.controlled();
  while (controlled && controlled->check_at() <= now) {
    const MutableBytes out = reserve();
    if (out.empty()) return;
    const IceControlled::Check check = controlled->write_check(now, out);
    if (check.size != 0) context_.out.commit(check.to, check.size);
  }
}

// ---- DTLS -----------------------------------------------------------------------------------------------------

bool PeerTransport::Impl::set_remote(Instant now, const RemoteParameters& remote) {
  auto fingerprint = parse_fingerprint(remote.fingerprint);
  if (!fingerprint || (fingerprint_ && *fingerprint_ != *fingerprint)) return false;
  if (IceControlled* controlled = ice_.controlled()) controlled->set_remote(remote.ice);
  send_checks(now);
  if (IceClient* client = ice_.client(); client && remote.server) {
    client->connect(now, remote.ice, *remote.server);
    revive();
    on_time(now);
  }
  wants_sctp_ = wants_sctp_ || remote.data_channels;
  if (!fingerprint_) {
    fingerprint_ = std::move(fingerprint);
    dtls_role_ = remote.our_role;
    dtls_.emplace(context_.dtls, dtls_role_, *fingerprint_);
    start_dtls(now);
  } else {
    start_sctp(now);
    pump(now);
  }
  return true;
}

void PeerTransport::Impl::start_dtls(Instant now) {
  if (!dtls_ || dtls_started_ || !destination()) return;
  dtls_started_ = true;
  dtls_->start();
  pump(now);
  const DatagramQueue held = std::exchange(held_, {});
  for (std::size_t i = 0; i < held.size(); ++i) on_dtls(now, held[i]);
}

void PeerTransport::Impl::on_dtls(Instant now, Bytes datagram) {
  if (!dtls_started_) {
    if (held_.size() < kMaxHeld) held_.push(datagram);
    return;
  }
  dtls_->on_datagram(datagram);
  pump(now);
}

void PeerTransport::Impl::on_connected(Instant now) {
  if (sender_) return set_state(TransportState::connected, "");  // again, with the keys it had
  const auto keys = dtls_->srtp_keys();
  if (!keys) return set_state(TransportState::failed, "the peer supports none of our SRTP profiles");
  sender_.emplace(keys->profile, keys->local, *context_.srtp);
  receiver_.emplace(keys->profile, keys->remote, *context_.srtp);
  set_state(TransportState::connected, "");
  start_sctp(now);
}

// Moves what one layer produced to the next until nothing is left.
void PeerTransport::Impl::pump(Instant now) {
  if (!dtls_) return;
  if (state_ == TransportState::connecting && dtls_->state() == DtlsState::connected &&
      ice_.state() == IceState::connected)
    on_connected(now);
  exchange_sctp(now);
  for (std::size_t i = 0; i < dtls_->outgoing().size(); ++i) emit(dtls_->outgoing()[i]);
  dtls_->outgoing().clear();
  dtls_wake_at_ = dtls_->wake_at(now);
  if (dtls_->state() == DtlsState::connected) return;
  if (dtls_->state() == DtlsState::closed) set_state(TransportState::closed, dtls_->reason());
  if (dtls_->state() == DtlsState::failed) set_state(TransportState::failed, dtls_->reason());
}

void PeerTransport::Impl::emit(Bytes datagram) {
  const MutableBytes out = reserve();
  if (out.size() < datagram.size()) return;
  std::copy(datagram.begin(), datagram.end(), out.begin());
  commit(datagram.size());
}

// ---- data channels --------------------------------------------------------------------------------------------

void PeerTransport::Impl::start_sctp(Instant now) {
  if (!wants_sctp_ || sctp_ || state_ != TransportState::connected) return;
  sctp_.emplace(context_.sctp);
  channels_.emplace(*sctp_, dtls_role_, context_.stats);
  sctp_->connect(now);
  if (wants_channels_) open_channels(now);
}

void PeerTransport::Impl::open_channels(Instant now) {
  wants_channels_ = true;
  if (!channels_) return;
  channels_->open(now, std::string{label_of(media::Channel::reliable)}, {});
  for (const auto channel : {media::Channel::lossy, media::Channel::data_track})
    channels_->open(now, std::string{label_of(channel)}, {.ordered = false, .max_retransmits = 0});
  wants_channels_ = false;
}

void PeerTransport::Impl::exchange_sctp(Instant now) {
  DatagramQueue& received = dtls_->received();
  for (std::size_t i = 0; sctp_ && i < received.size(); ++i) sctp_->on_packet(now, received[i]);
  received.clear();
  while (sctp_) {
    SctpAssociation::Drained drained = sctp_->drain();
    channels_->on_sctp(now, drained);
    if (drained.outgoing.empty() && drained.messages.empty()) break;
    for (std::size_t i = 0; i < drained.outgoing.size(); ++i) dtls_->send(drained.outgoing[i]);
  }
  take_channel_events();
}

void PeerTransport::Impl::take_channel_events() {
  if (!channels_) return;
  for (ChannelEvent& event : channels_->take_events())
    std::visit([&](auto& e) { events_.emplace_back(std::move(e)); }, event);
}

SctpSend PeerTransport::Impl::send_data(Instant now, media::Channel channel, Bytes message) {
  if (!channels_ || over()) return SctpSend::not_open;
  const SctpSend outcome = channels_->send(now, channel, message);
  pump(now);
  return outcome;
}

Duration PeerTransport::Impl::waiting(Instant now, media::Channel channel) const {
  return channels_ && !over() ? channels_->waiting(now, channel) : Duration::max();
}

// ---- media ----------------------------------------------------------------------------------------------------

MutableBytes PeerTransport::Impl::reserve() {
  const MutableBytes out = context_.out.reserve();
  if (out.empty()) ++context_.stats.dropped_batch_full;
  return out;
}

bool PeerTransport::Impl::commit(std::size_t size) {
  const auto to = destination();
  if (size == 0 || !to) return false;
  context_.out.commit(*to, size);
  return true;
}

bool PeerTransport::Impl::send_rtp(Bytes header, Bytes payload) {
  if (state_ != TransportState::connected) return false;
  const MutableBytes out = reserve();
  return !out.empty() && commit(sender_->protect_rtp(header, payload, out));
}

bool PeerTransport::Impl::send_rtcp(Bytes packet) {
  if (state_ != TransportState::connected) return false;
  const MutableBytes out = reserve();
  if (out.size() < packet.size() + kSrtpMaxOverhead) return false;
  std::copy(packet.begin(), packet.end(), out.begin());
  return commit(sender_->protect_rtcp(out, packet.size()));
}

Received PeerTransport::Impl::count(const SrtpReceiver::Unprotected& result, Received::Kind kind) {
  switch (result.verdict) {
    case SrtpVerdict::ok:
      return {kind, result.packet};
    case SrtpVerdict::malformed:
      ++context_.stats.dropped_malformed;
      break;
    case SrtpVerdict::unauthenticated:
      ++context_.stats.dropped_unauthenticated;
      break;
    case SrtpVerdict::replayed:
      ++context_.stats.dropped_replayed;
      break;
  }
  return {};
}

Received PeerTransport::Impl::on_packet(Instant now, const Address& from, MutableBytes datagram) {
  if (over()) return {};
  const PacketKind kind = packet_kind(datagram);
  if (kind == PacketKind::stun) return on_stun(now, from, datagram);
  if (kind == PacketKind::unknown) {
    ++context_.stats.dropped_malformed;
    return {};
  }
  if (!ice_.knows(from)) {
    ++context_.stats.dropped_unknown_sender;
    return {};
  }
  if (kind == PacketKind::dtls) {
    on_dtls(now, datagram);
    return {};
  }
  if (!receiver_) {
    ++context_.stats.dropped_unauthenticated;
    return {};
  }
  if (kind == PacketKind::rtcp) return count(receiver_->unprotect_rtcp(datagram), Received::Kind::rtcp);
  return count(receiver_->unprotect_rtp(datagram), Received::Kind::rtp);
}

void PeerTransport::Impl::on_closed(const Address& address) {
  if (IceControlled* controlled = ice_.controlled()) controlled->forget(address);
}

// ---- time and end ---------------------------------------------------------------------------------------------

void PeerTransport::Impl::on_time(Instant now) {
  if (over()) return;
  if (IceControlled* controlled = ice_.controlled()) controlled->on_time(now);
  note_silence();
  send_checks(now);
  if (IceClient* client = ice_.client(); client && now >= client->wake_at()) {
    const MutableBytes out = reserve();
    const std::size_t size = out.empty() ? 0 : client->on_time(now, out);
    if (size != 0) context_.out.commit(*client->server(), size);
  }
  if (ice_.state() == IceState::failed) return set_state(TransportState::failed, "no ICE check for too long");
  if (dtls_ && now >= dtls_wake_at_) dtls_->on_time();
  if (sctp_) sctp_->on_time(now);
  pump(now);
}

Instant PeerTransport::Impl::wake_at() const {
  if (over()) return kNever;
  return std::min({ice_.wake_at(), dtls_wake_at_, sctp_ ? sctp_->wake_at() : kNever});
}

void PeerTransport::Impl::close(Instant now) {
  if (over()) return;
  state_ = TransportState::closed;
  if (!dtls_) return;
  dtls_->close();
  pump(now);
}

void PeerTransport::Impl::set_state(TransportState state, std::string reason) {
  if (over() || state == state_) return;
  state_ = state;
  events_.emplace_back(TransportStateChanged{state, std::move(reason)});
}

// ---- the public face ------------------------------------------------------------------------------------------

PeerTransport::PeerTransport(TransportContext& context, TransportRole role, Instant now)
    : impl_(std::make_unique<Impl>(context, role, now)) {}
PeerTransport::~PeerTransport() = default;

const IceCredentials& PeerTransport::local() const { return impl_->local(); }
const stun::CheckTag& PeerTransport::check_tag() const { return impl_->check_tag(); }
bool PeerTransport::set_remote(Instant now, const RemoteParameters& remote) { return impl_->set_remote(now, remote); }
void PeerTransport::restart_ice(Instant now) { impl_->restart_ice(now); }
void PeerTransport::open_channels(Instant now) { impl_->open_channels(now); }
Received PeerTransport::on_packet(Instant now, const Address& from, MutableBytes datagram) {
  return impl_->on_packet(now, from, datagram);
}
void PeerTransport::on_closed(const Address& address) { impl_->on_closed(address); }
void PeerTransport::on_time(Instant now) { impl_->on_time(now); }
Instant PeerTransport::wake_at() const { return impl_->wake_at(); }
std::vector<TransportEvent> PeerTransport::take_events() { return impl_->take_events(); }
bool PeerTransport::send_rtp(Bytes packet) {
  const std::size_t header = srtp_header_size(packet);
  return header != 0 && impl_->send_rtp(packet.first(header), packet.subspan(header));
}
bool PeerTransport::send_rtcp(Bytes packet) { return impl_->send_rtcp(packet); }
SctpSend PeerTransport::send_data(Instant now, media::Channel channel, Bytes message) {
  return impl_->send_data(now, channel, message);
}
Duration PeerTransport::waiting(Instant now, media::Channel channel) const { return impl_->waiting(now, channel); }
void PeerTransport::close(Instant now) { impl_->close(now); }
TransportState PeerTransport::state() const { return impl_->state(); }

}  // namespace costage::sfu
