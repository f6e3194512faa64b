// What Beast sees of a WebSocket's socket: it reads from it, and hands what it writes to the one writer.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <utility>

#include "adapters/http/send_queue.hpp"

namespace costage::http {

class FrameStream {
 public:
  using next_layer_type = SendQueue::Socket;
  using executor_type = next_layer_type::executor_type;

  explicit FrameStream(std::shared_ptr<SendQueue> queue) : queue_(std::move(queue)) {}

  [[nodiscard]] executor_type get_executor() { return queue_->socket().get_executor(); }
  [[nodiscard]] next_layer_type& next_layer() { return queue_->socket(); }
  [[nodiscard]] const next_layer_type& next_layer() const { return queue_->socket(); }

  template <class MutableBuffers, class Token>
  auto async_read_some(const MutableBuffers& buffers, Token&& token) {
    return queue_->socket().async_read_some(buffers, std::forward<Token>(token));
  }

  template <class ConstBuffers, class Token>
  auto async_write_some(const ConstBuffers& buffers, Token&& token) {
    namespace asio = boost::asio;
    return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const ConstBuffers& parts) {
          SendQueue::Buffers list{asio::buffer_sequence_begin(parts), asio::buffer_sequence_end(parts)};
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          const auto executor = asio::get_associated_executor(*shared, get_executor());
          queue_->write(std::move(list), [shared, executor](boost::system::error_code error, std::size_t size) {
            asio::post(executor, [shared, error, size] { std::move (*shared)(error, size); });
          });
        },
        token, buffers);
  }

 private:
  template <class Handler>
  friend void async_teardown(boost::beast::role_type role, FrameStream& stream, Handler&& handler) {
    using boost::beast::websocket::async_teardown;
    async_teardown(role, stream.next_layer(), std::forward<Handler>(handler));
  }

  std::shared_ptr<SendQueue> queue_;
};

}  // namespace costage::http
