// The gateways of a server, each in a thread; without threads one on the control loop.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <thread>
#include <vector>

#include "adapters/http/gateway.hpp"

namespace costage::http {

class Gateways {
 public:
  Gateways(boost::asio::io_context& control, std::size_t threads);
  ~Gateways() { stop(); }
  Gateways(const Gateways&) = delete;
  Gateways& operator=(const Gateways&) = delete;

  // The one with the fewest connections.
  [[nodiscard]] Gateway& next() const;
  // The threads end, and every socket is closed.
  void stop();

 private:
  struct Thread {
    boost::asio::io_context loop{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work = boost::asio::make_work_guard(loop);
    std::thread thread;
  };

  std::vector<std::unique_ptr<Thread>> threads_;
  std::vector<std::shared_ptr<Gateway>> gateways_;
};

}  // namespace costage::http
