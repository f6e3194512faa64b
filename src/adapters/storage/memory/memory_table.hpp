// A table in memory: a map whose changes can be undone.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace costage::storage {

// What to do to have everything as it was, the newest change last.
class UndoLog {
 public:
  void add(std::function<void()> undo) { undo_.push_back(std::move(undo)); }
  [[nodiscard]] std::size_t size() const { return undo_.size(); }
  void undo_to(std::size_t size) {
    for (; undo_.size() > size; undo_.pop_back()) undo_.back()();
  }
  void forget() { undo_.clear(); }

 private:
  std::vector<std::function<void()>> undo_;
};

template <class Key, class Row>
class MemoryTable {
 public:
  explicit MemoryTable(UndoLog& log) : log_(log) {}

  std::optional<Row> find(const Key& key) const {
    const auto at = rows_.find(key);
    if (at == rows_.end()) return {};
    return at->second;
  }
  void put(const Key& key, const Row& row) {
    log_.add([this, key, before = find(key)] {
      if (before)
        rows_.insert_or_assign(key, *before);
      else
        rows_.erase(key);
    });
    rows_.insert_or_assign(key, row);
  }
  template <class Condition>
  void erase_if(Condition condition) {
    for (auto at = rows_.begin(); at != rows_.end();) {
      if (!condition(at->second)) {
        ++at;
        continue;
      }
      log_.add([this, key = at->first, before = at->second] { rows_.insert_or_assign(key, before); });
      at = rows_.erase(at);
    }
  }
  [[nodiscard]] const std::map<Key, Row>& rows() const { return rows_; }

 private:
  UndoLog& log_;
  std::map<Key, Row> rows_;
};

}  // namespace costage::storage
