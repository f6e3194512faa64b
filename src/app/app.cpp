#include "app/app.hpp"

#include <algorithm>
#include <utility>

#include "app/asking_gate.hpp"
#include "app/context.hpp"
#include "app/deadlines.hpp"
#include "app/followers/egress_layout.hpp"
#include "app/followers/followers.hpp"
#include "app/followers/green_room_rights.hpp"
#include "app/followers/media_rights.hpp"
#include "app/janitor.hpp"
#include "app/media_events.hpp"
#include "app/media_inbox.hpp"
#include "app/media_nodes.hpp"
#include "app/nodes.hpp"
#include "app/recovery.hpp"
#include "app/sharing.hpp"
#include "app/streams.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

struct App::Parts {
  Parts(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng, Cluster the_cluster)
      : cluster(std::move(the_cluster)),
        work(storage, clock),
        media_nodes(work, here, nodes, cluster, media),
        context{work, here, presence, media, media_nodes, rng},
        media_rights(media, here),
        green_room_rights(media, here),
        egress_layout(media, here),
        janitor(storage),
        sharing(cluster, clock, presence, watching, reactions) {
    followers.add(media_rights);
    followers.add(green_room_rights);
    followers.add(egress_layout);
    work.on_commit([this](const Committed& committed) { streams.on_commit(committed); });
    work.on_chat_commit([this](const ChatCommitted& committed) { streams.on_chat_commit(committed); });
    streams.on_unfollowed([this] { follow_again = true; });
  }

  void on_commit(const Committed& committed) {
    media_nodes.on_commit(committed);
    here.keep(committed.state);
    deadlines.set(committed.state.room.id, next_deadline(committed.state));
    for (const CommitListener& listener : listeners) listener(committed);
    if (carries_out()) followers.on_commit(committed);
    watching.on_commit(committed);
    wake_changed();
  }

  void on_time() {
    const WallTime now = work.now();
    nodes.on_time(now);
    streams.on_time(now);
    for (const RoomId& room : deadlines.due(now - patience())) {
      // Set again after the commit; a unit of work that was lost is tried again.
      deadlines.set(room, now + kRetry);
      work.command(room, TimePassed{});
    }
    watching.on_time(now);
    sharing.on_time(now);
    probes.on_time(now);
    reactions.on_time(now);
    media_inbox.on_time(now);
    media_nodes.on_time(now);
    if (carries_out()) followers.on_time(now);
    if (carries_out() && std::exchange(follow_again, false)) lead();
    if (nodes.leads()) janitor.on_time(now);
  }

  [[nodiscard]] std::optional<WallTime> next_wake() const {
    std::optional<WallTime> earliest = deadlines.next();
    if (earliest) *earliest += patience();
    for (const auto& at :
         {nodes.next_wake(), streams.next_wake(), presence.next_expiry(), probes.next_wake(), reactions.next_wake(),
          sharing.next_wake(), media_inbox.next_wake(), media_nodes.next_wake(),
          carries_out() ? followers.next_wake() : std::nullopt, nodes.leads() ? janitor.next_wake() : std::nullopt})
      if (at) earliest = std::min(earliest.value_or(*at), *at);
    return earliest;
  }

  // Among the nodes, if there are others.
  void join(const std::function<void(bool)>& done) {
    nodes.start([this, done](bool ok) {
      if (!ok) return done(false);
      nodes.on_leading([this] { lead(); });
      nodes.on_read([this] { media_nodes.on_nodes(); });
      if (carries_out()) return take_over(done);
      recover_rooms(work, TimePassed{}, done);
    });
  }

  // Followers before rooms: they must know how far they had come before anything is committed. Where other nodes carry
  // shows, nothing of them was lost with the end of this one; where each show has its node, that is looked at then.
  void take_over(const std::function<void(bool)>& done) {
    const bool media_is_lost = nodes.is_alone() && !cluster.has_media_of_its_own();
    followers.start([this, media_is_lost, done](bool followed) {
      if (!followed) return done(false);
      recover_rooms(work, media_is_lost ? Command{MediaLost{}} : Command{TimePassed{}}, done);
    });
  }

  // One node alone tells a media server that all share what was decided; a media server of its own each node tells.
  [[nodiscard]] bool carries_out() const { return nodes.leads() || cluster.carries_media; }

  // Followers read how far they came: as a node begins to lead, and when something was not told here.
  void lead() {
    followers.start([this](bool followed) {
      if (!followed) nodes.stand_down();
    });
  }

  // Any node carries out what is due, and the database decides; who does not lead waits whether that has happened.
  [[nodiscard]] std::chrono::milliseconds patience() const {
    return nodes.leads() ? std::chrono::milliseconds{0} : kPatience;
  }

  static constexpr std::chrono::seconds kRetry{5};
  static constexpr std::chrono::milliseconds kPatience{1500};

  const Cluster cluster;
  UnitOfWork work;
  RoomsHere here;
  Presence presence;
  MediaNodes media_nodes;
  Context context;
  Deadlines deadlines;
  MediaRights media_rights;
  GreenRoomRights green_room_rights;
  EgressLayout egress_layout;
  Followers followers{work};
  bool follow_again = false;
  Janitor janitor;
  std::vector<CommitListener> listeners;
  std::vector<ChatListener> chat_listeners;
  Nodes nodes{work, cluster};
  Streams streams{work, cluster, [this](const Committed& committed) { on_commit(committed); },
                  [this](const ChatCommitted& committed) {
                    for (const ChatListener& listener : chat_listeners) listener(committed);
                  }};
  AskingGate gate{here, work, streams, cluster};
  std::string epoch;
  WordFilters word_filters;
  std::function<void()> wake_changed = [] {};
  MediaInbox media_inbox{work, here, cluster, [this] { wake_changed(); }};

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
  Sharing sharing;
};

App::App(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng, Cluster cluster)
    : parts_(std::make_unique<Parts>(storage, media, clock, rng, std::move(cluster))) {}
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
const TokenGate& App::gate() const { return parts_->gate; }

void App::on_media(const MediaEvent& event) {
  if (const auto command = command_for(event)) parts_->media_inbox.put(*command);
}

void App::subscribe(CommitListener listener) { parts_->listeners.push_back(std::move(listener)); }
void App::subscribe_to_chats(ChatListener listener) { parts_->chat_listeners.push_back(std::move(listener)); }
std::vector<UserId> App::moderators(const RoomId& room) const { return parts_->here.moderators(room); }

void App::follow(const std::string& stream, std::uint64_t seq) { parts_->streams.follow(stream, seq); }
void App::unfollow(const std::string& stream) { parts_->streams.unfollow(stream); }
const std::string& App::epoch() const { return parts_->epoch; }
bool App::is_shared() const { return parts_->cluster.is_shared; }

void App::start(std::function<void(bool)> done) {
  parts_->work.read<std::string>([](Transaction& tx) -> domain::Answer<std::string> { return tx.history().epoch(); },
                                 [this, done = std::move(done)](const domain::Answer<std::string>& epoch) {
                                   if (!epoch) return done(false);
                                   parts_->epoch = *epoch;
                                   parts_->join(done);
                                 });
}

std::optional<std::string> App::storage_trouble() const { return parts_->work.storage().trouble(); }
void App::on_time() { parts_->on_time(); }
void App::drain(const DrainPolicy& policy, std::function<void()> done) {
  parts_->media_nodes.drain(policy, std::move(done));
  parts_->wake_changed();
}
std::optional<Refusal> App::drain_by(const Caller& caller, const DrainPolicy& policy) {
  if (!permitted(caller, Action::drain_node)) return Code::not_permitted;
  if (!is_draining()) drain(policy, [] {});
  return {};
}
bool App::is_draining() const { return parts_->nodes.is_draining(); }
void App::on_stop() {
  if (parts_->carries_out()) parts_->followers.on_stop();
  parts_->nodes.on_stop();
  parts_->reactions.on_stop();
}
std::optional<WallTime> App::next_wake() const { return parts_->next_wake(); }
void App::on_wake_changed(std::function<void()> listener) { parts_->wake_changed = std::move(listener); }

}  // namespace costage::app
