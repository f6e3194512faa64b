#include "adapters/storage/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <system_error>
#include <utility>

namespace costage::storage {
namespace {

// Digits only: the file may hold anything.
std::string holder(int file) {
  std::array<char, 20> text{};
  const ssize_t size = pread(file, text.data(), text.size(), 0);
  std::string pid(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  pid.erase(std::ranges::find_if_not(pid, [](unsigned char c) { return std::isdigit(c) != 0; }), pid.end());
  return pid.empty() ? "another costage" : "another costage (process " + pid + ")";
}

}  // namespace

// flock and not the locks of fcntl, which SQLite uses: those are lost as soon as anything in the same process closes
// the file, whoever opened it.
Result<FolderLock, std::string> FolderLock::take(const std::string& folder) {
  const int file = open((folder + "/costage.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(std::system_category().message(errno));
  FolderLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0)
    return fail(errno == EWOULDBLOCK ? holder(file) + " is using it" : std::system_category().message(errno));
  // For people only. It may fail: a full disk is no reason not to start.
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) == 0) (void)!pwrite(file, pid.data(), pid.size(), 0);
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace costage::storage
