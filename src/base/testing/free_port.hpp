// For servers that a test starts.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.hpp"

namespace costage::testing {

// On loopback, free a moment ago.
inline int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  COSTAGE_CHECK(bind(fd, generic, size) == 0 && getsockname(fd, generic, &size) == 0, "loopback has a free port");
  close(fd);
  return ntohs(address.sin_port);
}

}  // namespace costage::testing
