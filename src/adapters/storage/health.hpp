// What is wrong with the database, for its operator: each cause is logged once with what to do, until it is over.
#pragma once

#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

namespace costage::storage {

// A record holds what we never write. It concerns what was asked for, never the rest.
class DamagedRecord : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Cause {
  disk_full,
  read_only,
  disk_errors,
  busy,     // another program holds it
  away,     // its server does not answer
  damaged,  // stays until the end of the program: who writes on makes it worse
  other,
};
[[nodiscard]] Cause cause_of(const std::exception& error);

// The database's server could not be reached, or was left because it did not answer.
class Away : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Told by the storage worker, asked by any thread.
class Health {
 public:
  void failed(const std::exception& error);
  void found(const DamagedRecord& record);
  void wrote();  // a commit with writes in it

  // Empty: it works. Otherwise what is wrong and what to do, a sentence or two.
  [[nodiscard]] std::optional<std::string> trouble() const;

 private:
  static constexpr std::size_t kMaxRecords = 1000;  // about 100 bytes each

  mutable std::mutex mutex_;
  std::optional<Cause> cause_;  // the last one
  std::string trouble_;
  std::set<Cause> logged_;
  std::set<std::string> records_;
};

}  // namespace costage::storage
