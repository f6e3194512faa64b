#include "adapters/realtime/hub.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "adapters/realtime/connection.hpp"
#include "domain/permission.hpp"

namespace costage::realtime {
namespace {

bool moves_the_queue(const domain::Event& event) {
  return domain::info(event.type).aggregate == domain::Aggregate::request ||
         event.type == domain::EventType::room_updated;
}

}  // namespace

Hub::Hub(boost::asio::io_context& loop, app::App& app, const Clock& clock, Rng& rng, Authenticate authenticate,
         Refuse refuse, http::WebSocketLimits limits)
    : loop_(loop),
      app_(app),
      clock_(clock),
      rng_(rng),
      authenticate_(std::move(authenticate)),
      refuse_(std::move(refuse)),
      limits_(limits),
      presence_timer_(loop),
      alive_(std::make_shared<Hub*>(this)) {
  app_.subscribe([hub = std::weak_ptr{alive_}](const app::Committed& committed) {
    if (const auto self = hub.lock()) (*self)->publish(committed);
  });
  app_.subscribe_to_chats([hub = std::weak_ptr{alive_}](const app::ChatCommitted& committed) {
    if (const auto self = hub.lock()) (*self)->publish_to_chat(committed);
  });
  app_.reactions().on_burst(
      [hub = std::weak_ptr{alive_}](const domain::RoomId& room, const app::ReactionCounts& counts) {
        if (const auto self = hub.lock()) (*self)->publish_reactions(room, counts);
      });
  app_.media_state().on_change([hub = std::weak_ptr{alive_}](const std::string& region, bool available) {
    if (const auto self = hub.lock()) (*self)->publish_media(region, available);
  });
  app_.watching().on_report([hub = std::weak_ptr{alive_}](const app::Report& report) {
    if (const auto self = hub.lock()) (*self)->publish_readiness(report);
  });
  app_.watching().on_change([hub = std::weak_ptr{alive_}](const domain::RoomId& room) {
    if (const auto self = hub.lock()) (*self)->note_presence(room);
  });
}

Hub::~Hub() {
  const Connections open = connections_;
  for (Connection* connection : open) connection->detach();
}

void Hub::mount(http::Server& server) {
  server.upgrade("/v1/realtime",
                 [this](http::Request request) -> boost::asio::awaitable<std::variant<http::Response, http::Accept>> {
                   co_return admit(request);
                 });
}

std::variant<http::Response, http::Accept> Hub::admit(const http::Request& request) {
  const auto user = authenticate_(request.access_token());
  if (!user) return refuse_(user.error());
  if (connections_.size() >= kMaxConnections) return refuse_(domain::Code::unavailable);
  http::Accept accept{.on_open = {}, .limits = limits_};
  accept.on_open = [this, user = *user](std::shared_ptr<http::WebSocket> socket) {
    return open(user, std::move(socket));
  };
  return accept;
}

http::WebSocketEvents Hub::open(const auth::User& user, std::shared_ptr<http::WebSocket> socket) {
  constexpr std::size_t kIdLength = 12;
  auto connection = std::make_shared<Connection>(*this, user, "con_" + rng_.text(kIdLength), std::move(socket));
  connections_.insert(connection.get());
  connection->start(user.expires + auth::kLeeway - clock_.now());
  return {[connection](std::string_view message, bool binary) { connection->on_message(message, binary); },
          [connection] { connection->on_closed(); }, [connection] { connection->on_pong(); },
          [connection] { connection->on_drained(); }};
}

Hub::Connections* Hub::listeners(const Topic& topic, const domain::UserId& user, bool make) {
  const auto find = [make](auto& map, const auto& key) -> Connections* {
    const auto found = map.find(key);
    if (found != map.end()) return &found->second;
    return make ? &map[key] : nullptr;
  };
  if (const auto* room = std::get_if<RoomTopic>(&topic)) return find(by_room_, room->room);
  if (const auto* chat = std::get_if<ChatTopic>(&topic)) return find(by_chat_, chat->room);
  if (std::holds_alternative<MeTopic>(topic)) return find(by_user_, user);
  return &rooms_;
}

void Hub::add(const Topic& topic, Connection& connection) {
  listeners(topic, connection.caller().user, true)->insert(&connection);
}

void Hub::remove(const Topic& topic, Connection& connection) {
  const domain::UserId& user = connection.caller().user;
  Connections* all = listeners(topic, user, false);
  if (!all) return;
  all->erase(&connection);
  if (!all->empty()) return;
  if (const auto* room = std::get_if<RoomTopic>(&topic)) by_room_.erase(room->room);
  if (const auto* chat = std::get_if<ChatTopic>(&topic)) by_chat_.erase(chat->room);
  if (!std::holds_alternative<MeTopic>(topic) && !std::holds_alternative<RoomsTopic>(topic)) app_.unfollow(name(topic));
  if (std::holds_alternative<MeTopic>(topic)) by_user_.erase(user);
}

void Hub::publish(const app::Committed& committed) {
  for (const domain::Event& event : committed.events) {
    publish_copies(event, committed.state.room);
    publish_to_room(event, committed.state);
    if (event.type == domain::EventType::moderation_banned)
      turn_out(committed.state.room.id, std::get<domain::ModerationChange>(event.data).standing.user);
  }
  if (std::ranges::any_of(committed.events, moves_the_queue)) publish_places(committed.state);
}

void Hub::turn_out(const domain::RoomId& room, const domain::UserId& user) {
  for (const Topic& topic : {Topic{RoomTopic{room}}, Topic{ChatTopic{room}}}) {
    const Connections* found = listeners(topic, user, false);
    if (found == nullptr) continue;
    const Connections all = *found;
    for (Connection* connection : all)
      if (connection->caller().user == user && !connection->caller().admin)
        connection->turn_out(topic, domain::Code::banned);
  }
}

void Hub::publish_to_chat(const app::ChatCommitted& committed) {
  const domain::RoomId& room = committed.chat.room;
  const auto found = by_chat_.find(room);
  if (found == by_chat_.end()) return;
  std::optional<std::vector<domain::UserId>> moderators;  // asked for when a message is not for everybody
  const auto moderates = [&](const app::Caller& caller) {
    if (!moderators) moderators = app_.moderators(room);
    return caller.admin || std::ranges::find(*moderators, caller.user) != moderators->end();
  };
  const Topic topic = ChatTopic{room};
  for (const domain::ChatEvent& event : committed.events) {
    const bool is_open_to_all = domain::may_see(event, domain::UserId{}, {});
    Frame open, hidden;  // each made when somebody needs it
    for (Connection* connection : found->second) {
      const app::Caller& caller = connection->caller();
      const bool sees = is_open_to_all || domain::may_see(event, caller.user, {false, moderates(caller)});
      Frame& frame = sees ? open : hidden;
      if (!frame) frame = sees ? history_event(room, epoch_, event) : private_event(room, epoch_, event);
      connection->send_event(topic, event.seq, frame);
    }
  }
}

void Hub::publish_reactions(const domain::RoomId& room, const app::ReactionCounts& counts) {
  const auto found = by_chat_.find(room);
  if (found == by_chat_.end()) return;
  const Frame frame = reactions(room, counts);
  for (Connection* connection : found->second) connection->send_skippable(ChatTopic{room}, frame);
}

// Everybody who waits hears where they stand: the requests themselves are between each and the host.
void Hub::publish_places(const domain::RoomState& state) {
  const auto found = by_room_.find(state.room.id);
  if (found == by_room_.end()) return;
  std::map<domain::UserId, Frame> frames;
  const auto queue = app::queue_of(state, now());
  for (const app::RequestView& view : queue) frames[view.request.user] = place(state.room.id, view.place, queue.size());
  if (frames.empty()) return;
  for (Connection* connection : found->second)
    if (const auto frame = frames.find(connection->caller().user); frame != frames.end())
      connection->send_skippable(RoomTopic{state.room.id}, frame->second);
}

// Whom it concerns first: to send 10,000 others a number takes a while.
void Hub::publish_to_room(const domain::Event& event, const domain::RoomState& state) {
  const domain::Room& room = state.room;
  const auto found = by_room_.find(room.id);
  if (found == by_room_.end()) return;
  const bool is_open_to_all = domain::info(event.type).audience == domain::Audience::everybody;
  const auto sees = [&](const Connection* connection) {
    const app::Caller& caller = connection->caller();
    return is_open_to_all || domain::may_see(event, caller.user, domain::sight_of(state, caller));
  };
  const Topic topic = RoomTopic{room.id};
  Frame open, hidden;  // each made when somebody needs it
  std::vector<Connection*> others;
  for (Connection* connection : found->second) {
    if (!sees(connection)) {
      others.push_back(connection);
      continue;
    }
    if (!open) open = history_event(room.id, epoch_, event);
    connection->send_event(topic, event.seq, open);
  }
  if (!others.empty()) hidden = private_event(room.id, epoch_, event);
  for (Connection* connection : others) connection->send_event(topic, event.seq, hidden);
}

// "me" hears of its own invitations and requests, "rooms" of what happens to rooms.
void Hub::publish_copies(const domain::Event& event, const domain::Room& room) {
  if (domain::info(event.type).audience == domain::Audience::subject) {
    const auto found = by_user_.find(*domain::subject(event));
    if (found == by_user_.end()) return;
    const Frame frame = copied_event(MeTopic{}, room.id, event);
    for (Connection* connection : found->second) connection->send_event(MeTopic{}, event.seq, frame);
  }
  if (domain::info(event.type).aggregate == domain::Aggregate::room && !rooms_.empty()) {
    const Frame frame = copied_event(RoomsTopic{}, room.id, event);
    for (Connection* connection : rooms_) connection->send_event(RoomsTopic{}, event.seq, frame);
  }
}

void Hub::publish_media(const std::string& region, bool available) {
  for (const auto& [room, listeners] : by_room_) {
    if (app_.media_region(room) != region) continue;
    const Frame frame = media(room, available);
    for (Connection* connection : listeners) connection->send_skippable(RoomTopic{room}, frame);
  }
}

void Hub::publish_readiness(const app::Report& report) {
  const auto found = by_room_.find(report.room);
  if (found == by_room_.end()) return;
  const Frame frame = readiness(report.room, report.user, report.readiness);
  for (Connection* connection : found->second) {
    const app::Caller& caller = connection->caller();
    const bool reads = caller.admin || std::ranges::find(report.readers, caller.user) != report.readers.end();
    if (reads) connection->send_skippable(RoomTopic{report.room}, frame);
  }
}

void Hub::note_presence(const domain::RoomId& room) {
  const bool sleeping = presence_.idle();
  const auto found = by_room_.find(room);
  presence_.note(room, found == by_room_.end() ? 0 : found->second.size());
  if (sleeping) start_presence_turn();
}

void Hub::start_presence_turn() {
  presence_timer_.expires_after(kPresenceEvery);
  presence_timer_.async_wait([this](boost::system::error_code error) {
    if (!error) send_presence();
  });
}

void Hub::send_presence() {
  for (const domain::RoomId& room : presence_.turn()) {
    const auto found = by_room_.find(room);
    if (found == by_room_.end()) continue;
    const Frame frame = presence(room, app_.watching().count(room));
    for (Connection* connection : found->second) connection->send_skippable(RoomTopic{room}, frame);
  }
  if (!presence_.idle()) start_presence_turn();
}

}  // namespace costage::realtime
