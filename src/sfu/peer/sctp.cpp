#include "sfu/peer/sctp.hpp"

#include <arpa/inet.h>
#include <usrsctp.h>

#include <cstdlib>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/check.hpp"
#include "sfu/peer/dtls.hpp"

namespace costage::sfu {

namespace {

// usrsctp counts no header of its own below AF_CONN, so this is the whole SCTP packet; a multiple of four.
constexpr std::uint32_t kPacketSize = (DtlsContext::kMtu - DtlsContext::kRecordOverhead) & ~std::size_t{3};

struct Library {
  std::mutex mutex;
  bool initialised = false;
  std::unordered_map<std::uintptr_t, SctpAssociation*> associations;
  std::uintptr_t last_id = 0;
  Instant clock{};
};

// The one global of this ring: a face for the globals that usrsctp has anyway.
Library& library() {
  static Library one;
  return one;
}

// Brings usrsctp's ticks up to `now` before anything arms a timer, or the timer would count from an old tick.
void advance(Library& lib, Instant now) {
  if (now < lib.clock || lib.clock == Instant{}) lib.clock = now;  // first use, or another simulation's time
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - lib.clock);
  if (elapsed < SctpAssociation::kTick) return;
  lib.clock += elapsed;
  usrsctp_handle_timers(static_cast<std::uint32_t>(elapsed.count()));
}

template <class T>
void set_option(struct socket* s, int level, int name, const T& value) {
  COSTAGE_CHECK(usrsctp_setsockopt(s, level, name, &value, sizeof value) == 0, "an option of usrsctp that we rely on");
}

sockaddr_conn address_of(std::uintptr_t id) {
  sockaddr_conn out{};
  out.sconn_family = AF_CONN;
  out.sconn_port = htons(SctpAssociation::kPort);
  out.sconn_addr = reinterpret_cast<void*>(id);
  return out;
}

void set_buffers(struct socket* s) {
  set_option(s, SOL_SOCKET, SO_SNDBUF, static_cast<int>(SctpAssociation::kSendBuffer));
  set_option(s, SOL_SOCKET, SO_RCVBUF, static_cast<int>(1 << 20));
  // Closing aborts at once and frees everything instead of lingering through a shutdown handshake.
  set_option(s, SOL_SOCKET, SO_LINGER, linger{.l_onoff = 1, .l_linger = 0});
}

void set_events(struct socket* s) {
  for (const std::uint16_t type : {SCTP_ASSOC_CHANGE, SCTP_STREAM_RESET_EVENT, SCTP_PARTIAL_DELIVERY_EVENT})
    set_option(s, IPPROTO_SCTP, SCTP_EVENT, sctp_event{.se_assoc_id = SCTP_ALL_ASSOC, .se_type = type, .se_on = 1});
}

void set_protocol(struct socket* s) {
  constexpr std::uint32_t kOn = 1;
  set_option(s, IPPROTO_SCTP, SCTP_NODELAY, kOn);
  // Every packet is acknowledged at once: no timer while idle, and a sender that is waiting for room goes on.
  set_option(s, IPPROTO_SCTP, SCTP_DELAYED_SACK, sctp_sack_info{.sack_delay = 0, .sack_freq = 1});
  set_option(
      s, IPPROTO_SCTP, SCTP_INITMSG,
      sctp_initmsg{.sinit_num_ostreams = SctpAssociation::kStreams, .sinit_max_instreams = SctpAssociation::kStreams});
  set_option(s, IPPROTO_SCTP, SCTP_RTOINFO, sctp_rtoinfo{.srto_initial = 400, .srto_max = 5000, .srto_min = 200});
  set_option(s, IPPROTO_SCTP, SCTP_ENABLE_STREAM_RESET,
             sctp_assoc_value{.assoc_id = SCTP_ALL_ASSOC, .assoc_value = SCTP_ENABLE_RESET_STREAM_REQ});
  // ICE keeps consent, so heartbeats would only wake idle loops.
  set_option(s, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS,
             sctp_paddrparams{.spp_pathmtu = kPacketSize, .spp_flags = SPP_HB_DISABLE | SPP_PMTUD_DISABLE});
}

}  // namespace

struct SctpAssociation::Callbacks {
  static SctpAssociation* find(void* id) {
    auto& all = library().associations;
    const auto found = all.find(reinterpret_cast<std::uintptr_t>(id));
    return found == all.end() ? nullptr : found->second;
  }

  static int output(void* id, void* packet, std::size_t size, std::uint8_t, std::uint8_t) {
    if (SctpAssociation* a = find(id)) a->box_.outgoing.push({static_cast<const std::uint8_t*>(packet), size});
    return 0;
  }

  static int receive(struct socket*, union sctp_sockstore, void* data, std::size_t size, sctp_rcvinfo info, int flags,
                     void* id) {
    SctpAssociation* a = find(id);
    const Bytes bytes{static_cast<const std::uint8_t*>(data), data ? size : 0};
    if (a && data && (flags & MSG_NOTIFICATION)) a->on_notification(bytes);
    if (a && data && !(flags & MSG_NOTIFICATION)) a->on_data(bytes, info, flags & MSG_EOR);
    std::free(data);
    return 1;
  }
};

SctpStack::SctpStack() {
  Library& lib = library();
  const std::lock_guard lock{lib.mutex};
  if (std::exchange(lib.initialised, true)) return;
  usrsctp_init_nothreads(0, SctpAssociation::Callbacks::output, nullptr);
  usrsctp_sysctl_set_sctp_ecn_enable(0);
  usrsctp_sysctl_set_sctp_asconf_enable(0);
  usrsctp_sysctl_set_sctp_auth_enable(0);
  usrsctp_sysctl_set_sctp_nrsack_enable(0);
  usrsctp_sysctl_set_sctp_blackhole(2);  // silence, not ABORT, for packets of no association
  usrsctp_sysctl_set_sctp_initial_cwnd(10);
  usrsctp_sysctl_set_sctp_max_burst_default(10);
  // A full send buffer of full packets.
  usrsctp_sysctl_set_sctp_max_chunks_on_queue(2 * SctpAssociation::kSendBuffer / kPacketSize);
}

SctpAssociation::SctpAssociation(SctpStack&)
    : id_([] {
        const std::lock_guard lock{library().mutex};
        return ++library().last_id;
      }()) {
  const std::lock_guard lock{library().mutex};
  void* const id = reinterpret_cast<void*>(id_);
  usrsctp_register_address(id);
  library().associations.emplace(id_, this);
  socket_ = usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, Callbacks::receive, nullptr, 0, id);
  COSTAGE_CHECK(socket_, "usrsctp gives a socket unless memory is out");
  COSTAGE_CHECK(usrsctp_set_non_blocking(socket_, 1) == 0, "usrsctp sockets can be non-blocking");
  set_buffers(socket_);
  set_events(socket_);
  set_protocol(socket_);
}

SctpAssociation::~SctpAssociation() {
  const std::lock_guard lock{library().mutex};
  usrsctp_close(socket_);
  usrsctp_deregister_address(reinterpret_cast<void*>(id_));
  library().associations.erase(id_);
}

void SctpAssociation::connect(Instant now) {
  const std::lock_guard lock{library().mutex};
  advance(library(), now);
  sockaddr_conn here = address_of(id_);
  const bool bound = usrsctp_bind(socket_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0;
  const bool connecting = usrsctp_connect(socket_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0;
  COSTAGE_CHECK(bound && (connecting || errno == EINPROGRESS), "an address of our own can be bound and connected");
  settle(now);
}

void SctpAssociation::on_packet(Instant now, Bytes packet) {
  const std::lock_guard lock{library().mutex};
  advance(library(), now);
  usrsctp_conninput(reinterpret_cast<void*>(id_), packet.data(), packet.size(), 0);
  settle(now);
}

void SctpAssociation::on_time(Instant now) {
  if (now < wake_at_) return;
  const std::lock_guard lock{library().mutex};
  advance(library(), now);
  settle(now);
}

SctpSend SctpAssociation::send(Instant now, std::uint16_t stream, Ppid ppid, const Delivery& delivery, Bytes message) {
  if (message.size() > kMaxMessage) return SctpSend::too_big;
  if (state_ != SctpState::open || stream >= kStreams) return SctpSend::not_open;
  sctp_sendv_spa how{.sendv_flags = SCTP_SEND_SNDINFO_VALID};
  how.sendv_sndinfo.snd_sid = stream;
  how.sendv_sndinfo.snd_ppid = htonl(static_cast<std::uint32_t>(ppid));
  how.sendv_sndinfo.snd_flags = SCTP_EOR | (delivery.ordered ? 0 : SCTP_UNORDERED);
  if (delivery.max_retransmits || delivery.max_lifetime_ms) {
    how.sendv_flags |= SCTP_SEND_PRINFO_VALID;
    how.sendv_prinfo.pr_policy = delivery.max_retransmits ? SCTP_PR_SCTP_RTX : SCTP_PR_SCTP_TTL;
    how.sendv_prinfo.pr_value = delivery.max_retransmits ? *delivery.max_retransmits : *delivery.max_lifetime_ms;
  }
  const std::lock_guard lock{library().mutex};
  advance(library(), now);
  const auto sent =
      usrsctp_sendv(socket_, message.data(), message.size(), nullptr, 0, &how, sizeof how, SCTP_SENDV_SPA, 0);
  const int error = errno;
  settle(now);
  if (sent >= 0) return SctpSend::sent;
  return error == EWOULDBLOCK || error == ENOBUFS ? SctpSend::buffer_full : SctpSend::not_open;
}

SctpAssociation::Drained SctpAssociation::drain() {
  const std::lock_guard lock{library().mutex};
  return std::exchange(box_, {});
}

// Under the mutex, at the end of every turn: takes over the state and decides whether a timer may be running.
void SctpAssociation::settle(Instant now) {
  state_ = state_in_box_;
  sctp_status status{};
  socklen_t size = sizeof status;
  const bool known = usrsctp_getsockopt(socket_, IPPROTO_SCTP, SCTP_STATUS, &status, &size) == 0;
  const bool idle = state_ == SctpState::closed ||
                    (state_ == SctpState::open && known && status.sstat_unackdata == 0 && status.sstat_penddata == 0);
  wake_at_ = idle ? kNever : now + kTick;
  queued_ = known ? status.sstat_penddata : 0;
}

void SctpAssociation::on_data(Bytes part, const sctp_rcvinfo& info, bool end_of_message) {
  Buffer& message = partial_[info.rcv_sid];
  // One byte too many marks a message that is over the limit; the rest of it is not kept.
  if (message.size() <= kMaxMessage)
    message.insert(message.end(), part.begin(), part.begin() + std::min(part.size(), kMaxMessage + 1 - message.size()));
  if (!end_of_message) return;
  if (message.size() <= kMaxMessage)
    box_.messages.push_back({info.rcv_sid, static_cast<Ppid>(ntohl(info.rcv_ppid)), std::move(message)});
  partial_.erase(info.rcv_sid);
}

void SctpAssociation::on_notification(Bytes bytes) {
  const auto& n = *reinterpret_cast<const union sctp_notification*>(bytes.data());
  if (n.sn_header.sn_length != bytes.size()) return;
  if (n.sn_header.sn_type == SCTP_PARTIAL_DELIVERY_EVENT)
    partial_.erase(static_cast<std::uint16_t>(n.sn_pdapi_event.pdapi_stream));
  if (n.sn_header.sn_type == SCTP_STREAM_RESET_EVENT &&
      (n.sn_strreset_event.strreset_flags & SCTP_STREAM_RESET_INCOMING_SSN)) {
    const std::size_t count = (bytes.size() - sizeof(sctp_stream_reset_event)) / sizeof(std::uint16_t);
    const std::uint16_t* list = n.sn_strreset_event.strreset_stream_list;
    box_.reset_streams.insert(box_.reset_streams.end(), list, list + count);
  }
  if (n.sn_header.sn_type == SCTP_ASSOC_CHANGE) {
    const std::uint16_t change = n.sn_assoc_change.sac_state;
    const bool up = change == SCTP_COMM_UP || change == SCTP_RESTART;
    state_in_box_ = up ? SctpState::open : SctpState::closed;
  }
}

}  // namespace costage::sfu
