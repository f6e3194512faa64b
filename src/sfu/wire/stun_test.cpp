#include "sfu/wire/stun.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace costage::sfu::stun {
namespace {

// RFC 5769 section 2.1 and 2.2.
constexpr std::string_view kPassword = "VOkJxbRl1RmTxUk/WvJxBt";
const Buffer kSampleRequest = {
    0x00, 0x01, 0x00, 0x58, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87,
    0xdf, 0xae, 0x80, 0x22, 0x00, 0x10, 0x53, 0x54, 0x55, 0x4e, 0x20, 0x74, 0x65, 0x73, 0x74, 0x20, 0x63, 0x6c,
    0x69, 0x65, 0x6e, 0x74, 0x00, 0x24, 0x00, 0x04, 0x6e, 0x00, 0x01, 0xff, 0x80, 0x29, 0x00, 0x08, 0x93, 0x2f,
    0xf9, 0xb1, 0x51, 0x26, 0x3b, 0x36, 0x00, 0x06, 0x00, 0x09, 0x65, 0x76, 0x74, 0x6a, 0x3a, 0x68, 0x36, 0x76,
    0x59, 0x20, 0x20, 0x20, 0x00, 0x08, 0x00, 0x14, 0x9a, 0xea, 0xa7, 0x0c, 0xbf, 0xd8, 0xcb, 0x56, 0x78, 0x1e,
    0xf2, 0xb5, 0xb2, 0xd3, 0xf2, 0x49, 0xc1, 0xb5, 0x71, 0xa2, 0x80, 0x28, 0x00, 0x04, 0xe5, 0x7a, 0x3b, 0xcf};
const Buffer kSampleResponse = {0x01, 0x01, 0x00, 0x3c, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34,
                                0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae, 0x80, 0x22, 0x00, 0x0b, 0x74, 0x65, 0x73, 0x74,
                                0x20, 0x76, 0x65, 0x63, 0x74, 0x6f, 0x72, 0x20, 0x00, 0x20, 0x00, 0x08, 0x00, 0x01,
                                0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43, 0x00, 0x08, 0x00, 0x14, 0x2b, 0x91, 0xf5, 0x99,
                                0xfd, 0x9e, 0x90, 0xc3, 0x8c, 0x74, 0x89, 0xf9, 0x2a, 0xf9, 0xba, 0x53, 0xf0, 0x6b,
                                0xe7, 0xd7, 0x80, 0x28, 0x00, 0x04, 0xc0, 0x7d, 0x4c, 0x96};

TEST(Stun, ReadsTheSampleRequest) {
  const auto m = parse(kSampleRequest);
  ASSERT_TRUE(m);
  EXPECT_TRUE(m->is(Class::request));
  EXPECT_EQ(m->username, "evtj:h6vY");
  EXPECT_EQ(m->priority, 0x6e0001ffu);
  EXPECT_EQ(m->ice_controlled, 0x932ff9b151263b36u);
  EXPECT_FALSE(m->ice_controlling);
  EXPECT_FALSE(m->use_candidate);
  EXPECT_TRUE(m->has_fingerprint);
  EXPECT_EQ(m->unknown_required, 0);
  EXPECT_TRUE(verify_integrity(*m, kPassword));
  EXPECT_FALSE(verify_integrity(*m, "another"));
}

TEST(Stun, ReadsTheSampleResponse) {
  const auto m = parse(kSampleResponse);
  ASSERT_TRUE(m);
  EXPECT_TRUE(m->is(Class::success));
  EXPECT_EQ(m->mapped, Address::v4(192, 0, 2, 1, 32853));
  EXPECT_TRUE(verify_integrity(*m, kPassword));
}

TEST(Stun, EveryFlippedBitIsNoticed) {
  for (std::size_t bit = 0; bit < kSampleRequest.size() * 8; ++bit) {
    Buffer bytes = kSampleRequest;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const auto m = parse(bytes);
    // Padding is covered by both checksums as well. What still parses lost its FINGERPRINT to the flip.
    EXPECT_TRUE(!m || !m->has_fingerprint) << bit;
  }
}

TEST(Stun, ShortenedMessagesAreNotStun) {
  for (std::size_t n = 0; n < kSampleRequest.size(); ++n) EXPECT_FALSE(parse(Bytes(kSampleRequest).first(n))) << n;
}

TEST(Stun, AttributesBehindTheIntegrityAreIgnored) {
  Buffer out(kMaxMessage);
  out.resize(write_request(out, {.username = "a:b", .priority = 1}, "key"));
  ASSERT_FALSE(out.empty());
  out.resize(out.size() - 8);  // without FINGERPRINT
  for (std::uint8_t b : {0x00, 0x25, 0x00, 0x00}) out.push_back(b);
  out[3] = static_cast<std::uint8_t>(out.size() - 20);
  const auto m = parse(out);
  ASSERT_TRUE(m);
  EXPECT_FALSE(m->use_candidate);
  EXPECT_TRUE(verify_integrity(*m, "key"));
}

TEST(Stun, UnknownRequiredAttributeIsReported) {
  Buffer out(kMaxMessage);
  ByteWriter w(out);
  w.u16(1), w.u16(4), w.u32(0x2112a442), w.zeros(12), w.u16(0x7777), w.u16(0);
  const auto m = parse(w.written());
  ASSERT_TRUE(m);
  EXPECT_EQ(m->unknown_required, 0x7777);
  EXPECT_FALSE(verify_integrity(*m, ""));
}

TEST(Stun, WrittenErrorIsRead) {
  Buffer out(kMaxMessage);
  const std::size_t size = write_error(out, {1, 2, 3}, 487, "Role Conflict", "key");
  const auto m = parse(Bytes(out).first(size));
  ASSERT_TRUE(m);
  EXPECT_TRUE(m->is(Class::error));
  EXPECT_EQ(m->error_code, 487);
  EXPECT_TRUE(verify_integrity(*m, "key"));
}

// What a controlled agent sends to the address of an unproven peer, and what proves it.
TEST(Stun, ATriggeredCheckAndItsAnswerAreRead) {
  Buffer out(kMaxMessage);
  const Request request{
      .transaction = {7, 8, 9}, .username = "theirs:ours", .priority = 0x6effffff, .controlling = false};
  const auto check = parse(Bytes(out).first(write_request(out, request, "key")));
  ASSERT_TRUE(check);
  EXPECT_TRUE(check->is(Class::request));
  EXPECT_EQ(check->username, "theirs:ours");
  EXPECT_EQ(check->ice_controlled, 0u) << "present, though zero";
  EXPECT_FALSE(check->ice_controlling);
  EXPECT_TRUE(check->has_fingerprint);
  Buffer answer(kMaxMessage);
  const Address mapped = Address::v4(192, 0, 2, 9, 4000);
  const auto success = parse(Bytes(answer).first(write_success(answer, check->transaction, mapped, "key")));
  ASSERT_TRUE(success);
  EXPECT_TRUE(success->is(Class::success));
  EXPECT_EQ(success->transaction, request.transaction);
  EXPECT_EQ(success->mapped, mapped);
  EXPECT_TRUE(verify_integrity(*success, "key"));
  EXPECT_FALSE(verify_integrity(*success, "another"));
}

TEST(Stun, NothingIsWrittenWhereItDoesNotFit) {
  Buffer out(40);
  EXPECT_EQ(write_request(out, {.username = "a:b"}, "key"), 0u);
}

RC_GTEST_PROP(StunProperty, WrittenRequestIsRead, (bool controlling, bool nominate)) {
  const auto username = *rc::gen::resize(100, rc::gen::nonEmpty<std::string>());
  const auto password = *rc::gen::nonEmpty<std::string>();
  const Request request{.username = username,
                        .priority = *rc::gen::arbitrary<std::uint32_t>(),
                        .tie_breaker = *rc::gen::arbitrary<std::uint64_t>(),
                        .controlling = controlling,
                        .use_candidate = nominate};
  Buffer out(kMaxMessage);
  const auto m = parse(Bytes(out).first(write_request(out, request, password)));
  RC_ASSERT(m.has_value());
  RC_ASSERT(m->username == username);
  RC_ASSERT(m->priority == request.priority);
  RC_ASSERT((controlling ? m->ice_controlling : m->ice_controlled) == request.tie_breaker);
  RC_ASSERT(m->use_candidate == nominate);
  RC_ASSERT(verify_integrity(*m, password));
}

RC_GTEST_PROP(StunProperty, MappedAddressSurvives, ()) {
  Address address;
  for (auto& b : address.ip) b = *rc::gen::arbitrary<std::uint8_t>();
  address.port = *rc::gen::arbitrary<std::uint16_t>();
  if (*rc::gen::arbitrary<bool>()) address = Address::v4(10, address.ip[0], address.ip[1], address.ip[2], address.port);
  Buffer out(kMaxMessage);
  const auto m = parse(Bytes(out).first(write_success(out, {4, 5, 6}, address, "key")));
  RC_ASSERT(m.has_value());
  RC_ASSERT(m->mapped == address);
}

}  // namespace
}  // namespace costage::sfu::stun
