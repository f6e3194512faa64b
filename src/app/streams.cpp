#include "app/streams.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace costage::app {

using namespace domain;

namespace {

constexpr std::string_view kRoom = "room/", kChat = "chat/";
constexpr std::string_view kHint = "hint";
constexpr std::size_t kMaxHint = 200;  // bytes

std::string stream_of(std::string_view kind, const RoomId& room) { return std::string(kind) + room.value(); }

std::optional<RoomId> room_of(std::string_view kind, std::string_view stream) {
  if (!stream.starts_with(kind)) return {};
  return RoomId{std::string(stream.substr(kind.size()))};
}

// What stands at the end of a history, and what leads there.
template <class Page>
void read_page(UnitOfWork& work, std::function<domain::Answer<Page>(Transaction&)> read,
               std::function<void(std::optional<Page>)> done) {
  work.read<Page>(std::move(read), [done = std::move(done)](domain::Answer<Page> page) {
    done(page ? std::optional{std::move(*page)} : std::nullopt);
  });
}

}  // namespace

std::string hint_text(const StreamEnd& end) { return end.stream + ' ' + std::to_string(end.seq); }

std::optional<StreamEnd> hint_from(std::string_view text) {
  const auto space = text.rfind(' ');
  if (text.size() > kMaxHint || space == std::string_view::npos || space <= kRoom.size()) return {};
  StreamEnd end{std::string(text.substr(0, space)), 0};
  const std::string_view digits = text.substr(space + 1);
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), end.seq);
  const bool is_number = error == std::errc{} && stop == digits.data() + digits.size() && !digits.empty();
  const bool is_ours = end.stream.starts_with(kRoom) || end.stream.starts_with(kChat);
  return is_number && is_ours ? std::optional{end} : std::nullopt;
}

Streams::Streams(UnitOfWork& work, const Cluster& cluster, CommitListener rooms, ChatListener chats)
    : work_(work),
      cluster_(cluster),
      on_room_(std::move(rooms)),
      on_chat_(std::move(chats)),
      started_at_(work.now()),
      rooms_([this](const RoomId& room, std::uint64_t after, auto done) { read_room(room, after, std::move(done)); },
             [this](const Events& events, const RoomState& state) { tell_room(events, state); }),
      chats_([this](const RoomId& room, std::uint64_t after, auto done) { read_chat(room, after, std::move(done)); },
             [this](const ChatEvents& events, const Chat& chat) { on_chat_({events, chat}); }) {
  if (!cluster_.is_shared) return;
  look_at_ = work_.now();
  if (cluster_.bus == nullptr) return;
  cluster_.bus->listen(kHint, [this](std::string_view bytes) {
    if (const auto end = hint_from(bytes)) on_hint(*end);
  });
  cluster_.bus->on_connected([this] { look_at_ = work_.now(); });
}

void Streams::read_room(const RoomId& room, std::uint64_t after,
                        std::function<void(std::optional<RoomFeed::Page>)> done) {
  read_page<RoomFeed::Page>(
      work_,
      [room, after](Transaction& tx) -> domain::Answer<RoomFeed::Page> {
        auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        return RoomFeed::Page{tx.history().since(room, after, kEventsPerRead), std::move(*state)};
      },
      std::move(done));
}

void Streams::read_chat(const RoomId& room, std::uint64_t after,
                        std::function<void(std::optional<ChatFeed::Page>)> done) {
  read_page<ChatFeed::Page>(
      work_,
      [room, after](Transaction& tx) -> domain::Answer<ChatFeed::Page> {
        auto chat = tx.chats().find(room);
        if (!chat) return refuse(Code::room_not_found);
        return ChatFeed::Page{tx.chats().since(room, after, kEventsPerRead), std::move(*chat)};
      },
      std::move(done));
}

void Streams::tell_room(const Events& events, const RoomState& state) {
  if (cluster_.is_shared && !is_open(state.room.status)) over_[state.room.id] = work_.now() + kForgetAfter;
  on_room_({events, state});
}

// Every open room is followed here, so that any node knows who may do what in it.
void Streams::on_commit(const Committed& committed) {
  const RoomState& state = committed.state;
  const RoomId& room = state.room.id;
  if (!committed.events.empty()) {
    announce({stream_of(kRoom, room), state.seq});
    if (cluster_.is_shared) rooms_.follow_from_end(room, committed.events.front().seq - 1);
    rooms_.on_commit(room, committed.events, state);
  } else if (rooms_.told(room).value_or(state.seq) == state.seq) {
    on_room_(committed);
  } else {
    rooms_.on_hint(room, state.seq);  // it was looked at, and there was more
  }
  if (cluster_.is_shared && is_open(state.room.status)) rooms_.follow_from_end(room, state.seq);
}

void Streams::on_chat_commit(const ChatCommitted& committed) {
  const RoomId& room = committed.chat.room;
  announce({stream_of(kChat, room), committed.chat.seq});
  // Who waits for their first answer gets all behind it, read in order.
  if (!cluster_.is_shared || chats_.follows(room)) chats_.on_commit(room, committed.events, committed.chat);
}

void Streams::announce(const StreamEnd& end) {
  if (cluster_.bus != nullptr) cluster_.bus->publish(kHint, hint_text(end));
}

void Streams::follow(std::string_view stream, std::uint64_t seq) {
  if (!cluster_.is_shared) return;
  if (const auto room = room_of(kRoom, stream)) {
    heard_.insert(*room);
    on_hint({std::string(stream), seq});
  }
  if (const auto room = room_of(kChat, stream)) chats_.follow(*room, seq);
}

void Streams::unfollow(std::string_view stream) {
  if (const auto room = room_of(kRoom, stream)) heard_.erase(*room);
  if (const auto room = room_of(kChat, stream)) chats_.unfollow(*room);
}

void Streams::on_hint(const StreamEnd& end) {
  if (const auto room = room_of(kChat, end.stream)) return chats_.on_hint(*room, end.seq);
  const auto room = room_of(kRoom, end.stream);
  if (rooms_.follows(*room)) return rooms_.on_hint(*room, end.seq);
  meet(*room, end.seq);
}

// A room that is not known here was made by another node a moment ago, or is over. In that case only who listens is
// told of it.
void Streams::meet(const RoomId& room, std::uint64_t seq) {
  const std::uint64_t from = seq > kEventsPerRead ? seq - 1 : 0;
  if (heard_.contains(room)) return rooms_.follow(room, from);
  if (const auto at = met_.find(room); at != met_.end() && at->second >= seq) return;
  work_.read<bool>(
      [room](Transaction& tx) -> domain::Answer<bool> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        return is_open(state->room.status);
      },
      [this, room, seq, from](const domain::Answer<bool>& open) {
        if (!open) return;
        if (*open) return rooms_.follow(room, from);
        if (met_.size() >= kMaxMet) met_.clear();
        met_[room] = seq;
        unfollowed_();
      });
}

bool Streams::is_fresh() const {
  return !cluster_.is_shared || (looked_at_ && work_.now() - *looked_at_ <= 2 * kLookEvery);
}

void Streams::on_time(WallTime now) {
  if (!look_at_ || now < *look_at_) return;
  look_at_ = now + kLookEvery;
  look(now);
  std::erase_if(over_, [&](const auto& one) {
    if (one.second > now || heard_.contains(one.first)) return false;
    rooms_.unfollow(one.first);
    return true;
  });
}

void Streams::look(WallTime now) {
  const auto back = std::max(std::chrono::seconds{0},
                             std::chrono::ceil<std::chrono::seconds>(now - looked_at_.value_or(started_at_)));
  work_.read<Touched>([back](Transaction& tx) -> domain::Answer<Touched> { return tx.history().touched(back); },
                      [this, now](const domain::Answer<Touched>& touched) {
                        if (!touched) return;
                        looked_at_ = now;
                        // An answer that was long under way says what time it was.
                        if (work_.now() - now < kLookEvery) cluster_.on_database_time(touched->now);
                        for (const StreamEnd& end : touched->streams)
                          if (hint_from(hint_text(end))) on_hint(end);
                        rooms_.read_on();
                        chats_.read_on();
                      });
}

}  // namespace costage::app
