#include "adapters/livekit_client/egress_info.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace costage::livekit_client {
namespace {

using domain::EgressKind;
using domain::EgressState;

constexpr std::size_t kLongestText = 500;  // bytes
constexpr std::size_t kLongestId = 64;

template <class Outputs>
bool has_stream(const Outputs& outputs) {
  return std::ranges::any_of(outputs, [](const livekit::Output& one) { return one.has_stream(); });
}

std::optional<EgressKind> kind_of(const livekit::EgressInfo& info) {
  const auto kind = [](bool streams) { return streams ? EgressKind::restream : EgressKind::recording; };
  if (info.has_room_composite())
    return kind(info.room_composite().stream_outputs_size() > 0 || info.room_composite().has_stream());
  if (info.has_egress() && info.egress().has_template_()) return kind(has_stream(info.egress().outputs()));
  return {};
}

EgressState state_of(livekit::EgressStatus status) {
  switch (status) {
    case livekit::EGRESS_ACTIVE:
      return EgressState::active;
    case livekit::EGRESS_ENDING:
      return EgressState::ending;
    case livekit::EGRESS_COMPLETE:
    case livekit::EGRESS_LIMIT_REACHED:  // what there is until then is kept
      return EgressState::complete;
    case livekit::EGRESS_FAILED:
    case livekit::EGRESS_ABORTED:
      return EgressState::failed;
    default:
      return EgressState::starting;
  }
}

// LiveKit's times are nanoseconds; 0: not yet.
std::int64_t milliseconds(std::int64_t nanoseconds) { return std::max<std::int64_t>(nanoseconds, 0) / 1'000'000; }
std::uint64_t seconds(std::int64_t nanoseconds) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)) / 1'000'000'000;
}

void read_streams(const livekit::EgressInfo& info, domain::Egress& out) {
  for (const livekit::StreamInfo& stream : info.stream_results()) {
    const std::string url = plain(without_key(stream.url()));
    out.destinations.push_back(url);
    if (stream.status() == livekit::StreamInfo::FAILED) out.failed.push_back(url);
  }
  // LiveKit tells them now in this order, now in that.
  std::ranges::sort(out.destinations);
  std::ranges::sort(out.failed);
}

// One file was asked for. Of one that failed LiveKit names a file, too, which is nowhere.
void read_file(const livekit::EgressInfo& info, domain::Egress& out) {
  if (info.file_results_size() == 0 || info.file_results(0).size() <= 0) return;
  const livekit::FileInfo& file = info.file_results(0);
  out.file = plain(file.location().empty() ? file.filename() : file.location());
  out.file_seconds = seconds(file.duration());
  out.file_bytes = static_cast<std::uint64_t>(file.size());
}

livekit::StreamProtocol protocol_of(const std::string& url) {
  return url.starts_with("srt://") ? livekit::SRT : livekit::RTMP;
}

}  // namespace

std::string plain(std::string_view text) {
  if (!bad_text(text, kLongestText) && text.find('\n') == std::string_view::npos) return std::string{text};
  std::string out;
  for (const char c : text.substr(0, kLongestText))
    if (c >= ' ' && c <= '~') out += c;
  return out;
}

std::string without_key(std::string_view url) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  const std::size_t scheme = url.find_first_not_of(kLetters);
  if (scheme == std::string_view::npos || !url.substr(scheme).starts_with("://")) return {};
  const std::string_view all = url.substr(scheme + 3);
  const std::string_view rest = all.substr(0, all.find('?'));
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const std::string_view path = rest.substr(authority.size());
  std::string out{url.substr(0, scheme + 3)};
  out += authority.substr(authority.rfind('@') + 1);  // npos + 1: from its beginning
  // "/app/key": a path of one part may be the key itself.
  const std::size_t last = path.rfind('/');
  if (last == std::string_view::npos || last == 0) return out;
  out += path.substr(0, path.find('/', 1));
  const std::string_view key = path.substr(last);
  const bool is_shortened = key.starts_with("/{") && key.ends_with('}') && key.find("...") != std::string_view::npos;
  return is_shortened ? out + std::string{key} : out;
}

// When the file begins, which is seconds after it was asked for; until then, and of a restream, when it was.
WallTime begin_of(const livekit::EgressInfo& info) {
  const std::int64_t of_file = info.file_results_size() == 0 ? 0 : info.file_results(0).started_at();
  return from_unix_ms(milliseconds(of_file > 0 ? of_file : info.started_at()));
}

std::optional<app::EgressReport> report_of(const livekit::EgressInfo& info) {
  const auto kind = kind_of(info);
  if (!kind || bad_id(info.egress_id(), kLongestId)) return {};
  app::EgressReport out{domain::RoomId{info.room_name()}, {}};
  out.egress.id = domain::EgressId{info.egress_id()};
  out.egress.kind = *kind;
  out.egress.state = state_of(info.status());
  out.egress.started_at = begin_of(info);
  if (domain::is_over(out.egress.state) && info.ended_at() > 0)
    out.egress.ended_at = from_unix_ms(milliseconds(info.ended_at()));
  out.egress.error = plain(info.error());
  read_streams(info, out.egress);
  if (domain::is_over(out.egress.state)) read_file(info, out.egress);
  return out;
}

std::string template_of(domain::Layout layout) {
  switch (layout) {
    case domain::Layout::spotlight:
    case domain::Layout::picture_in_picture:
    case domain::Layout::screen:
      return "speaker";
    case domain::Layout::automatic:
    case domain::Layout::grid:
    case domain::Layout::side_by_side:
      break;
  }
  return "grid";
}

livekit::RoomCompositeEgressRequest request_for(const app::EgressOrder& order, const RecordingSettings& settings) {
  livekit::RoomCompositeEgressRequest out;
  out.set_room_name(order.room.value());
  out.set_layout(template_of(order.layout));
  out.set_custom_base_url(settings.template_url);
  if (order.plan.kind == EgressKind::recording) {
    livekit::EncodedFileOutput& file = *out.add_file_outputs();
    file.set_file_type(livekit::MP4);
    file.set_filepath(settings.path);
    return out;
  }
  livekit::StreamOutput& stream = *out.add_stream_outputs();
  stream.set_protocol(protocol_of(order.plan.urls.front()));
  for (const std::string& url : order.plan.urls) stream.add_urls(url);
  return out;
}

}  // namespace costage::livekit_client
