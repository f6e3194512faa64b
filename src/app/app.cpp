#include "app/app.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "app/deadlines.hpp"
#include "app/followers/egress_layout.hpp"
#include "app/followers/followers.hpp"
#include "app/followers/green_room_rights.hpp"
#include "app/followers/media_rights.hpp"
#include "app/janitor.hpp"
#include "app/media_events.hpp"
#include "app/media_inbox.hpp"
#include "app/recovery.hpp"

namespace costage::app {

using namespace domain;

struct App::Parts {
  Parts(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng)
      : work(storage, clock),
        context{work, here, presence, media, rng},
        media_rights(media, here),
        green_room_rights(media, here),
        egress_layout(media, here),
        janitor(storage) {
    followers.add(media_rights);
    followers.add(green_room_rights);
    followers.add(egress_layout);
    work.on_commit([this](const Committed& committed) { on_commit(committed); });
    work.on_chat_commit([this](const ChatCommitted& committed) {
      for (const ChatListener& listener : chat_listeners) listener(committed);
    });
  }

  void on_commit(const Committed& committed) {
    here.keep(committed.state);
    deadlines.set(committed.state.room.id, next_deadline(committed.state));
    for (const CommitListener& listener : listeners) listener(committed);
    followers.on_commit(committed);
    watching.on_commit(committed);
    wake_changed();
  }

  void on_time() {
    const WallTime now = work.now();
    for (const RoomId& room : deadlines.due(now)) {
      // Set again after the commit; a unit of work that was lost is tried again.
      deadlines.set(room, now + kRetry);
      work.command(room, TimePassed{});
    }
    watching.on_time(now);
    probes.on_time(now);
    reactions.on_time(now);
    media_inbox.on_time(now);
    followers.on_time(now);
    janitor.on_time(now);
  }

  [[nodiscard]] std::optional<WallTime> next_wake() const {
    std::optional<WallTime> earliest;
    for (const auto& at : {deadlines.next(), presence.next_expiry(), probes.next_wake(), reactions.next_wake(),
                           media_inbox.next_wake(), followers.next_wake(), janitor.next_wake()})
      if (at) earliest = std::min(earliest.value_or(*at), *at);
    return earliest;
  }

  static constexpr std::chrono::seconds kRetry{5};

  UnitOfWork work;
  RoomsHere here;
  Presence presence;
  Context context;
  Deadlines deadlines;
  MediaRights media_rights;
  GreenRoomRights green_room_rights;
  EgressLayout egress_layout;
  Followers followers{work};
  Janitor janitor;
  std::vector<CommitListener> listeners;
  std::vector<ChatListener> chat_listeners;
  WordFilters word_filters;
  std::function<void()> wake_changed = [] {};
  MediaInbox media_inbox{work, here, [this] { wake_changed(); }};

  Rooms rooms{context};
  Pictures pictures{context};
  Invitations invitations{context};
  Requests requests{context};
  StageUseCases stage{context};
  Scenes scenes{context};
  RunOfShows run_of_shows{context};
  EgressUseCases egresses{context};
  Ingresses ingresses{context, stage};
  Reactions reactions{context};
  Chats chats{context, word_filters, reactions};
  ChatOrder chat_order{context};
  Watching watching{context};
  Probes probes{context};
  GreenRoom green_room{context};
  History history{context};
  Users users{context};
  Blocks blocks{context};
  Diagnosis diagnosis{context};
  Revocations revocations{context};
  Webhooks webhooks{work.storage()};
  MediaState media_state;
};

App::App(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng)
    : parts_(std::make_unique<Parts>(storage, media, clock, rng)) {}
App::~App() = default;

Rooms& App::rooms() { return parts_->rooms; }
Pictures& App::pictures() { return parts_->pictures; }
Invitations& App::invitations() { return parts_->invitations; }
Requests& App::requests() { return parts_->requests; }
StageUseCases& App::stage() { return parts_->stage; }
RunOfShows& App::run_of_shows() { return parts_->run_of_shows; }
Scenes& App::scenes() { return parts_->scenes; }
EgressUseCases& App::egresses() { return parts_->egresses; }
Ingresses& App::ingresses() { return parts_->ingresses; }
Chats& App::chats() { return parts_->chats; }
ChatOrder& App::chat_order() { return parts_->chat_order; }
Reactions& App::reactions() { return parts_->reactions; }
Watching& App::watching() { return parts_->watching; }
GreenRoom& App::green_room() { return parts_->green_room; }
Probes& App::probes() { return parts_->probes; }
History& App::history() { return parts_->history; }
Blocks& App::blocks() { return parts_->blocks; }
Diagnosis& App::diagnosis() { return parts_->diagnosis; }
Users& App::users() { return parts_->users; }
Revocations& App::revocations() { return parts_->revocations; }
Webhooks& App::webhooks() { return parts_->webhooks; }
MediaState& App::media_state() { return parts_->media_state; }
std::string App::media_region(const RoomId& room) const { return parts_->here.region_of(room).value_or(""); }
const TokenGate& App::gate() const { return parts_->here; }

void App::on_media(const MediaEvent& event) {
  if (const auto command = command_for(event)) parts_->media_inbox.put(*command);
}

void App::subscribe(CommitListener listener) { parts_->listeners.push_back(std::move(listener)); }
void App::subscribe_to_chats(ChatListener listener) { parts_->chat_listeners.push_back(std::move(listener)); }
std::vector<UserId> App::moderators(const RoomId& room) const { return parts_->here.moderators(room); }

// Followers first: they must know how far they had come before anything is committed.
void App::start(std::function<void(bool)> done) {
  parts_->followers.start([this, done = std::move(done)](bool ok) {
    if (!ok) return done(false);
    recover_rooms(parts_->work, done);
  });
}

std::optional<std::string> App::storage_trouble() const { return parts_->work.storage().trouble(); }
void App::on_time() { parts_->on_time(); }
void App::on_stop() {
  parts_->followers.on_stop();
  parts_->reactions.on_stop();
}
std::optional<WallTime> App::next_wake() const { return parts_->next_wake(); }
void App::on_wake_changed(std::function<void()> listener) { parts_->wake_changed = std::move(listener); }

}  // namespace costage::app
