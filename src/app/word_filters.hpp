// Word lists made ready, kept as long as they do not change: to make one costs as much as hundreds of messages. The
// lists themselves are storage's. Used by storage workers only.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string_view>

#include "app/ports/storage.hpp"

namespace costage::app {

class WordFilters {
 public:
  static constexpr std::size_t kMaxKept = 1'000;  // about 100 kB each with a full list; then all are made again

  // The strictest of what the application's list and the room's say of a message.
  [[nodiscard]] std::optional<domain::WordAction> verdict(Transaction& tx, const domain::RoomId& room,
                                                          std::string_view message);

 private:
  struct Kept {
    domain::WordList list;
    domain::WordFilter filter;
  };
  [[nodiscard]] std::optional<domain::WordAction> ask(const domain::RoomId& room, const domain::WordList& list,
                                                      std::string_view message);

  std::mutex mutex_;
  std::map<domain::RoomId, Kept> kept_;
};

}  // namespace costage::app
