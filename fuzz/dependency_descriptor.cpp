// A byte of length and a first descriptor, then a second one that is read with the first one's structure. What is read
// is written and read the same, also with other active decode targets.
#include "sfu/wire/dependency_descriptor.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

using namespace costage;
namespace dd = costage::sfu::dependency_descriptor;

namespace {

void write_again(const dd::Descriptor& d, std::size_t size, const dd::Structure* known) {
  std::array<std::uint8_t, 255> out;
  ByteWriter w(out);
  COSTAGE_CHECK(dd::write(w, d, known) && w.size() <= size, "what was read can be written, and is no longer");
  COSTAGE_CHECK(dd::parse(w.written(), known) == d, "and reads the same");
}

void change_targets(dd::Descriptor d, const dd::Structure* known) {
  std::array<std::uint8_t, 255> out;
  ByteWriter w(out);
  const std::uint32_t targets = (d.structure ? *d.structure : *known).all_targets() & 0x55555555;
  if (!dd::write_with_targets(w, d, known, targets)) return;  // grew over 255 bytes
  d.active_targets = targets;
  COSTAGE_CHECK(dd::parse(w.written(), known) == d, "nothing else changes");
}

void ask(const dd::Descriptor& d, const dd::Structure& s) {
  const auto best = s.best_target({3, 7}, s.all_targets());
  COSTAGE_CHECK(best && *best < s.target_count, "there is always a best target");
  COSTAGE_CHECK(!d.switches_to(*best) || d.needed_for(*best), "who switches is needed");
  for (std::uint8_t chain = 0; chain < s.chain_count; ++chain)
    COSTAGE_CHECK(!part_of_chain(s, d.frame, chain, 0), "nobody watches");
}

std::optional<dd::Descriptor> check(Bytes value, const dd::Structure* known) {
  auto d = dd::parse(value, known);
  if (!d) return d;
  COSTAGE_CHECK(dd::parse_mandatory(value) == d->mandatory, "the mandatory part is there, too");
  write_again(*d, value.size(), known);
  change_targets(*d, known);
  ask(*d, d->structure ? *d->structure : *known);
  return d;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader in({data, size});
  const std::size_t first_size = in.u8();
  const auto first = check(in.take(std::min(first_size, in.remaining())), nullptr);
  if (first) check(in.rest(), &*first->structure);
  return 0;
}
