// Header, payload and padding make up the packet; the same header with the same extensions reads the same.
#include "sfu/wire/rtp.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/check.hpp"
#include "sfu/peer/srtp.hpp"

using namespace costage;
using namespace costage::sfu;

namespace {

std::vector<rtp::Extension> elements(const rtp::Packet& p) {
  std::vector<rtp::Extension> out;
  for (rtp::ExtensionReader reader = p.extensions(); const auto e = reader.next();) out.push_back(*e);
  return out;
}

void write_again(const rtp::Packet& p) {
  const auto extensions = elements(p);
  // Mixed forms grow when one element needs the two-byte form, so twice the block is enough.
  Buffer out(64 + 2 * p.extension_block.size());
  ByteWriter w(out);
  rtp::write_header(w, p.header, extensions);
  COSTAGE_CHECK(w.ok(), "room for the header");
  const auto again = rtp::parse(w.written());
  COSTAGE_CHECK(again && again->header_size == w.size() && again->payload.empty(), "a written header is read");
  COSTAGE_CHECK(again->header.marker == p.header.marker && again->header.payload_type == p.header.payload_type &&
                    again->header.sequence == p.header.sequence && again->header.timestamp == p.header.timestamp &&
                    again->header.ssrc == p.header.ssrc,
                "header fields survive");
  const auto same = [](const rtp::Extension& a, const rtp::Extension& b) {
    return a.id == b.id && std::ranges::equal(a.value, b.value);
  };
  COSTAGE_CHECK(std::ranges::equal(elements(*again), extensions, same), "extensions survive");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(data, size);
  const auto p = rtp::parse(bytes);
  COSTAGE_CHECK(!p || srtp_header_size(bytes) == p->header_size, "SRTP agrees where the payload begins");
  if (!p) return 0;
  COSTAGE_CHECK(p->header_size + p->payload.size() + p->padding == size, "the parts make up the packet");
  write_again(*p);
  return 0;
}
