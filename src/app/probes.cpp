#include "app/probes.hpp"

#include <utility>

#include "app/context.hpp"

namespace costage::app {

using namespace domain;

void Probes::open(const Caller& caller, const RoomId& room, Done<MediaCredentials> done) {
  const auto start = [this, caller, done = std::move(done)](const domain::Answer<Room>& found) {
    if (!found) return done(refuse(found.error()));
    if (!is_open(found->status)) return done(refuse(Code::room_ended));
    done(begin(caller, found->media_region));
  };
  in_.work.read<Room>([caller, room](Transaction& tx) { return find_room(tx, room, caller, Action::probe_media); },
                      start);
}

domain::Answer<MediaCredentials> Probes::begin(const Caller& caller, const std::string& region) {
  if (open_.size() >= kMost) return refuse(Code::unavailable);
  MediaGrant grant;
  grant.room = RoomId{in_.new_id("probe_")};
  grant.region = region;
  grant.identity = on_stage_as(caller.user);
  grant.name = caller.name;
  grant.can_publish = true;
  grant.can_publish_data = false;
  grant.ttl = kLength;
  auto media = in_.media.mint(grant, in_.work.now());
  if (!media) return refuse(Code::unavailable);
  open_.push_back({grant.room, in_.work.now() + kLength});
  return std::move(*media);
}

void Probes::on_time(WallTime now) {
  for (; !open_.empty() && open_.front().until <= now; open_.pop_front())
    in_.media.close_room(open_.front().room, [](MediaOutcome) {});
}

std::optional<WallTime> Probes::next_wake() const {
  if (open_.empty()) return {};
  return open_.front().until;
}

}  // namespace costage::app
