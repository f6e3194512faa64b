// One program per data folder: a lock that the kernel lifts when the program ends, however it ends.
#pragma once

#include <string>

#include "base/result.hpp"

namespace costage::storage {

class FolderLock {
 public:
  // Takes `folder`/costage.lock, or says why not ("another costage (process 123) is using it").
  [[nodiscard]] static Result<FolderLock, std::string> take(const std::string& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) = delete;

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace costage::storage
