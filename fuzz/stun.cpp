// A message that parses can be checked with any password; what is written with its fields says the same.
#include "sfu/wire/stun.hpp"

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

namespace {

void request_again(const stun::Message& m) {
  const stun::Request request{.transaction = m.transaction,
                              .username = m.username,
                              .priority = m.priority.value_or(0),
                              .tie_breaker = m.ice_controlling.value_or(m.ice_controlled.value_or(0)),
                              .controlling = !m.ice_controlled,
                              .use_candidate = m.use_candidate};
  std::array<std::uint8_t, stun::kMaxMessage> out;
  const auto again = stun::parse(Bytes(out).first(stun::write_request(out, request, "password")));
  COSTAGE_CHECK(again && again->is(stun::Class::request), "a written request is read");
  COSTAGE_CHECK(again->transaction == m.transaction && again->username == m.username, "identity survives");
  COSTAGE_CHECK(again->priority == request.priority, "the priority survives");
  COSTAGE_CHECK((request.controlling ? again->ice_controlling : again->ice_controlled) == request.tie_breaker,
                "the role survives");
  COSTAGE_CHECK(again->use_candidate == m.use_candidate, "the nomination survives");
  COSTAGE_CHECK(stun::verify_integrity(*again, "password"), "our own integrity holds");
}

void address_again(const stun::Message& m) {
  std::array<std::uint8_t, stun::kMaxMessage> out;
  const auto again = stun::parse(Bytes(out).first(stun::write_success(out, m.transaction, *m.mapped, "password")));
  COSTAGE_CHECK(again && again->mapped == m.mapped, "a mapped address survives");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto m = stun::parse(Bytes(data, size));
  if (!m) return 0;
  (void)stun::verify_integrity(*m, "password");
  request_again(*m);
  if (m->mapped) address_again(*m);
  return 0;
}
