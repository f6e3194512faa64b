// A WebSocket message with its header, made once and sent to many: a server's frames are not masked, so they are the
// same for all.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace costage::http {

class Frame;
using SharedFrame = std::shared_ptr<const Frame>;

class Frame {
 public:
  [[nodiscard]] static SharedFrame text(std::string_view message) { return make(message, false); }
  [[nodiscard]] static SharedFrame binary(std::string_view message) { return make(message, true); }

  Frame(std::string_view message, bool binary);

  // As it goes over the wire.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::string_view message() const { return bytes().substr(header_); }
  [[nodiscard]] bool is_binary() const { return binary_; }

 private:
  static SharedFrame make(std::string_view message, bool binary) {
    return std::make_shared<const Frame>(message, binary);
  }

  std::string bytes_;
  std::size_t header_;
  bool binary_;
};

}  // namespace costage::http
