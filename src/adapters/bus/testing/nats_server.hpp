// A nats-server of a test's own, on a free loopback port that it keeps when it is started again.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "base/testing/free_port.hpp"

namespace costage::bus::testing {

// Empty: it is not installed.
inline std::string nats_server_path() {
  const char* path = std::getenv("PATH");
  std::istringstream folders{std::string{path ? path : ""} + ":/usr/sbin:/usr/local/bin"};
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string program = folder + "/nats-server";
    if (access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

class NatsServer {
 public:
  ~NatsServer() { kill(); }

  void start(std::vector<std::string> more = {}) {
    std::vector<std::string> words{nats_server_path(), "-a", "127.0.0.1", "-p", std::to_string(port_)};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ != 0) return;
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  void stop() const { ::kill(pid_, SIGSTOP); }
  void go_on() const { ::kill(pid_, SIGCONT); }
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  int port_ = costage::testing::free_port();
  pid_t pid_ = 0;
};

}  // namespace costage::bus::testing
