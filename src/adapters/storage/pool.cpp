#include "adapters/storage/pool.hpp"

#include <utility>

namespace costage::storage {

Pool::Pool(Databases writers, Databases readers, const Worker::Post& post) {
  for (auto& database : writers) writers_.push_back(std::make_unique<Worker>(std::move(database), post));
  for (auto& database : readers) readers_.push_back(std::make_unique<Worker>(std::move(database), post));
}

bool Pool::submit_in(const std::string& lane, Work work, Done done) {
  return writers_[std::hash<std::string>{}(lane) % writers_.size()]->submit(std::move(work), std::move(done));
}

bool Pool::read(Work work, Done done) {
  return readers_[next_reader_++ % readers_.size()]->submit(std::move(work), std::move(done));
}

}  // namespace costage::storage
