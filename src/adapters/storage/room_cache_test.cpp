#include "adapters/storage/room_cache.hpp"

#include <gtest/gtest.h>

namespace costage::storage {
namespace {

using namespace domain;

RoomState state(const std::string& id, std::uint64_t seq, const std::string& title = "Show") {
  RoomState out;
  out.room.id = RoomId{id};
  out.room.title = title;
  out.seq = seq;
  return out;
}

TEST(RoomCache, GivesARoomOnlyAsItIsNow) {
  RoomCache cache;
  EXPECT_FALSE(cache.find(RoomId{"a"}, 0));
  cache.read(state("a", 3));
  EXPECT_EQ(cache.find(RoomId{"a"}, 3), state("a", 3));
  EXPECT_FALSE(cache.find(RoomId{"a"}, 4)) << "somebody wrote";
  cache.wrote(state("a", 4));
  cache.committed();
  EXPECT_EQ(cache.find(RoomId{"a"}, 4), state("a", 4));
  EXPECT_FALSE(cache.find(RoomId{"b"}, 4));
}

TEST(RoomCache, WhatWasUndoneIsForgotten) {
  RoomCache cache;
  cache.read(state("a", 3));
  cache.read(state("b", 1));
  cache.wrote(state("a", 4, "never was"));
  cache.read(state("a", 4, "never was"));
  cache.undone();
  EXPECT_FALSE(cache.find(RoomId{"a"}, 4)) << "another writer may have made a fourth event";
  EXPECT_TRUE(cache.find(RoomId{"b"}, 1));
  cache.wrote(state("b", 2));
  cache.committed();
  cache.undone();
  EXPECT_TRUE(cache.find(RoomId{"b"}, 2)) << "what is committed stays";
}

TEST(RoomCache, IsLimited) {
  RoomCache cache;
  for (std::size_t i = 0; i <= RoomCache::kMaxRooms; ++i) cache.read(state("room" + std::to_string(i), 1));
  EXPECT_FALSE(cache.find(RoomId{"room0"}, 1));
  EXPECT_TRUE(cache.find(RoomId{"room" + std::to_string(RoomCache::kMaxRooms)}, 1));
}

}  // namespace
}  // namespace costage::storage
