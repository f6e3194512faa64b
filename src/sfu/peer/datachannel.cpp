#include "sfu/peer/datachannel.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace costage::sfu {

namespace {
constexpr std::array<std::string_view, 3> kLabels{"_reliable", "_lossy", "_data_track"};  // as media::Channel
constexpr std::size_t kMaxPending = SctpAssociation::kStreams / 2;                        // the streams of our parity
}  // namespace

std::string_view label_of(media::Channel channel) { return kLabels[static_cast<std::size_t>(channel)]; }

std::optional<media::Channel> channel_of(std::string_view label) {
  const auto found = std::find(kLabels.begin(), kLabels.end(), label);
  if (found == kLabels.end()) return {};
  return static_cast<media::Channel>(found - kLabels.begin());
}

DataChannels::DataChannels(SctpAssociation& sctp, DtlsRole role, Stats& stats)
    : sctp_(sctp), stats_(stats), next_stream_(role == DtlsRole::client ? 0 : 1) {}

void DataChannels::open(Instant now, std::string label, const Delivery& delivery) {
  if (pending_.size() == kMaxPending) return;
  pending_.push_back({std::move(label), delivery});
  open_pending(now);
}

void DataChannels::open_pending(Instant now) {
  if (sctp_.state() != SctpState::open) return;
  for (Pending& wanted : std::exchange(pending_, {})) {
    while (channels_.contains(next_stream_)) next_stream_ += 2;
    const Buffer open = write(DcepOpen{wanted.delivery, wanted.label, ""});
    if (sctp_.send(now, next_stream_, Ppid::dcep, Delivery{}, open) != SctpSend::sent) continue;
    events_.push_back(ChannelOpened{next_stream_, wanted.label});
    channels_[next_stream_] = {std::move(wanted.label), wanted.delivery, false};
  }
}

void DataChannels::on_sctp(Instant now, SctpAssociation::Drained& drained) {
  open_pending(now);
  for (SctpMessage& message : drained.messages) on_message(now, std::move(message));
  for (const std::uint16_t stream : drained.reset_streams) channels_.erase(stream);
}

void DataChannels::on_message(Instant now, SctpMessage&& message) {
  if (message.ppid == Ppid::dcep) return on_dcep(now, message);
  const auto found = channels_.find(message.stream);
  if (found == channels_.end()) {
    ++stats_.dropped_malformed;
    return;
  }
  found->second.acknowledged = true;  // data also proves that our OPEN arrived
  const bool empty = message.ppid == Ppid::empty_text || message.ppid == Ppid::empty_binary;
  if (empty) message.bytes.clear();  // SCTP cannot carry nothing, so one byte stands for it (RFC 8831 section 6.6)
  const bool binary = message.ppid == Ppid::binary || message.ppid == Ppid::empty_binary;
  const std::string& label = found->second.label;
  events_.push_back(ChannelMessage{message.stream, label, channel_of(label), binary, std::move(message.bytes)});
}

void DataChannels::on_dcep(Instant now, const SctpMessage& message) {
  if (is_dcep_ack(message.bytes)) {
    if (const auto found = channels_.find(message.stream); found != channels_.end()) found->second.acknowledged = true;
    return;
  }
  auto open = parse_dcep_open(message.bytes);
  if (!open || channels_.contains(message.stream)) {
    ++stats_.dropped_malformed;
    return;
  }
  sctp_.send(now, message.stream, Ppid::dcep, Delivery{}, write_dcep_ack());
  events_.push_back(ChannelOpened{message.stream, open->label});
  channels_[message.stream] = {std::move(open->label), open->delivery, true};
}

std::optional<std::uint16_t> DataChannels::stream_of(media::Channel channel) const {
  for (const auto& [stream, open] : channels_)
    if (open.label == label_of(channel)) return stream;
  return {};
}

SctpSend DataChannels::send(Instant now, media::Channel channel, Bytes message) {
  const auto stream = stream_of(channel);
  return stream ? send(now, *stream, message) : SctpSend::not_open;
}

Duration DataChannels::waiting(Instant now, media::Channel channel) const {
  if (!stream_of(channel)) return Duration::max();
  return queue_.age(now, sctp_.queued_messages());
}

SctpSend DataChannels::send(Instant now, std::uint16_t stream, Bytes message) {
  const auto found = channels_.find(stream);
  if (found == channels_.end()) return SctpSend::not_open;
  Delivery delivery = found->second.delivery;
  if (!found->second.acknowledged) delivery.ordered = true;
  static constexpr std::uint8_t kNothing[1] = {0};
  const Ppid ppid = message.empty() ? Ppid::empty_binary : Ppid::binary;
  const SctpSend outcome = sctp_.send(now, stream, ppid, delivery, message.empty() ? Bytes{kNothing} : message);
  if (outcome == SctpSend::sent) queue_.on_sent(now);
  if (outcome == SctpSend::buffer_full) ++stats_.dropped_data_buffer_full;
  return outcome;
}

std::vector<ChannelEvent> DataChannels::take_events() { return std::exchange(events_, {}); }

}  // namespace costage::sfu
