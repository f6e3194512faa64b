// When which stream was written last. Private to the MemoryDatabase.
#pragma once

#include <chrono>
#include <string>

#include "adapters/storage/memory/memory_table.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class MemoryStreams {
 public:
  MemoryStreams(UndoLog& log, const WallTime& now) : rows_(log), now_(now) {}
  void touch(const std::string& stream, std::uint64_t seq) { rows_.put(stream, {{stream, seq}, now_}); }
  [[nodiscard]] app::Touched touched(std::chrono::seconds back) const {
    app::Touched out{now_, {}};
    for (const auto& [stream, row] : rows_.rows())
      if (row.at > now_ - back - kLongestTransaction) out.streams.push_back(row.end);
    return out;
  }

 private:
  static constexpr std::chrono::seconds kLongestTransaction{15};  // as the tables do
  struct Row {
    app::StreamEnd end;
    WallTime at;
  };
  MemoryTable<std::string, Row> rows_;
  const WallTime& now_;
};

}  // namespace costage::storage
