#include <array>

#include "signal/forward.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

// Whatever happens in two rooms that show participants of each other: TestRoom checks what must always hold, who
// is shown has the tracks of home, and nobody hears from a room in which they are only shown.
class Storm {
 public:
  explicit Storm(std::uint64_t seed) : dice_(seed) {
    for (TestRoom& room : rooms_) room.client.set_protocol(16);
    rooms_[1].rng.next();
  }
  void step() {
    const auto which = dice_.below(2);
    TestRoom& room = rooms_[which];
    TestRoom& other = &room == &rooms_[0] ? rooms_[1] : rooms_[0];
    const auto letter = dice_.below(6);
    const std::string who = std::string{"abcdef"}.substr(letter, 1);
    const Participant* found = room.room.find(who);
    if (found && !found->forwarded())
      act(room, other, *found);
    else if (letter % 2 == which || dice_.below(8) == 0)  // mostly where it is at home
      room.join_active(who);
    settle();
  }
  int forwarded = 0;

 private:
  void act(TestRoom& room, TestRoom& other, const Participant& who) {
    const PeerSid sid = who.sid;
    const std::string identity = who.grants.identity;
    switch (dice_.below(10)) {
      case 0:
      case 1:
        if (room.room.forward_participant(room.at, identity, other.room).value_or(false)) ++forwarded;
        return;
      case 2:
        return static_cast<void>(room.room.move_participant(room.at, identity, other.room));
      case 3:
        return static_cast<void>(room.room.remove_participant(room.at, identity));
      case 4:
        return static_cast<void>(other.room.remove_participant(other.at, identity));
      case 5:
        if (!who.tracks.empty()) return room.event(media::TrackEnded{sid, who.tracks.begin()->first});
        [[fallthrough]];
      case 6:
        if (may_publish(who.grants.permission, livekit::CAMERA) && who.tracks.empty()) room.publish(sid, "camera");
        return;
      case 7:
        return toggle_data_track(room, who);
      case 8:
        return set_rights(room, identity);
      default:
        for (const auto& [track, info] : who.tracks)
          return static_cast<void>(room.room.mute_published_track(room.at, identity, track, !info.info.muted()));
    }
  }
  static void toggle_data_track(TestRoom& room, const Participant& who) {
    SignalRequest request;
    if (who.data_tracks.empty()) {
      request.mutable_publish_data_track_request()->set_pub_handle(1);
      request.mutable_publish_data_track_request()->set_name("pose");
    } else {
      request.mutable_unpublish_data_track_request()->set_pub_handle(1);
    }
    room.request(PeerSid{who.sid}, request);
  }
  void set_rights(TestRoom& room, const std::string& identity) {
    livekit::UpdateParticipantRequest request;
    request.set_identity(identity);
    auto& permission = *request.mutable_permission();
    permission = default_permission();
    permission.set_can_publish(dice_.below(3) > 0);
    permission.set_can_publish_data(dice_.below(3) > 0);
    permission.set_can_subscribe(dice_.below(3) > 0);
    permission.set_hidden(dice_.below(8) == 0);
    static_cast<void>(room.room.update_participant(room.at, request));
  }
  // As the hub does.
  void settle() {
    for (TestRoom& room : rooms_) {
      TestRoom& other = &room == &rooms_[0] ? rooms_[1] : rooms_[0];
      room.room.update_forwarded(room.at, other.room.state().sid, &other.room);
    }
    for (TestRoom& room : rooms_) {
      room.advance(20ms);
      for (const auto& [sid, participant] : room.room.state().participants)
        EXPECT_TRUE(!participant.forwarded() || same_tracks(participant)) << participant.grants.identity;
      for (const PeerSid& sid : room.room.state().forwarded_here) {
        EXPECT_TRUE(room.inbox[sid].empty());
        EXPECT_FALSE(room.closed.contains(sid));
      }
      room.forget();
    }
  }
  bool same_tracks(const Participant& shadow) {
    TestRoom& home = rooms_[0].room.state().sid == shadow.original->home ? rooms_[0] : rooms_[1];
    const auto original = home.room.state().participants.find(shadow.sid);
    if (original == home.room.state().participants.end()) return false;
    return describe_tracks(original->second) == describe_tracks(shadow);
  }
  static std::string describe_tracks(const Participant& participant) {
    std::string out;
    for (const auto& [sid, track] : participant.tracks) out += sid.value() + (track.info.muted() ? " muted, " : ", ");
    for (const auto& [handle, track] : participant.data_tracks) out += track.sid() + ", ";
    return out;
  }

  SeededRng dice_;
  std::array<TestRoom, 2> rooms_;
};

TEST(Forwarding, HoldsThroughAStorm) {
  int forwarded = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    Storm storm(seed);
    for (int i = 0; i < 300 && !testing::Test::HasFailure(); ++i) storm.step();
    forwarded += storm.forwarded;
  }
  EXPECT_GT(forwarded, 200);
}

}  // namespace
}  // namespace costage::signal
