// One client of /v1/realtime: its subscriptions, how each starts without a hole, its limits.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <string>

#include "adapters/realtime/hub.hpp"

namespace costage::realtime {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  static constexpr std::size_t kMaxSubscriptions = 50;
  static constexpr std::size_t kMaxMissed = 1'000;  // events given to a returning client; more is a resync
  static constexpr unsigned kMessagesPerWindow = 100;
  static constexpr std::chrono::seconds kWindow{10};

  Connection(Hub& hub, const auth::User& user, std::string id, std::shared_ptr<http::WebSocket> socket);

  // Says welcome. The connection is closed with 4401 when its token has run out.
  void start(std::chrono::milliseconds token_life);
  void on_message(std::string_view text, bool binary);
  void on_pong();
  // Everything was written to a client that read too slowly: what it did not get is given now.
  void on_drained();
  void on_closed();
  // Ends a subscription and says why.
  void turn_out(const Topic& topic, const domain::Refusal& why);
  void detach();  // the Hub is going

  void send(const Frame& frame);
  // An event of the topic, numbered in its history. Who reads too slowly gets no more of a topic until what waits was
  // written; then the topic starts anew from where it broke off, so that there is no hole.
  void send_event(const Topic& topic, std::uint64_t seq, const Frame& frame);
  // Left out while the client reads too slowly, and before the topic's answer.
  void send_skippable(const Topic& topic, const Frame& frame);
  [[nodiscard]] const app::Caller& caller() const { return caller_; }

 private:
  // Each subscribe has a number of its own, so that an answer that comes after an unsubscribe or another subscribe of
  // the same topic is known to be late.
  struct Request {
    boost::json::value id;
    Topic topic;
    std::uint64_t number = 0;
    bool was_asked = true;  // else the server starts the topic anew by itself
  };
  // A topic that was asked for: what happens until its answer waits behind that.
  struct Waiting {
    Request request;
    std::vector<std::pair<std::uint64_t, Frame>> events;
    bool is_full = false;
  };
  template <class Event>
  struct Missed {
    Position since;
    std::vector<Event> events;
  };

  struct OfRoom;
  struct OfChat;
  template <class Source>
  static auto missed_since(const Position& since) {
    return std::make_shared<Missed<typename Source::Event>>(Missed<typename Source::Event>{since, {}});
  }

  [[nodiscard]] bool within_rate();
  void subscribe(const boost::json::value& id, const Subscribe& what);
  void start_topic(Request request, const std::optional<Position>& since);
  void unsubscribe(const boost::json::value& id, const Topic& topic);
  void end(const Topic& topic);
  void give_snapshot(const Request& request, const domain::RoomId& room, bool resync);
  void give_chat(const Request& request, const domain::RoomId& room, bool resync);
  void give_me(const Request& request);
  void give_rooms(const Request& request);
  // Of a room's history and of a chat's.
  template <class Source>
  void give_missed(const Request& request, const domain::RoomId& room,
                   std::shared_ptr<Missed<typename Source::Event>> missed);
  template <class Source>
  void on_missed(const Request& request, const domain::RoomId& room,
                 const std::shared_ptr<Missed<typename Source::Event>>& missed, const typename Source::Page& page);
  template <class Source>
  void send_missed(const Request& request, const domain::RoomId& room, const Missed<typename Source::Event>& missed,
                   const typename Source::Page& last);
  void react(const React& what);
  // Its answer comes now, and holds all up to `seq`; go_on() follows it.
  void begin(const Request& request, std::uint64_t seq);
  void go_on(const Topic& topic, std::uint64_t seq);
  void read_again_soon(const Topic& topic, std::uint64_t held);
  void refuse(const Request& request, const domain::Refusal& refusal);
  [[nodiscard]] bool is_wanted(const Request& request) const;

  // Calls `then` with the value, unless the request was overtaken; a refusal becomes an error frame.
  template <class T>
  app::Done<T> when_wanted(Request request, std::function<void(const T&)> then) {
    return [self = shared_from_this(), request = std::move(request),
            then = std::move(then)](const domain::Answer<T>& answer) {
      if (!self->is_wanted(request)) return;
      if (answer)
        then(*answer);
      else
        self->refuse(request, answer.error());
    };
  }

  Hub* hub_;  // nullptr once the Hub has gone
  app::Caller caller_;
  std::string id_;
  std::shared_ptr<http::WebSocket> socket_;             // nullptr once closed
  std::map<std::string, std::uint64_t> subscriptions_;  // topic -> number
  // Topics that broke off, and after which position; none where a topic has no history of its own.
  std::map<std::string, std::optional<Position>> broken_off_;
  std::map<std::string, Waiting> waiting_;
  // Topics whose answer may have been ahead of what this node had heard of: up to there nothing comes again.
  std::map<std::string, std::uint64_t> ahead_;
  std::uint64_t last_number_ = 0;
  unsigned messages_in_window_ = 0;
  Instant window_start_;
  boost::asio::steady_timer token_timer_;
};

}  // namespace costage::realtime
