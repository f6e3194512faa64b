// Whatever arrives as a token is refused or fully checked; what we sign ourselves is always good.
#include "adapters/auth/token.hpp"

#include "base/bytes.hpp"
#include "base/check.hpp"

using namespace costage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auth::Keys keys{{"app", Secret{"0123456789abcdef0123456789abcdef"}}};
  static const WallTime now = from_unix_ms(1'800'000'000'000);
  const auto text = as_text(Bytes(data, size));
  const auto claims = auth::verify(text, keys, now);
  if (!claims) return 0;
  const auto signed_again = auth::sign(*claims, "app", keys.at("app"));
  COSTAGE_CHECK(signed_again.has_value(), "claims that were good can be signed");
  const auto again = auth::verify(*signed_again, keys, now);
  COSTAGE_CHECK(again.has_value(), "claims that were good are good when signed again");
  return 0;
}
