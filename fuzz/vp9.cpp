// A descriptor that is written reads the same; rewriting changes the counters and nothing else.
#include "sfu/wire/vp9.hpp"

#include <algorithm>

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

namespace {

bool same_but_counters(const vp9::Descriptor& a, const vp9::Descriptor& b) {
  return a.predicted == b.predicted && a.flexible == b.flexible && a.frame_start == b.frame_start &&
         a.frame_end == b.frame_end && a.no_upper_layer_reference == b.no_upper_layer_reference &&
         a.long_picture_id == b.long_picture_id && a.layers == b.layers && a.references == b.references &&
         a.structure == b.structure && a.size == b.size;
}

void write_again(Bytes payload, const vp9::Descriptor& d) {
  Buffer out(d.size + 1);
  ByteWriter w(out);
  vp9::write(w, d);
  COSTAGE_CHECK(w.ok() && w.size() == d.size, "a written descriptor has the size it had");
  w.u8(payload[d.size]);
  const auto again = vp9::parse(w.written());
  COSTAGE_CHECK(again && same_but_counters(*again, d), "a written descriptor is read");
  COSTAGE_CHECK(again->picture_id == d.picture_id && again->tl0_picture_index == d.tl0_picture_index,
                "and its counters");
}

void rewrite(Bytes payload, const vp9::Descriptor& d) {
  Buffer copy(payload.begin(), payload.end());
  COSTAGE_CHECK(vp9::rewrite(copy, 0x5a5a, 0xa5), "what parses can be rewritten");
  const auto again = vp9::parse(copy);
  COSTAGE_CHECK(again && same_but_counters(*again, d), "the rest stays");
  const std::uint16_t id = d.long_picture_id ? 0x5a5a : 0x5a;
  COSTAGE_CHECK(again->picture_id.value_or(id) == id && again->tl0_picture_index.value_or(0xa5) == 0xa5,
                "new counters");
  COSTAGE_CHECK(std::equal(copy.begin() + static_cast<std::ptrdiff_t>(d.size), copy.end(),
                           payload.begin() + static_cast<std::ptrdiff_t>(d.size)),
                "the payload stays");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes payload(data, size);
  const auto d = vp9::parse(payload);
  if (!d) return 0;
  write_again(payload, *d);
  rewrite(payload, *d);
  return 0;
}
