// A PostgreSQL server for the tests of one program: started when the first asks, ended with the program.
#pragma once

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "adapters/storage/postgres.hpp"
#include "adapters/storage/testing/temporary_database.hpp"
#include "base/testing/free_port.hpp"

namespace costage::storage::testing {

class PostgresProcess {
 public:
  PostgresProcess() : port_(costage::testing::free_port()) {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms{0711});  // where it runs as another user
    start();
  }
  ~PostgresProcess() {
    if (pid_ <= 0) return;
    signal(SIGINT);  // a fast shutdown
    waitpid(pid_, nullptr, 0);
  }
  PostgresProcess(const PostgresProcess&) = delete;
  PostgresProcess& operator=(const PostgresProcess&) = delete;

  [[nodiscard]] bool is_there() const { return pid_ > 0; }
  [[nodiscard]] std::string url() const {
    return "postgresql://costage@127.0.0.1:" + std::to_string(port_) + "/postgres";
  }
  void signal(int number) const { kill(pid_, number); }
  // To the processes of its connections.
  void signal_children(int number) const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/task/" + std::to_string(pid_) + "/children");
    for (pid_t child = 0; in >> child;) kill(child, number);
  }

  void start() {
    pid_ = fork();
    if (pid_ == 0) {
      const std::string port = std::to_string(port_), data = folder_.path() + "/data";
      const int nowhere = ::open("/dev/null", O_RDWR);
      dup2(nowhere, STDOUT_FILENO);
      dup2(nowhere, STDERR_FILENO);
      execl("/bin/sh", "sh", COSTAGE_SOURCE_DIR "/tests/support/postgres.sh", data.c_str(), port.c_str(), "fsync=off",
            "max_connections=50", nullptr);
      _exit(1);
    }
    while (PQping(url().c_str()) != PQPING_OK) {
      if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
        pid_ = 0;
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  }
  // kill -9, all of it: its children end when it does.
  void kill_hard() {
    signal(SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

 private:
  int port_;
  TemporaryFolder folder_;
  pid_t pid_ = 0;
};

inline PostgresProcess& postgres_process() {
  static PostgresProcess process;
  return process;
}

// Runs statements there, as another program would.
inline void run_sql(const std::string& url, const std::string& text) {
  PGconn* connection = PQconnectdb(url.c_str());
  PGresult* result = PQexec(connection, text.c_str());
  const ExecStatusType status = PQresultStatus(result);
  COSTAGE_CHECK(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, PQerrorMessage(connection));
  PQclear(result);
  PQfinish(connection);
}

// An empty place of its own: a schema of the server.
inline Secret new_postgres_url() {
  static int count = 0;
  const std::string name = "test_" + std::to_string(++count);
  const std::string& server = postgres_process().url();
  run_sql(server, "CREATE SCHEMA " + name);
  return Secret{server + "?options=-csearch_path%3D" + name};
}

// What writes, on a new database; nullptr where PostgreSQL is not installed.
inline std::unique_ptr<Database> make_postgres() {
  if (!postgres_process().is_there()) return nullptr;
  SeededRng rng(1);
  auto server = open_postgres(new_postgres_url(), rng);
  COSTAGE_CHECK(server, server ? "" : server.error().c_str());
  return connect_postgres(*server, Use::writes);
}

}  // namespace costage::storage::testing
