// What other nodes say over the bus: whatever it is, what is taken of it can be shown and is read again as it was.
#include <string>

#include "app/sharing.hpp"
#include "app/streams.hpp"
#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

using namespace costage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{as_text(Bytes(data, size))};
  if (const auto end = app::hint_from(text))
    COSTAGE_CHECK(app::hint_from(app::hint_text(*end)) == end, "a hint is read as it was written");
  if (const auto reactions = app::reactions_from(text))
    COSTAGE_CHECK(app::reactions_from(app::reactions_text(*reactions))->counts == reactions->counts, "hearts are, too");
  for (const app::SharedWatcher& one : app::watchers_from(text).watchers) {
    COSTAGE_CHECK(!bad_text(one.user.value()), "who watches can be named");
    if (one.present) COSTAGE_CHECK(!bad_text(one.present->name), "and shown");
    COSTAGE_CHECK(app::watchers_from("n\n" + app::watcher_line(one)).watchers.size() == 1, "a watcher is read again");
  }
  return 0;
}
