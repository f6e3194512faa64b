#include "app/webhooks.hpp"

#include <memory>
#include <utility>

#include "domain/limits.hpp"

namespace costage::app {
namespace {

using domain::limits::kWebhooks;
using domain::limits::kWebhooksKept;

// Runs `work` in a unit of work of its own and gives what it made of `T{}`, or `otherwise` where storage refused.
template <class T>
void in_storage(Storage& storage, std::function<void(Transaction&, T&)> work, T otherwise,
                std::function<void(T)> done) {
  auto made = std::make_shared<T>();
  auto shared_done = std::make_shared<std::function<void(T)>>(std::move(done));
  const bool taken = storage.submit(
      [work = std::move(work), made](Transaction& tx) {
        *made = T{};
        work(tx, *made);
        return true;
      },
      [made, otherwise, shared_done](Commit commit) {
        (*shared_done)(commit == Commit::done ? std::move(*made) : otherwise);
      });
  if (!taken) (*shared_done)(std::move(otherwise));
}

}  // namespace

void Webhooks::append(const std::string& url, std::string body, WallTime made,
                      std::function<void(std::optional<std::uint64_t>)> done) {
  in_storage<std::optional<std::uint64_t>>(
      storage_,
      [url, body = std::move(body), made](Transaction& tx, auto& dropped) {
        dropped = tx.webhooks().append(url, body, made, kWebhooks);
      },
      std::nullopt, std::move(done));
}

void Webhooks::next(const std::string& url, WallTime now, std::function<void(NextWebhook)> done) {
  in_storage<NextWebhook>(
      storage_,
      [url, now](Transaction& tx, NextWebhook& next) {
        next.given_up = tx.webhooks().give_up_before(url, now - kWebhooksKept);
        next.webhook = tx.webhooks().oldest(url);
        next.ok = true;
      },
      {}, std::move(done));
}

void Webhooks::delivered(const std::string& url, const KeptWebhook& webhook, std::function<void(bool)> done) {
  in_storage<bool>(
      storage_,
      [url, webhook](Transaction& tx, bool& ok) {
        tx.webhooks().remove(url, webhook);
        ok = true;
      },
      false, std::move(done));
}

}  // namespace costage::app
