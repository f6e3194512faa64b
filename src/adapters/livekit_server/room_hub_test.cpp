#include "adapters/livekit_server/room_hub.hpp"
#include "adapters/media_io/clock.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "adapters/livekit_server/room_service.hpp"

namespace costage::livekit_server {
namespace {

struct FakeSocket final : http::WebSocket {
  void send_text(std::string message) override { texts.push_back(std::move(message)); }
  void send_binary(std::string message) override { binaries.push_back(std::move(message)); }
  void send_shared(const http::SharedFrame& frame) override {
    (frame->is_binary() ? binaries : texts).emplace_back(frame->message());
  }
  void send_paced(const http::SharedFrame& frame) override { send_shared(frame); }
  void close(std::uint16_t code, std::string) override { closed = code; }
  std::size_t queued_bytes() const override { return 0; }
  bool congested() const override { return false; }
  std::uint16_t close_code() const override { return closed; }

  livekit::SignalResponse message(std::size_t i) const {
    livekit::SignalResponse out;
    if (i < binaries.size()) out.ParseFromString(binaries[i]);
    return out;
  }
  std::vector<std::string> texts, binaries;
  std::uint16_t closed = 0;
};

struct RealClock final : Clock {
  [[nodiscard]] Moment moment() const override { return media_io::read_clocks(); }
};

struct Hub : testing::Test {
  boost::asio::io_context loop;
  RealClock clock;
  SeededRng rng{7};
  std::vector<media::Command> commands;
  bool media_full = false;
  bool one_loop = true;
  bool has_room = true;
  int kept_together = 0;
  std::vector<signal::Notice> notices;
  RoomHub hub{loop, clock, rng,
              Hooks{.media =
                        [this](media::Command c) {
                          if (media_full) return false;
                          commands.push_back(std::move(c));
                          return true;
                        },
                    .notice = [this](const std::string&, const signal::Notice& n) { notices.push_back(n); },
                    .webhook = [](const livekit::WebhookEvent&) {},
                    .token = [](const std::string&, const signal::Grants&) { return std::string{"fresh"}; },
                    .rooms_together = {.keep =
                                           [this](const media::RoomSid&, const media::RoomSid&) {
                                             kept_together += one_loop ? 1 : 0;
                                             return one_loop;
                                           },
                                       .let_apart = [this](const media::RoomSid&) { --kept_together; }},
                    .has_room = [this](const media::RoomSid&) { return has_room; }},
              false};

  struct Client {
    std::shared_ptr<FakeSocket> socket = std::make_shared<FakeSocket>();
    http::WebSocketEvents events;
    media::PeerSid sid;
  };
  static ConnectRequest v0() {
    ConnectRequest request;
    request.join.mutable_connection_settings()->set_auto_subscribe(true);
    return request;
  }
  Client connect(const std::string& identity, ConnectRequest request = v0(), bool may_change_metadata = false) {
    Client client;
    signal::Grants grants;
    grants.identity = identity;
    grants.permission = signal::default_permission();
    grants.permission.set_can_update_metadata(may_change_metadata);
    client.events = hub.connect("show", grants, request, client.socket);
    client.sid = media::PeerSid{client.socket->message(0).join().participant().sid()};
    return client;
  }
  Client resume(const Client& old, const std::string& identity) {
    ConnectRequest request;
    request.join.set_reconnect(true);
    request.join.set_participant_sid(old.sid.value());
    return connect(identity, request);
  }
};

TEST_F(Hub, FirstMessageIsJoinThenAToken) {
  const Client ann = connect("ann");
  EXPECT_TRUE(ann.socket->message(0).has_join());
  bool token = false;
  for (std::size_t i = 1; i < ann.socket->binaries.size(); ++i)
    token |= ann.socket->message(i).refresh_token() == "fresh";
  EXPECT_TRUE(token);
}

TEST_F(Hub, AnswersInTheFormatOfTheLastMessage) {
  const Client ann = connect("ann");
  ann.events.on_message(R"({"pingReq":{"timestamp":"5"},"somethingNew":1})", false);
  ASSERT_EQ(ann.socket->texts.size(), 1U);
  EXPECT_EQ(boost::json::parse(ann.socket->texts[0]).at_pointer("/pongResp/lastPingTimestamp").as_string(), "5");
  livekit::SignalRequest ping;
  ping.mutable_ping_req()->set_timestamp(6);
  ann.events.on_message(ping.SerializeAsString(), true);
  EXPECT_EQ(ann.socket->message(ann.socket->binaries.size() - 1).pong_resp().last_ping_timestamp(), 6);
}

TEST_F(Hub, RubbishClosesOnlyItsOwnSocket) {
  const Client ann = connect("ann");
  const Client bob = connect("bob");
  ann.events.on_message("\xff\xff\xff", true);
  EXPECT_EQ(ann.socket->closed, 1007);
  EXPECT_EQ(bob.socket->closed, 0);
}

// One such message once ended the program: the token with the new attribute could not be signed.
TEST_F(Hub, ATextThatIsNoneIsRefusedAndEverybodyStays) {
  const Client ann = connect("ann", {}, true);
  const Client bob = connect("bob");
  livekit::SignalRequest change;
  (*change.mutable_update_metadata()->mutable_attributes())["key"] = std::string("v\0", 2);
  ann.events.on_message(change.SerializeAsString(), true);
  EXPECT_EQ(ann.socket->closed, 0);
  EXPECT_EQ(hub.find("show")->get_participant("ann")->attributes().count("key"), 0U);
  livekit::SignalRequest track;
  track.mutable_add_track()->set_cid("a\x01b");
  ann.events.on_message(track.SerializeAsString(), true);
  EXPECT_EQ(ann.socket->closed, 1007);
  EXPECT_EQ(bob.socket->closed, 0);
}

TEST_F(Hub, ResumeMovesTheSessionToTheNewSocket) {
  const Client old = connect("ann");
  const Client fresh = resume(old, "ann");
  EXPECT_NE(old.socket->closed, 0);
  EXPECT_TRUE(fresh.socket->message(0).has_reconnect());
  old.events.on_closed();  // arrives late and must not count as a loss
  for (const auto& notice : notices) EXPECT_FALSE(std::holds_alternative<signal::Interrupted>(notice));
  fresh.events.on_closed();
  EXPECT_TRUE(std::holds_alternative<signal::Interrupted>(notices.back()));
}

TEST_F(Hub, UnknownOrForeignSessionsHaveToStartOver) {
  const Client ann = connect("ann");
  for (const Client& stranger : {resume(Client{}, "ann"), resume(ann, "eve")}) {
    EXPECT_EQ(stranger.socket->message(0).leave().action(), livekit::LeaveRequest::RECONNECT);
    EXPECT_NE(stranger.socket->closed, 0);
  }
  EXPECT_EQ(ann.socket->closed, 0);
}

TEST_F(Hub, MediaEventsFindTheirRoom) {
  const Client ann = connect("ann");
  hub.on_media_event(media::LocalDescription{ann.sid, media::Transport::subscriber, 1, "v=0"});
  EXPECT_EQ(ann.socket->message(ann.socket->binaries.size() - 1).offer().sdp(), "v=0");
  hub.on_media_event(media::LocalDescription{media::PeerSid{"PA_gone"}, media::Transport::subscriber, 1, "v=0"});
}

// Signalling and media never disagree: who missed a command starts over.
TEST_F(Hub, APeerWhoseCommandWasRefusedIsToldToReconnectAndOthersAreNot) {
  const Client ann = connect("ann");
  const Client bob = connect("bob");
  media_full = true;
  livekit::SignalRequest request;
  request.mutable_offer()->set_sdp("v=0");
  ann.events.on_message(request.SerializeAsString(), true);
  const auto last = ann.socket->message(ann.socket->binaries.size() - 1);
  EXPECT_EQ(last.leave().action(), livekit::LeaveRequest::RECONNECT);
  EXPECT_EQ(last.leave().reason(), livekit::MEDIA_FAILURE);
  EXPECT_NE(ann.socket->closed, 0);
  EXPECT_EQ(bob.socket->closed, 0);

  const auto removals = [this](const media::PeerSid& peer) {
    return std::count_if(commands.begin(), commands.end(), [&](const media::Command& c) {
      const auto* removed = std::get_if<media::RemovePeer>(&c);
      return removed && removed->peer == peer;
    });
  };
  EXPECT_EQ(removals(ann.sid), 0);
  media_full = false;
  loop.run_for(std::chrono::milliseconds{200});
  EXPECT_EQ(removals(ann.sid), 1) << "tried again until it was taken, then no more";
}

TEST_F(Hub, AJoinThatMediaRefusesIsToldToReconnect) {
  media_full = true;
  const Client ann = connect("ann");
  EXPECT_EQ(ann.socket->message(ann.socket->binaries.size() - 1).leave().action(), livekit::LeaveRequest::RECONNECT);
  media_full = false;
  loop.run_for(std::chrono::milliseconds{200});
  EXPECT_TRUE(commands.empty()) << "media has never heard of that peer";
}

TEST_F(Hub, StoppingTellsEverybody) {
  const Client ann = connect("ann");
  hub.close_all();
  const auto last = ann.socket->message(ann.socket->binaries.size() - 1);
  EXPECT_EQ(last.leave().reason(), livekit::SERVER_SHUTDOWN);
  EXPECT_EQ(ann.socket->closed, 1000);
  EXPECT_EQ(hub.find("show"), nullptr);
  EXPECT_TRUE(connect("bob").socket->message(0).has_join());  // a new room of that name
}

struct Moving : Hub {
  signal::Room* there = hub.open("other", {});

  Client connect_new(const std::string& identity) {
    ConnectRequest request = v0();
    request.join.mutable_client_info()->set_protocol(16);
    Client client = connect(identity, request);
    hub.on_media_event(
        media::TransportChanged{client.sid, media::Transport::subscriber, media::TransportState::connected});
    return client;
  }
  static bool was_told(const Client& client, livekit::SignalResponse::MessageCase kind) {
    for (std::size_t i = 0; i < client.socket->binaries.size(); ++i)
      if (client.socket->message(i).message_case() == kind) return true;
    return false;
  }
};

TEST_F(Moving, TheSessionGoesOnInTheOtherRoom) {
  const Client ann = connect_new("ann");
  ASSERT_TRUE(hub.move(*hub.find("show"), "ann", *there));
  EXPECT_TRUE(was_told(ann, livekit::SignalResponse::kRoomMoved));
  livekit::SignalRequest change;
  change.mutable_leave();
  ann.events.on_message(change.SerializeAsString(), true);
  EXPECT_FALSE(there->get_participant("ann")) << "what the client says is heard there";
}

TEST_F(Moving, ItIsResumedInTheOtherRoomAlone) {
  const Client ann = connect_new("ann");
  ASSERT_TRUE(hub.move(*hub.find("show"), "ann", *there));
  const Client back = resume(ann, "ann");  // into "show"
  EXPECT_EQ(back.socket->message(0).leave().action(), livekit::LeaveRequest::RECONNECT);
  ConnectRequest request;
  request.join.set_reconnect(true);
  request.join.set_participant_sid(ann.sid.value());
  signal::Grants grants;
  grants.identity = "ann";
  const auto socket = std::make_shared<FakeSocket>();
  hub.connect("other", grants, request, socket);
  EXPECT_TRUE(socket->message(0).has_reconnect());
}

// The other room lives on another media loop: the client has that room's token by then.
TEST_F(Moving, WhatMediaRefusesTheClientDoesByReconnecting) {
  const Client ann = connect_new("ann");
  media_full = true;
  ASSERT_TRUE(hub.move(*hub.find("show"), "ann", *there));
  EXPECT_TRUE(was_told(ann, livekit::SignalResponse::kRoomMoved));
  const auto last = ann.socket->message(ann.socket->binaries.size() - 1);
  EXPECT_EQ(last.leave().action(), livekit::LeaveRequest::RECONNECT);
  EXPECT_FALSE(there->get_participant("ann"));
}

struct Forwarding : Hub {
  signal::Room* here = nullptr;
  signal::Room* there = hub.open("other", {});
  Client ann = connect("ann");

  Forwarding() {
    here = hub.find("show");
    hub.on_media_event(
        media::TransportChanged{ann.sid, media::Transport::subscriber, media::TransportState::connected});
  }
  Client connect_there(const std::string& identity) {
    Client client;
    signal::Grants grants;
    grants.identity = identity;
    grants.permission = signal::default_permission();
    client.events = hub.connect("other", grants, v0(), client.socket);
    client.sid = media::PeerSid{client.socket->message(0).join().participant().sid()};
    hub.on_media_event(
        media::TransportChanged{client.sid, media::Transport::subscriber, media::TransportState::connected});
    hub.on_media_event(media::DataOpened{client.sid});
    return client;
  }
  static const livekit::ParticipantInfo* news(const Client& to, const Client& who, livekit::SignalResponse& message) {
    for (std::size_t i = to.socket->binaries.size(); i-- > 0;) {
      message = to.socket->message(i);
      for (const auto& info : message.update().participants())
        if (info.sid() == who.sid.value()) return &info;
    }
    return nullptr;
  }
};

TEST_F(Forwarding, WhatHappensAtHomeIsToldThereInTheSameTurn) {
  const Client cleo = connect_there("cleo");
  ASSERT_TRUE(hub.forward(*here, "ann", *there));
  livekit::SignalResponse message;
  ASSERT_TRUE(news(cleo, ann, message));
  livekit::SignalRequest request;
  request.mutable_publish_data_track_request()->set_pub_handle(1);
  request.mutable_publish_data_track_request()->set_name("pose");
  ann.events.on_message(request.SerializeAsString(), true);
  EXPECT_EQ(news(cleo, ann, message)->data_tracks_size(), 1);
  livekit::DataPacket packet;
  packet.mutable_user()->set_payload("hello");
  const std::string text = packet.SerializeAsString();
  commands.clear();
  hub.on_media_event(
      media::DataReceived{ann.sid, media::Channel::reliable, std::make_shared<const Buffer>(text.begin(), text.end())});
  ASSERT_EQ(commands.size(), 1U);
  EXPECT_EQ(std::get<media::SendData>(commands[0]).to, std::vector{cleo.sid});
  livekit::SignalRequest leave;
  leave.mutable_leave();
  commands.clear();
  ann.events.on_message(leave.SerializeAsString(), true);
  EXPECT_EQ(news(cleo, ann, message)->state(), livekit::ParticipantInfo::DISCONNECTED);
  ASSERT_EQ(commands.size(), 1U) << "media takes its data track from all when it takes the peer";
  EXPECT_EQ(kept_together, 0);
}

TEST_F(Forwarding, RoomsAreKeptTogetherAsLongAsItLasts) {
  ASSERT_TRUE(hub.forward(*here, "ann", *there));
  ASSERT_TRUE(hub.forward(*here, "ann", *there));
  EXPECT_EQ(kept_together, 1);
  ASSERT_TRUE(there->remove_participant(hub.now(), "ann"));
  hub.carry_out(*there);
  EXPECT_EQ(ann.socket->closed, 0);
  ASSERT_TRUE(hub.forward(*here, "ann", *there)) << "before anybody noticed that it had ended";
  EXPECT_EQ(kept_together, 1);
  EXPECT_FALSE(hub.forward(*here, "nobody", *there));
  EXPECT_EQ(kept_together, 1);
  there->close(hub.now(), livekit::ROOM_DELETED, livekit::LeaveRequest::DISCONNECT);
  hub.carry_out(*there);
  loop.run_for(std::chrono::milliseconds{150});
  EXPECT_EQ(kept_together, 0);
  EXPECT_TRUE(here->get_participant("ann"));
}

TEST_F(Forwarding, NothingIsForwardedFromOneMediaLoopToAnother) {
  one_loop = false;
  EXPECT_EQ(hub.forward(*here, "ann", *there).error(), signal::ApiRefusal::other_media_loop);
  EXPECT_FALSE(there->get_participant("ann"));
}

TEST_F(Forwarding, TwoRoomsShowParticipantsOfEachOther) {
  const Client cleo = connect_there("cleo");
  ASSERT_TRUE(hub.forward(*here, "ann", *there));
  ASSERT_TRUE(hub.forward(*there, "cleo", *here));
  livekit::SignalResponse message;
  EXPECT_TRUE(news(ann, cleo, message));
  hub.close_all();
  EXPECT_EQ(kept_together, 0);
}

struct Service : Hub {
  auth::Keys keys{{"key", Secret{"secret"}}};
  Admission admission{keys};
  RoomService service{admission, hub};

  http::Response call(const std::string& method, const std::string& body, const boost::json::object& video,
                      const std::string& service_name = "livekit.RoomService",
                      const std::string& type = "application/json") {
    const std::int64_t exp = to_unix_ms(hub.now().wall) / 1000 + 600;
    http::Request request;
    request.method = "POST";
    request.path = "/twirp/" + service_name + '/' + method;
    request.params = {{"service", service_name}, {"method", method}};
    request.headers = {
        {"content-type", type},
        {"authorization", "Bearer " + *auth::sign({{"exp", exp}, {"video", video}}, "key", keys.at("key"))}};
    request.body = body;
    std::optional<http::Response> out;
    service.handle(request, [&](http::Response response) { out = std::move(response); });
    return out.value_or(http::Response{.status = 0});
  }
  static std::string code(const http::Response& response) {
    return std::string{boost::json::parse(response.body).at("code").as_string()};
  }
  const boost::json::object admin{{"roomAdmin", true}, {"room", "show"}};
};

TEST_F(Service, CreatesListsAndDeletes) {
  const auto created = call("CreateRoom", R"({"name":"show","emptyTimeout":7,"metadata":"m"})", {{"roomCreate", true}});
  ASSERT_EQ(created.status, 200U);
  EXPECT_EQ(boost::json::parse(created.body).at("empty_timeout").as_int64(), 7);
  const auto listed = call("ListRooms", "{}", {{"roomList", true}});
  EXPECT_EQ(boost::json::parse(listed.body).at_pointer("/rooms/0/name").as_string(), "show");
  EXPECT_EQ(call("DeleteRoom", R"({"room":"show"})", {{"roomCreate", true}}).status, 200U);
  EXPECT_EQ(code(call("DeleteRoom", R"({"room":"show"})", {{"roomCreate", true}})), "not_found");
}

TEST_F(Service, WhoOnlyWatchesIsRefusedWhereTheMediaLoopIsFull) {
  ASSERT_TRUE(hub.open("show", {}));
  EXPECT_FALSE(hub.refusal("show", "ann", false));
  has_room = false;
  for (const char* room : {"show", "another"}) {
    EXPECT_EQ(hub.refusal(room, "ann", false)->status, 503U);
    EXPECT_FALSE(hub.refusal(room, "ann", true)) << "who performs";
  }
}

TEST_F(Service, OnePastTheMostRoomsIsRefused) {
  for (std::size_t i = 0; i < RoomHub::kMaxRooms; ++i) ASSERT_TRUE(hub.open("room " + std::to_string(i), {}));
  const boost::json::object may{{"roomCreate", true}};
  EXPECT_EQ(call("CreateRoom", R"({"name":"room 7"})", may).status, 200U) << "it is there already";
  EXPECT_EQ(code(call("CreateRoom", R"({"name":"one more"})", may)), "resource_exhausted");
  EXPECT_EQ(hub.refusal("one more", "ann", true)->status, 503U);
  EXPECT_EQ(call("DeleteRoom", R"({"room":"room 7"})", may).status, 200U);
  loop.run_for(std::chrono::milliseconds{100});
  EXPECT_EQ(call("CreateRoom", R"({"name":"one more"})", may).status, 200U);
}

TEST_F(Service, RefusalsAreTwirpErrors) {
  connect("ann");
  const std::string who = R"({"room":"show","identity":"nobody"})";
  EXPECT_EQ(code(call("GetParticipant", who, admin)), "not_found");
  EXPECT_EQ(code(call("GetParticipant", who, {{"roomAdmin", true}, {"room", "other"}})), "unauthenticated");
  EXPECT_EQ(code(call("CreateRoom", R"({"name":"x"})", admin)), "unauthenticated");
  EXPECT_EQ(code(call("GetParticipant", "{", admin)), "malformed");
  EXPECT_EQ(code(call("GetParticipant", "\xff", admin, "livekit.RoomService", "application/protobuf")), "malformed");
  EXPECT_EQ(code(call("GetParticipant", who, admin, "livekit.RoomService", "text/plain")), "bad_route");
  EXPECT_EQ(code(call("UpdateParticipant", R"({"room":"show","identity":"ann","metadata":"v\u0000"})", admin)),
            "invalid_argument");
  EXPECT_EQ(code(call("Nothing", "{}", admin)), "bad_route");
  EXPECT_EQ(call("GetParticipant", who, admin, "livekit.Ghosts").status, 404U);
  const std::string forward = R"({"room":"show","identity":"ann","destinationRoom":"other"})";
  EXPECT_EQ(call("ForwardParticipant", forward, admin).status, 401U);
  EXPECT_EQ(
      code(call("ForwardParticipant", forward, {{"roomAdmin", true}, {"room", "show"}, {"destinationRoom", "other"}})),
      "failed_precondition")
      << "not connected yet";
}

// S-066
TEST_F(Service, RemovalEndsTheSessionAndRevokesTheToken) {
  const Client ann = connect("ann");
  const std::int64_t now = to_unix_ms(hub.now().wall) / 1000;
  const std::string body = R"({"room":"show","identity":"ann","revokeTokenTs":")" + std::to_string(now) + "\"}";
  EXPECT_EQ(call("RemoveParticipant", body, admin).status, 200U);
  EXPECT_NE(ann.socket->closed, 0);
  EXPECT_TRUE(admission.revocations().is_revoked("show", "ann", from_unix_ms(now * 1000)));
  EXPECT_FALSE(admission.revocations().is_revoked("show", "ann", from_unix_ms(now * 1000 + 1)));
}

TEST_F(Service, ProtobufIsAnsweredInProtobuf) {
  connect("ann");
  livekit::ListParticipantsRequest request;
  request.set_room("show");
  const auto answer =
      call("ListParticipants", request.SerializeAsString(), admin, "livekit.RoomService", "application/protobuf");
  livekit::ListParticipantsResponse list;
  ASSERT_TRUE(list.ParseFromString(answer.body));
  ASSERT_EQ(list.participants_size(), 1);
  EXPECT_EQ(list.participants(0).identity(), "ann");
}

}  // namespace
}  // namespace costage::livekit_server
