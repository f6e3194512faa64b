// What the kernel says of the server's process.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace costage::bench {

// User and system time that the process has used, in seconds (resolution 10 ms).
[[nodiscard]] double cpu_seconds(pid_t pid);
// Resident memory in KiB.
[[nodiscard]] std::uint64_t resident_kib(pid_t pid);

}  // namespace costage::bench
