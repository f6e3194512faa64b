// A callback, awaited.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace costage::http {

// Calls `start` with a function that takes the value, once, and waits for it.
template <class T, class Start>
boost::asio::awaitable<T> awaited(Start start) {
  namespace asio = boost::asio;
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(
      [&start](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto executor = asio::get_associated_executor(*shared);
        // Posted: an answer that comes at once would otherwise resume the coroutine inside its own suspension.
        start([shared, executor](T value) {
          asio::post(executor, [shared, value = std::move(value)]() mutable { std::move (*shared)(std::move(value)); });
        });
      },
      asio::use_awaitable);
}

}  // namespace costage::http
