// Three participants of one room do whatever the input says: signalling messages, data packets, server API calls, lost
// connections, time. What must hold between two inputs is checked after each (signal/state.hpp).
#include <google/protobuf/stubs/logging.h>
#include <livekit/data.pb.h>
#include <livekit/room.pb.h>

#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "signal/grants.hpp"
#include "signal/room.hpp"

using namespace costage;

namespace {

class World {
 public:
  World() {
    for (const char* identity : {"host", "guest", "viewer"}) join(identity);
  }

  // One step: what happens, who does it, a length and that many bytes.
  void step(ByteReader& in) {
    const std::uint8_t what = in.u8();
    const media::PeerSid& who = sids_[in.u8() % sids_.size()];
    const Bytes bytes = in.take(std::min<std::size_t>(in.u16(), in.remaining()));
    if (!in.ok()) return;
    act(what, who, bytes);
    static_cast<void>(room_.take_effects());
    signal::check(room_.state());
  }

 private:
  void join(const std::string& identity) {
    signal::Grants grants;
    grants.identity = identity;
    grants.permission = signal::default_permission();
    grants.permission.set_can_update_metadata(true);
    if (const auto sid = room_.on_join(at_, {grants, {}})) sids_.push_back(*sid);
  }

  void act(std::uint8_t what, const media::PeerSid& who, Bytes bytes) {
    const int size = static_cast<int>(bytes.size());
    const auto transport = bytes.empty() || bytes[0] % 2 ? media::Transport::publisher : media::Transport::subscriber;
    switch (what % 10) {
      default: {
        livekit::SignalRequest request;
        if (request.ParseFromArray(bytes.data(), size)) room_.on_message(at_, who, request);
        break;
      }
      case 3:
        room_.on_media_event(at_, data(who, bytes));
        break;
      case 4:
        room_.on_media_event(at_, media::TransportChanged{who, transport, media::TransportState::connected});
        break;
      case 5:
        room_.on_media_event(at_, media::TransportChanged{who, transport, media::TransportState::failed});
        break;
      case 6: {
        livekit::UpdateParticipantRequest request;
        if (request.ParseFromArray(bytes.data(), size)) static_cast<void>(room_.update_participant(at_, request));
        break;
      }
      case 7:
        bind_tracks(who);
        break;
      case 8:
        lose_or_resume(who, transport);
        break;
      case 9:
        pass(std::chrono::milliseconds{bytes.empty() ? 1 : bytes[0] * 100});
        break;
    }
  }

  static media::DataReceived data(const media::PeerSid& who, Bytes bytes) {
    return {who, media::Channel::reliable, std::make_shared<const Buffer>(bytes.begin(), bytes.end())};
  }
  // What media does with every announced track, and the end of those it bound before.
  void bind_tracks(const media::PeerSid& who) {
    const auto participant = room_.state().participants.find(who);
    if (participant == room_.state().participants.end()) return;
    const auto tracks = participant->second.tracks;
    for (const auto& [sid, track] : tracks) {
      if (track.published) {
        room_.on_media_event(at_, media::TrackEnded{who, sid});
        continue;
      }
      room_.on_media_event(at_, media::TrackStarted{who, sid, "0", "video/VP8", {{media::Layer::high}}});
      room_.on_media_event(at_, media::SourceLearned{who, sid, media::Layer::high, 7, false});
    }
  }
  void lose_or_resume(const media::PeerSid& who, media::Transport transport) {
    if (transport == media::Transport::publisher)
      room_.on_signal_lost(at_, who);
    else
      static_cast<void>(room_.on_resume(at_, who, "host"));
  }
  void pass(std::chrono::milliseconds time) {
    at_.now += time;
    at_.wall += time;
    room_.on_time(at_);
    if (room_.state().participants.size() < 2 && sids_.size() < 64) join("again" + std::to_string(sids_.size()));
  }

  SeededRng rng_{1};
  Moment at_{Instant{std::chrono::hours{1}}, from_unix_ms(1'700'000'000'000)};
  signal::Room room_{"show", {.webhooks = true}, at_, rng_};
  std::vector<media::PeerSid> sids_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  google::protobuf::SetLogHandler(nullptr);  // a line per malformed message otherwise
  World world;
  ByteReader in{Bytes(data, size)};
  while (in.ok() && in.remaining() > 0) world.step(in);
  return 0;
}
