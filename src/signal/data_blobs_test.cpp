#include "signal/data_blobs.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;

class DataBlobs : public testing::Test {
 public:
  // The answer's reason; OK with an answer that has none.
  Reason::Reason store(const PeerSid& who, const std::string& key, const std::string& contents) {
    SignalRequest request;
    auto& store = *request.mutable_store_data_blob_request();
    store.set_request_id(++last_request);
    if (!key.empty()) store.mutable_blob()->mutable_key()->set_generic(key);
    store.mutable_blob()->set_contents(contents);
    return ask(who, request);
  }
  Reason::Reason get(const PeerSid& who, const std::string& identity, const std::string& key) {
    SignalRequest request;
    auto& get = *request.mutable_get_data_blob_request();
    get.set_request_id(++last_request);
    get.set_participant_identity(identity);
    if (!key.empty()) get.mutable_key()->set_generic(key);
    return ask(who, request);
  }
  Reason::Reason ask(const PeerSid& who, const SignalRequest& request) {
    t.forget();
    t.request(who, request);
    if (t.inbox[who].size() != 1) return Reason::UNCLASSIFIED_ERROR;
    answer = t.inbox[who][0];
    if (!answer.has_request_response()) return Reason::OK;
    EXPECT_EQ(answer.request_response().request_id(), last_request);
    return answer.request_response().reason();
  }

  TestRoom t;
  PeerSid ann = t.join_active("ann"), bob = t.join_active("bob");
  std::uint32_t last_request = 0;
  SignalResponse answer;
};

TEST_F(DataBlobs, OneLeavesThemAndEverybodyMayHaveThem) {
  EXPECT_EQ(store(ann, "schema", "one"), Reason::OK);
  EXPECT_EQ(answer.store_data_blob_response().request_id(), 1U);
  EXPECT_EQ(answer.store_data_blob_response().key().generic(), "schema");
  EXPECT_EQ(get(bob, "ann", "schema"), Reason::OK);
  EXPECT_EQ(answer.get_data_blob_response().request_id(), 2U);
  EXPECT_EQ(answer.get_data_blob_response().blob().contents(), "one");
  EXPECT_EQ(store(ann, "schema", "two"), Reason::OK);
  EXPECT_EQ(get(ann, "ann", "schema"), Reason::OK);
  EXPECT_EQ(answer.get_data_blob_response().blob().contents(), "two");
}

TEST_F(DataBlobs, WhatIsMissingIsNotFound) {
  EXPECT_EQ(get(bob, "ann", "schema"), Reason::NOT_FOUND);
  EXPECT_EQ(get(bob, "nobody", "schema"), Reason::NOT_FOUND);
  EXPECT_EQ(get(bob, "ann", ""), Reason::INVALID_REQUEST);
}

TEST_F(DataBlobs, HaveLimits) {
  EXPECT_EQ(store(ann, "", "x"), Reason::INVALID_REQUEST);
  EXPECT_EQ(store(ann, std::string(kMaxBlobKey, 'k'), "x"), Reason::INVALID_REQUEST) << "with its bytes of frame";
  EXPECT_EQ(store(ann, "k", ""), Reason::INVALID_REQUEST);
  EXPECT_EQ(store(ann, "k", std::string(kMaxBlobBytes - 2, 'x')), Reason::LIMIT_EXCEEDED);
  EXPECT_EQ(store(ann, "k", std::string(kMaxBlobBytes - 3, 'x')), Reason::OK);
  EXPECT_EQ(store(ann, "l", "x"), Reason::LIMIT_EXCEEDED);
  EXPECT_EQ(store(ann, "k", "x"), Reason::OK) << "what is replaced does not count";
  for (std::size_t i = 1; i < kMaxBlobs; ++i) EXPECT_EQ(store(ann, std::to_string(i), "x"), Reason::OK) << i;
  EXPECT_EQ(store(ann, "more", "x"), Reason::LIMIT_EXCEEDED);
  Grants mute = TestRoom::grants("mute");
  mute.permission.set_can_publish_data(false);
  EXPECT_EQ(store(t.join_active(mute), "k", "x"), Reason::NOT_ALLOWED);
}

TEST_F(DataBlobs, LargeAnswersAreNotToBeHadWithoutEnd) {
  ASSERT_EQ(store(ann, "k", std::string(60'000, 'x')), Reason::OK);
  int answered = 0;
  while (answered < 100 && get(bob, "ann", "k") == Reason::OK) ++answered;
  EXPECT_GT(answered, 5);
  EXPECT_LT(answered, 10);
  EXPECT_TRUE(t.has("bob"));
}

TEST_F(DataBlobs, EndWithTheirParticipant) {
  ASSERT_EQ(store(ann, "k", "x"), Reason::OK);
  SignalRequest leave;
  leave.mutable_leave();
  t.request(ann, leave);
  t.join_active("ann");
  EXPECT_EQ(get(bob, "ann", "k"), Reason::NOT_FOUND);
}

}  // namespace
}  // namespace costage::signal
