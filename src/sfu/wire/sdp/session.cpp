#include "sfu/wire/sdp/session.hpp"

#include <algorithm>

#include "sfu/wire/sdp/words.hpp"

namespace costage::sfu::sdp {
namespace {

template <class List, class Match>
auto* find_where(const List& list, Match match) {
  const auto found = std::find_if(list.begin(), list.end(), match);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const RtpMap* Media::rtpmap(std::uint8_t payload_type) const {
  return find_where(rtpmaps, [&](const RtpMap& m) { return m.payload_type == payload_type; });
}

std::string_view Media::fmtp(std::uint8_t payload_type) const {
  const Fmtp* found = find_where(fmtps, [&](const Fmtp& f) { return f.payload_type == payload_type; });
  return found ? std::string_view(found->parameters) : std::string_view();
}

const ExtMap* Media::extmap(std::string_view uri) const {
  return find_where(extmaps, [&](const ExtMap& e) { return e.uri == uri; });
}

bool Media::has_feedback(std::uint8_t payload_type, std::string_view value) const {
  return find_where(rtcp_feedback, [&](const RtcpFeedback& f) {
           return f.value == value && f.payload_type.value_or(payload_type) == payload_type;
         }) != nullptr;
}

TransportParameters transport_of(const Session& session, const Media& media) {
  TransportParameters out = media.transport;
  const TransportParameters& common = session.transport;
  if (out.ice_ufrag.empty()) out.ice_ufrag = common.ice_ufrag;
  if (out.ice_pwd.empty()) out.ice_pwd = common.ice_pwd;
  if (out.ice_options.empty()) out.ice_options = common.ice_options;
  if (out.fingerprints.empty()) out.fingerprints = common.fingerprints;
  if (!out.setup) out.setup = common.setup;
  return out;
}

std::string_view fmtp_parameter(std::string_view parameters, std::string_view name) {
  while (!parameters.empty()) {
    const std::size_t end = std::min(parameters.find(';'), parameters.size());
    const std::string_view one = trimmed(parameters.substr(0, end));
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
    const std::size_t equals = one.find('=');
    if (equals != std::string_view::npos && one.substr(0, equals) == name) return one.substr(equals + 1);
  }
  return {};
}

}  // namespace costage::sfu::sdp
