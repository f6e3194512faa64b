#include "app/revocations.hpp"

#include <memory>
#include <utility>

#include "app/core.hpp"
#include "domain/limits.hpp"

namespace costage::app {

void Revocations::record(const Revocation& revocation, std::function<void(bool)> done) {
  auto shared_done = std::make_shared<std::function<void(bool)>>(std::move(done));
  const bool taken = core_.storage.submit(
      [revocation](Transaction& tx) {
        tx.put_revocation(revocation);
        return true;
      },
      [shared_done](Commit commit) { (*shared_done)(commit == Commit::done); });
  if (!taken) (*shared_done)(false);
}

void Revocations::load(std::function<void(bool, std::vector<Revocation>)> done) {
  auto found = std::make_shared<std::vector<Revocation>>();
  auto shared_done = std::make_shared<decltype(done)>(std::move(done));
  const bool taken = core_.storage.submit(
      [found](Transaction& tx) {
        *found = tx.revocations(domain::limits::kRevocations);
        return false;
      },
      [found, shared_done](Commit commit) { (*shared_done)(commit == Commit::done, std::move(*found)); });
  if (!taken) (*shared_done)(false, {});
}

}  // namespace costage::app
