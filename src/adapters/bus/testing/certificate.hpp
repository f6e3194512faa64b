// A certificate of a folder of its own, for one host.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace costage::bus::testing {

struct Certificate {
  explicit Certificate(const std::string& host) {
    std::string name = (std::filesystem::temp_directory_path() / "costage-nats-XXXXXX").string();
    folder = mkdtemp(name.data());
    const std::string command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext subjectAltName=" + host +
        " -keyout " + key() + " -out " + pem() + " 2>/dev/null";
    made = std::system(command.c_str()) == 0;
  }
  ~Certificate() { std::filesystem::remove_all(folder); }
  [[nodiscard]] std::string key() const { return folder + "/key.pem"; }
  [[nodiscard]] std::string pem() const { return folder + "/cert.pem"; }
  [[nodiscard]] std::vector<std::string> flags() const { return {"--tls", "--tlscert", pem(), "--tlskey", key()}; }

  std::string folder;
  bool made = false;
};

}  // namespace costage::bus::testing
