// What parses is written so that it parses to the same model.
#include "base/bytes.hpp"
#include "base/check.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

using namespace costage;
using namespace costage::sfu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto session = sdp::parse(as_text(Bytes(data, size)));
  if (!session) return 0;
  for (const sdp::Media& media : session->media) {
    (void)sdp::transport_of(*session, media);
    for (const sdp::Fmtp& fmtp : media.fmtps) (void)sdp::fmtp_parameter(fmtp.parameters, "apt");
  }
  const std::string text = sdp::serialize(*session);
  if (text.size() > sdp::Limits{}.text) return 0;  // short lines grow a little
  COSTAGE_CHECK(sdp::parse(text) == session, "a written description is read back the same");
  return 0;
}
