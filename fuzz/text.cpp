// What passes as text survives a JSON document, and what passes as an id passes as text.
#include "base/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/bytes.hpp"
#include "base/check.hpp"

using namespace costage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(Bytes(data, size));
  const auto bad = bad_text(text);
  if (!bad_id(text, size)) COSTAGE_CHECK(!bad && size > 0, "an id is a text");
  if (bad) return 0;
  COSTAGE_CHECK(text.find('\0') == std::string_view::npos, "no NUL in a text");
  const boost::json::value value{boost::json::string{text}};
  boost::system::error_code error;
  const auto again = boost::json::parse(boost::json::serialize(value), error);
  COSTAGE_CHECK(!error && again == value, "a text can be written as JSON and read back");
  return 0;
}
