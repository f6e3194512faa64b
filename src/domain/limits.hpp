// Every number that bounds what people can ask for (requirements part 3).
#pragma once

#include <chrono>
#include <cstddef>

namespace costage::domain::limits {

using std::chrono::seconds;

// Characters (code points), so that a title may be as long in Greek as in English.
inline constexpr std::size_t kTitle = 200;
inline constexpr std::size_t kDescription = 5'000;
inline constexpr std::size_t kExternalId = 200;
inline constexpr std::size_t kUserName = 100;
inline constexpr std::size_t kTag = 32;
inline constexpr std::size_t kTags = 8;  // of one room
// Bytes of UTF-8.
inline constexpr std::size_t kMetadata = 16 * 1024;
inline constexpr std::size_t kUserId = 128;
// Bytes of a picture.
inline constexpr std::size_t kCover = 512 * 1024;
inline constexpr std::size_t kLivePicture = 64 * 1024;

inline constexpr std::chrono::days kScheduledAhead{366};

inline constexpr int kMinCoHosts = 1;
inline constexpr int kMaxCoHosts = 11;  // 12 on stage with the host (D17)
inline constexpr seconds kMinTtl{10};
inline constexpr seconds kMaxTtl{300};
inline constexpr seconds kMinGrace{10};
inline constexpr seconds kMaxGrace{300};
inline constexpr seconds kMinQuiet{30};  // silence and no picture from anybody on stage
inline constexpr seconds kMaxQuiet{4 * 3600};
inline constexpr seconds kMinShow{60};
inline constexpr seconds kMaxShow{24 * 3600};
inline constexpr std::size_t kOnStage = 12;
// A lease that nobody connects with frees its seat after this; the media token lives as long.
inline constexpr seconds kPrepareTime{600};

inline constexpr std::size_t kPendingPerRoom = 5;
inline constexpr std::size_t kPendingPerInvitee = 3;
// In a room's state, about 400 bytes each: 200 kB. Pending ones and those who decline at the rate of kInvitesPerWindow
// are 55 at most; the rest are people who may come on stage again, the oldest of whom are invited anew.
inline constexpr std::size_t kInvitationsHeld = 500;
inline constexpr seconds kCountdown{3};    // from the call to the stage to going on it
inline constexpr seconds kCallsApart{10};  // of the same person
inline constexpr std::size_t kInvitesPerWindow = 10;
inline constexpr seconds kInviteWindow{60};
inline constexpr seconds kFirstCoolDown{30};  // after the first decline of the same pair
inline constexpr seconds kLaterCoolDown{300};

inline constexpr std::size_t kBlocks = 1'000;  // people whom one person has blocked
inline constexpr std::size_t kBatch = 10;      // invited in one go
inline constexpr std::size_t kComment = 200;   // characters: what somebody says who asks, and why they are declined
inline constexpr std::size_t kQueue = 100;     // waiting in a room
inline constexpr std::size_t kAsksPerWindow = 3;
inline constexpr seconds kAskWindow{60};
// In a room's state, about 600 bytes each with a full comment: 300 kB. Those beyond kQueue asked within kAskWindow.
inline constexpr std::size_t kRequestsHeld = 500;
inline constexpr seconds kMinRequestTtl{60};
inline constexpr seconds kMaxRequestTtl{3600};

// In a room's state, about 400 bytes each with a reason: 400 kB.
inline constexpr std::size_t kStandings = 1'000;  // people who were appointed, muted or banned
inline constexpr seconds kMinMute{60};
inline constexpr seconds kMaxMute{24 * 3600};

inline constexpr std::size_t kMessage = 500;       // characters of a message in the chat
inline constexpr std::size_t kQuote = 100;         // graphemes of the message that is answered
inline constexpr std::size_t kClientId = 64;       // characters
inline constexpr std::size_t kMentions = 10;       // people named in a message
inline constexpr std::size_t kMessageEmojis = 20;  // kinds on one message
inline constexpr std::size_t kMessagesAtOnce = 5;  // of one person..
inline constexpr seconds kMessagesAtOnceIn{5};     // ..in this time: one a second, five at once
inline constexpr seconds kEditWindow{120};         // in which a message may be changed
inline constexpr seconds kMaxSlowMode{300};
inline constexpr int kMaxWatchedMinutes = 60;
inline constexpr seconds kMinPin{10};
inline constexpr seconds kMaxPin{24 * 3600};
inline constexpr std::size_t kLastMessages = 100;  // what a snapshot of a chat begins with
inline constexpr std::size_t kReportDetail = 500;  // characters

// In a room's state, about 500 bytes each: 25 kB.
inline constexpr std::size_t kEgresses = 50;
inline constexpr std::size_t kDestinations = 5;     // of one restream
inline constexpr std::size_t kDestination = 1'000;  // characters of such a URL

inline constexpr std::size_t kRunOfShow = 50;   // items
inline constexpr std::size_t kItemTitle = 100;  // characters

inline constexpr seconds kPresenceHeartbeat{30};
inline constexpr seconds kPresenceTimeout{60};
inline constexpr seconds kIdempotencyKept{24 * 3600};
inline constexpr std::size_t kIdempotencyKey = 200;
inline constexpr seconds kRevocationsKept{30 * 24 * 3600};  // no token should live as long
inline constexpr std::size_t kRevocations = 100'000;        // in memory, the oldest go first: about 20 MB
inline constexpr seconds kWebhooksKept{24 * 3600};          // while their receiver does not take them
inline constexpr std::size_t kWebhooks = 10'000;  // kept for each URL, the oldest go first: about 2 kB each, 20 MB

inline constexpr std::size_t kDefaultPage = 20;
inline constexpr std::size_t kMaxPage = 100;

}  // namespace costage::domain::limits
