#include "app/webhooks.hpp"

#include <gtest/gtest.h>

#include "adapters/storage/memory/memory_database.hpp"
#include "domain/limits.hpp"

namespace costage::app {
namespace {

TEST(Webhooks, OnePastTheLimitDropsTheOldest) {
  storage::MemoryStorage storage;
  Webhooks outbox{storage};
  const WallTime now = from_unix_ms(1'800'000'000'000);
  std::uint64_t dropped = 0;
  const auto append = [&] {
    outbox.append("a", "{}", now, [&](std::optional<std::uint64_t> count) { dropped += count.value_or(1000); });
  };
  for (std::size_t i = 0; i < domain::limits::kWebhooks; ++i) append();
  storage.run();
  EXPECT_EQ(dropped, 0u);
  append();
  storage.run();
  EXPECT_EQ(dropped, 1u);
  NextWebhook next;
  outbox.next("a", now, [&](NextWebhook found) { next = std::move(found); });
  storage.run();
  EXPECT_EQ(next.webhook, (KeptWebhook{2, "{}", now, 1}));
}

TEST(Webhooks, WhatStorageRefusesIsSaid) {
  storage::MemoryStorage storage;
  Webhooks outbox{storage};
  storage.full = true;
  int refused = 0;
  outbox.append("a", "{}", {}, [&](auto dropped) { refused += !dropped; });
  outbox.next("a", {}, [&](const NextWebhook& next) { refused += !next.ok; });
  outbox.delivered("a", {}, [&](bool ok) { refused += !ok; });
  EXPECT_EQ(refused, 3);
}

}  // namespace
}  // namespace costage::app
