// What is said of a payload does not contradict itself; the same bytes as a profile-level-id or `a=fmtp` are harmless.
#include "sfu/wire/h264.hpp"

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

namespace {

void check_payload(const h264::Payload& p) {
  COSTAGE_CHECK(!p.first_idr_slice || (p.first_slice && p.idr), "a first IDR slice is a first slice of an IDR picture");
  COSTAGE_CHECK(!p.starts_key_frame() || p.key_frame(), "who starts a key frame belongs to it");
}

void check_profile(std::string_view text) {
  const auto id = h264::parse_profile_level_id(text);
  COSTAGE_CHECK(!id || text.size() == 6, "a profile-level-id has six digits");
  COSTAGE_CHECK(h264::same_profile(text, text) == h264::profile_level(text).has_value(), "whoever is known is itself");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes payload(data, size);
  if (const auto p = h264::parse(payload)) check_payload(*p);
  check_profile(as_text(payload));
  return 0;
}
