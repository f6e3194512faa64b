#include "app/word_filters.hpp"

namespace costage::app {

using namespace domain;

std::optional<WordAction> WordFilters::ask(const RoomId& room, const WordList& list, std::string_view message) {
  if (list == WordList{}) return {};
  const std::lock_guard lock{mutex_};
  auto at = kept_.find(room);
  if (at != kept_.end() && at->second.list != list) at = kept_.erase(at), at = kept_.end();
  if (at == kept_.end()) {
    if (kept_.size() >= kMaxKept) kept_.clear();
    at = kept_.emplace(room, Kept{list, WordFilter{list}}).first;
  }
  return at->second.filter.verdict(message);
}

std::optional<WordAction> WordFilters::verdict(Transaction& tx, const RoomId& room, std::string_view message) {
  const auto everywhere = ask(RoomId{}, tx.words().get(RoomId{}), message);
  if (everywhere == WordAction::refuse) return everywhere;
  const auto here = ask(room, tx.words().get(room), message);
  return here == WordAction::refuse || !everywhere ? here : everywhere;
}

}  // namespace costage::app
