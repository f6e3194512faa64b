#include "adapters/http/gateways.hpp"

#include <pthread.h>

#include <algorithm>

namespace costage::http {

Gateways::Gateways(boost::asio::io_context& control, std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i) {
    auto& thread = *threads_.emplace_back(std::make_unique<Thread>());
    gateways_.push_back(std::make_shared<Gateway>(control, thread.loop));
    thread.thread = std::thread{[&loop = thread.loop] { loop.run(); }};
    pthread_setname_np(thread.thread.native_handle(), "gateway");
  }
  if (gateways_.empty()) gateways_.push_back(std::make_shared<Gateway>(control, control));
}

Gateway& Gateways::next() const {
  return **std::ranges::min_element(gateways_, {}, [](const auto& gateway) { return gateway->connections(); });
}

void Gateways::stop() {
  for (const auto& thread : threads_) thread->loop.stop();
  for (const auto& thread : threads_)
    if (thread->thread.joinable()) thread->thread.join();
  for (const auto& gateway : gateways_) gateway->shut_down();
}

}  // namespace costage::http
