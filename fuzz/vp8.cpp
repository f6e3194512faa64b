// A descriptor that is written reads the same; rewriting changes the counters and nothing else.
#include "sfu/wire/vp8.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

namespace {

bool same_but_counters(const vp8::Descriptor& a, const vp8::Descriptor& b) {
  return a.non_reference == b.non_reference && a.start_of_partition == b.start_of_partition &&
         a.partition == b.partition && a.long_picture_id == b.long_picture_id && a.temporal_layer == b.temporal_layer &&
         a.layer_sync == b.layer_sync && a.key_index == b.key_index;
}

void write_again(const vp8::Descriptor& d) {
  std::array<std::uint8_t, 8> out;
  ByteWriter w(out);
  vp8::write(w, d);
  w.u8(d.key_frame ? 0 : 1);
  const auto again = vp8::parse(w.written());
  COSTAGE_CHECK(again && same_but_counters(*again, d), "a written descriptor is read");
  COSTAGE_CHECK(again->picture_id == d.picture_id && again->tl0_picture_index == d.tl0_picture_index,
                "and its counters");
  COSTAGE_CHECK(again->key_frame == d.key_frame, "and the key frame bit");
}

void rewrite(Bytes payload, const vp8::Descriptor& d) {
  Buffer copy(payload.begin(), payload.end());
  COSTAGE_CHECK(vp8::rewrite(copy, 0x5a5a, 0xa5), "what parses can be rewritten");
  const auto again = vp8::parse(copy);
  COSTAGE_CHECK(again && again->size == d.size && same_but_counters(*again, d), "the rest stays");
  COSTAGE_CHECK(again->key_frame == d.key_frame, "the payload stays");
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
  const auto d = vp8::parse(payload);
  if (!d) return 0;
  write_again(*d);
  rewrite(payload, *d);
  return 0;
}
