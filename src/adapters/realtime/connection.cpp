#include "adapters/realtime/connection.hpp"

#include <boost/asio/post.hpp>

#include "base/overloaded.hpp"

namespace costage::realtime {
namespace {

using domain::Code;
using domain::Refusal;

constexpr std::uint16_t kTokenExpired = 4401, kPolicy = 1008;
constexpr std::size_t kEventsPerRead = 100;
constexpr std::size_t kListLength = 100;
constexpr std::size_t kMaxWaiting = 1000;  // events of one topic, until its answer comes

bool has_history(const Topic& topic) {
  return std::holds_alternative<RoomTopic>(topic) || std::holds_alternative<ChatTopic>(topic);
}

}  // namespace

// What a history of events is to who comes back to it.
struct Connection::OfRoom {
  using Event = domain::Event;
  using Page = app::EventPage;
  static constexpr auto kSnapshot = &Connection::give_snapshot;
  static void read(app::App& app, const app::Caller& caller, const domain::RoomId& room, std::uint64_t from,
                   app::Done<Page> done) {
    app.history().events(caller, room, from, kEventsPerRead, std::move(done));
  }
};

struct Connection::OfChat {
  using Event = domain::ChatEvent;
  using Page = app::ChatEventPage;
  static constexpr auto kSnapshot = &Connection::give_chat;
  static void read(app::App& app, const app::Caller& caller, const domain::RoomId& room, std::uint64_t from,
                   app::Done<Page> done) {
    app.chats().events(caller, room, from, kEventsPerRead, std::move(done));
  }
};

Connection::Connection(Hub& hub, const auth::User& user, std::string id, std::shared_ptr<http::WebSocket> socket)
    : hub_(&hub),
      caller_(auth::actor_of(user)),
      id_(std::move(id)),
      socket_(std::move(socket)),
      token_timer_(hub.loop()) {}

void Connection::start(std::chrono::milliseconds token_life) {
  send(welcome(id_, caller_.user.value(), hub_->now()));
  constexpr std::chrono::hours kLongest{24 * 365};
  token_timer_.expires_after(std::min<std::chrono::milliseconds>(token_life, kLongest));
  token_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    const auto self = weak.lock();
    if (!error && self && self->socket_) self->socket_->close(kTokenExpired, "The access token has expired.");
  });
}

bool Connection::within_rate() {
  const Instant now = hub_->instant();
  if (now - window_start_ >= kWindow) {
    window_start_ = now;
    messages_in_window_ = 0;
  }
  return ++messages_in_window_ <= kMessagesPerWindow;
}

void Connection::on_message(std::string_view text, bool binary) {
  if (!hub_) return;
  hub_->app().watching().heartbeat(id_);
  if (!within_rate()) {
    send(error(nullptr, Code::rate_limited));
    return socket_->close(kPolicy, "Too many messages.");
  }
  if (binary) return send(error(nullptr, Refusal::invalid("", "Messages are JSON text frames.")));
  const auto message = parse(text);
  if (!message) return send(error(message.error().id, Refusal::invalid("", message.error().detail)));
  std::visit(
      Overloaded{[&](const Subscribe& what) { subscribe(message->id, what); },
                 [&](const Unsubscribe& what) { unsubscribe(message->id, what.topic); },
                 [&](const Report& what) { hub_->app().watching().report(caller_, what.room, id_, what.readiness); },
                 [&](const React& what) { react(what); }, [&](Ping) { send(pong(message->id, hub_->now())); }},
      message->what);
}

void Connection::react(const React& what) {
  if (subscriptions_.contains(name(ChatTopic{what.room})))
    hub_->app().reactions().press(caller_, what.room, what.kind, what.count);
}

void Connection::on_pong() {
  if (hub_) hub_->app().watching().heartbeat(id_);
}

// After an unclean end the user still counts as watching until the heartbeat is missed: a reload of the page or a
// change of network is no absence.
void Connection::on_closed() {
  const bool clean = socket_ && socket_->close_code() != http::kAbnormalClosure;
  if (hub_) {
    for (const auto& [topic, number] : subscriptions_) hub_->remove(*topic_from(topic), *this);
    if (clean) hub_->app().watching().stop_all(id_);
    hub_->forget(*this);
  }
  token_timer_.cancel();
  subscriptions_.clear();
  socket_.reset();
}

void Connection::turn_out(const Topic& topic, const domain::Refusal& why) {
  if (const auto waiting = waiting_.find(name(topic)); waiting != waiting_.end())
    return refuse(Request(waiting->second.request), why);
  end(topic);
  send(ended(topic, why));
}

void Connection::detach() { hub_ = nullptr; }

void Connection::send(const Frame& frame) {
  if (socket_) socket_->send_shared(frame);
}
void Connection::send_event(const Topic& topic, std::uint64_t seq, const Frame& frame) {
  if (!socket_ || !hub_) return;
  if (!waiting_.empty())
    if (const auto at = waiting_.find(name(topic)); at != waiting_.end()) {
      at->second.is_full = at->second.is_full || at->second.events.size() >= kMaxWaiting;
      if (!at->second.is_full) at->second.events.emplace_back(seq, frame);
      return;
    }
  if (!ahead_.empty())
    if (const auto at = ahead_.find(name(topic)); at != ahead_.end()) {
      const std::uint64_t held = at->second;
      if (seq <= held) return;
      ahead_.erase(at);
      if (seq > held + 1) return read_again_soon(topic, held);
    }
  const bool congested = socket_->congested();
  if (!congested && broken_off_.empty()) return socket_->send_paced(frame);
  const std::string key = name(topic);
  if (broken_off_.contains(key)) return;
  if (!congested) return socket_->send_paced(frame);
  auto& position = broken_off_[key];
  if (has_history(topic)) position = Position{hub_->epoch(), seq - 1};
}

// This node told of what lies between before anybody listened here. Posted: whoever tells of an event goes through
// those who listen.
void Connection::read_again_soon(const Topic& topic, std::uint64_t held) {
  broken_off_[name(topic)] = Position{hub_->epoch(), held};
  boost::asio::post(hub_->loop(), [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->on_drained();
  });
}

void Connection::send_skippable(const Topic& topic, const Frame& frame) {
  if (!waiting_.empty() && waiting_.contains(name(topic))) return;
  if (socket_ && !socket_->congested()) socket_->send_paced(frame);
}

void Connection::subscribe(const boost::json::value& id, const Subscribe& what) {
  const std::string topic = name(what.topic);
  if (!subscriptions_.contains(topic) && subscriptions_.size() >= kMaxSubscriptions)
    return send(error(id, Refusal::invalid("topic", "This connection has too many subscriptions.")));
  start_topic({id, what.topic}, what.since);
}

// Subscribing again starts anew; until its answer the topic is silent, but from here on nothing is missed: what is read
// for the answer holds every event that was told before, and each later one waits behind it.
void Connection::start_topic(Request request, const std::optional<Position>& since) {
  const std::string key = name(request.topic);
  broken_off_.erase(key);
  ahead_.erase(key);
  request.number = ++last_number_;
  subscriptions_[key] = request.number;
  waiting_[key] = {request, {}};
  hub_->add(request.topic, *this);
  std::visit(Overloaded{[&](const RoomTopic& room) {
                          if (!since) return give_snapshot(request, room.room, false);
                          give_missed<OfRoom>(request, room.room, missed_since<OfRoom>(*since));
                        },
                        [&](const ChatTopic& chat) {
                          if (!since) return give_chat(request, chat.room, false);
                          give_missed<OfChat>(request, chat.room, missed_since<OfChat>(*since));
                        },
                        [&](MeTopic) { give_me(request); }, [&](RoomsTopic) { give_rooms(request); }},
             request.topic);
}

void Connection::on_drained() {
  if (!hub_) return;
  for (const auto& [topic, since] : std::exchange(broken_off_, {}))
    start_topic({.id = nullptr, .topic = *topic_from(topic), .was_asked = false}, since);
}

void Connection::unsubscribe(const boost::json::value& id, const Topic& topic) {
  end(topic);
  send(unsubscribed(id, topic));
}

void Connection::end(const Topic& topic) {
  hub_->remove(topic, *this);
  const std::string key = name(topic);
  subscriptions_.erase(key);
  broken_off_.erase(key);
  waiting_.erase(key);
  ahead_.erase(key);
  if (const auto* room = std::get_if<RoomTopic>(&topic)) hub_->app().watching().stop(room->room, id_);
}

bool Connection::is_wanted(const Request& request) const {
  if (!hub_ || !socket_) return false;
  const auto found = subscriptions_.find(name(request.topic));
  return found != subscriptions_.end() && found->second == request.number;
}

void Connection::refuse(const Request& request, const Refusal& refusal) {
  end(request.topic);
  send(request.was_asked ? error(request.id, refusal) : ended(request.topic, refusal));
}

void Connection::begin(const Request& request, std::uint64_t seq) {
  hub_->app().follow(name(request.topic), seq);
  if (const auto* room = std::get_if<RoomTopic>(&request.topic)) hub_->app().watching().start(caller_, room->room, id_);
}

// What the answer did not hold yet. Where there is no history of its own, an event may come twice; where there is one
// and something is missing (this node began to tell of it in the middle), it is read.
void Connection::go_on(const Topic& topic, std::uint64_t seq) {
  const std::string key = name(topic);
  const auto at = waiting_.find(key);
  if (at == waiting_.end()) return;
  const Waiting waited = std::move(at->second);
  waiting_.erase(at);
  if (waited.is_full)
    return start_topic({.id = nullptr, .topic = topic, .was_asked = false}, Position{hub_->epoch(), seq});
  const bool is_numbered = has_history(topic);
  for (const auto& [number, frame] : waited.events) {
    if (is_numbered && number <= seq) continue;
    if (is_numbered && number > seq + 1)
      return start_topic({.id = nullptr, .topic = topic, .was_asked = false}, Position{hub_->epoch(), seq});
    send_event(topic, number, frame);
    seq = number;
  }
  if (is_numbered && hub_->app().is_shared()) ahead_[key] = seq;
}

void Connection::give_snapshot(const Request& request, const domain::RoomId& room, bool resync) {
  hub_->app().history().snapshot(
      caller_, room, when_wanted<app::RoomSnapshot>(request, [this, request, resync](const app::RoomSnapshot& read) {
        hub_->remember_epoch(read.epoch);
        begin(request, read.seq);
        app::RoomSnapshot snapshot = read;
        snapshot.watching = hub_->app().watching().count(snapshot.room.id);  // with this subscriber
        snapshot.media_available = hub_->app().media_state().available(snapshot.room.media_region);
        snapshot.egress_available = hub_->app().egresses().offered(snapshot.room.media_region);
        snapshot.ingress_available = hub_->app().ingresses().offered(snapshot.room.media_region);
        send(room_snapshot(request.id, snapshot, resync, hub_->now()));
        go_on(request.topic, read.seq);
      }));
}

void Connection::give_chat(const Request& request, const domain::RoomId& room, bool resync) {
  hub_->app().chats().snapshot(
      caller_, room, when_wanted<app::ChatSnapshot>(request, [this, request, resync](const app::ChatSnapshot& read) {
        hub_->remember_epoch(read.epoch);
        begin(request, read.chat.seq);
        send(chat_snapshot(request.id, read, resync, hub_->now()));
        go_on(request.topic, read.chat.seq);
      }));
}

void Connection::give_me(const Request& request) {
  hub_->app().invitations().mine(caller_, {domain::InvitationStatus::pending}, {kListLength, {}},
                                 when_wanted<app::Page<domain::Invitation>>(
                                     request, [this, request](const app::Page<domain::Invitation>& pending) {
                                       send(me_snapshot(request.id, caller_, pending, hub_->now()));
                                       go_on(request.topic, 0);
                                     }));
}

void Connection::give_rooms(const Request& request) {
  using domain::RoomStatus;
  app::RoomFilter open;
  open.statuses = {RoomStatus::idle, RoomStatus::live, RoomStatus::waiting_reconnect};
  open.sort = app::SortBy::last_created;
  hub_->app().rooms().list(
      caller_, open, {kListLength, {}},
      when_wanted<app::Page<domain::Room>>(request, [this, request](const app::Page<domain::Room>& rooms) {
        send(rooms_snapshot(request.id, rooms, hub_->now()));
        go_on(request.topic, 0);
      }));
}

template <class Source>
void Connection::give_missed(const Request& request, const domain::RoomId& room,
                             std::shared_ptr<Missed<typename Source::Event>> missed) {
  using Page = typename Source::Page;
  const std::uint64_t from = missed->events.empty() ? missed->since.seq : missed->events.back().seq;
  Source::read(hub_->app(), caller_, room, from,
               when_wanted<Page>(request, [this, request, room, missed](const Page& page) {
                 on_missed<Source>(request, room, missed, page);
               }));
}

template <class Source>
void Connection::on_missed(const Request& request, const domain::RoomId& room,
                           const std::shared_ptr<Missed<typename Source::Event>>& missed,
                           const typename Source::Page& page) {
  const bool same_history = page.epoch == missed->since.epoch && missed->since.seq <= page.last_seq;
  const auto anew = [&] { (this->*Source::kSnapshot)(request, room, true); };
  if (!same_history || page.last_seq - missed->since.seq > kMaxMissed) return anew();
  missed->events.insert(missed->events.end(), page.items.begin(), page.items.end());
  const std::uint64_t reached = missed->events.empty() ? missed->since.seq : missed->events.back().seq;
  if (reached < page.last_seq && page.items.empty()) return anew();
  if (reached < page.last_seq) return give_missed<Source>(request, room, missed);
  send_missed<Source>(request, room, *missed, page);
}

template <class Source>
void Connection::send_missed(const Request& request, const domain::RoomId& room,
                             const Missed<typename Source::Event>& missed, const typename Source::Page& last) {
  hub_->remember_epoch(last.epoch);
  begin(request, last.last_seq);
  send(resumed(request.id, request.topic, last.epoch, last.last_seq));
  for (const auto& event : missed.events)
    send(domain::may_see(event, caller_.user, last.sight) ? history_event(room, last.epoch, event)
                                                          : private_event(room, last.epoch, event));
  if (std::holds_alternative<RoomTopic>(request.topic)) send(media(room, hub_->media_available(room)));
  go_on(request.topic, last.last_seq);
}

}  // namespace costage::realtime
