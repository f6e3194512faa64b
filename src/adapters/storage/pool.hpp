// Several connections to one database, each with a worker of its own: some write, some read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/storage/worker.hpp"

namespace costage::storage {

class Pool final : public app::Storage {
 public:
  using Databases = std::vector<std::unique_ptr<Database>>;
  // At least one of each.
  Pool(Databases writers, Databases readers, const Worker::Post& post);

  [[nodiscard]] bool submit(Work work, Done done) override { return submit_in({}, std::move(work), std::move(done)); }
  [[nodiscard]] bool submit_in(const std::string& lane, Work work, Done done) override;
  [[nodiscard]] bool read(Work work, Done done) override;
  [[nodiscard]] std::optional<std::string> trouble() const override { return writers_.front()->trouble(); }

 private:
  using Workers = std::vector<std::unique_ptr<Worker>>;

  Workers writers_, readers_;
  std::size_t next_reader_ = 0;
};

}  // namespace costage::storage
