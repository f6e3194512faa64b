// Every limit of signalling, with what it sums up to. One room holds at most
// kMaxParticipants * (kMaxMetadata + kMaxAttributes + kMaxTracks * ~1 KiB + kMaxPermissionBytes + kMaxDataTrackBytes +
// kMaxBlobBytes) and kMaxReplayBytes of data messages.
#pragma once

#include <chrono>
#include <cstddef>

#include "base/budget.hpp"
#include "base/media_limits.hpp"
#include "base/time.hpp"

namespace costage::signal {

using std::chrono::seconds;

// Bytes. Names and metadata as LiveKit's defaults.
inline constexpr std::size_t kMaxIdentity = 256;
inline constexpr std::size_t kMaxName = 256;             // of rooms, tracks and streams
inline constexpr std::size_t kMaxParticipantName = 512;  // 100 characters of any script, which REST allows, fit
inline constexpr std::size_t kMaxMetadata = 64'000;
inline constexpr std::size_t kMaxAttributes = 64'000;  // keys and values together
inline constexpr std::size_t kMaxCid = 256;            // MediaStreamTrack.id and msid tokens
inline constexpr std::size_t kMaxOffer = 128 * 1024;   // about 40 sections of Chromium's
inline constexpr std::size_t kMaxAnswer = 256 * 1024;  // to ours, which have up to 200
inline constexpr std::size_t kMaxSignalMessage = 512 * 1024;
inline constexpr std::size_t kMaxDataPacket = 65'535;  // what is longer is dropped

// Counts.
inline constexpr std::size_t kMaxParticipants = media::kMaxRoomPeers;
inline constexpr std::size_t kMaxTracks = media::kMaxPeerTracks;  // pending and published; per participant
inline constexpr int kMaxLayers = 3;                              // of one codec of a track
inline constexpr std::size_t kMaxForwards = 16;               // rooms in which one participant is shown besides its own
inline constexpr std::size_t kMaxPendingTracks = kMaxTracks;  // and those that wait for their cid
// Data tracks: clients of LiveKit have no limit of their own; a robot with a track per sensor has some dozens.
inline constexpr std::size_t kMaxDataTracks = 64;           // of one participant
inline constexpr std::size_t kMaxDataTrackRequest = 1024;   // bytes: name, encoding and schema of one
inline constexpr std::size_t kMaxDataSubscriptions = 256;   // of one participant, those it does not want among them
inline constexpr std::size_t kDataSubscriptionBytes = 256;  // here and where media forwards
inline constexpr std::size_t kMaxDataTrackBytes =           // 128 KiB of one participant
    kMaxDataTracks * kMaxDataTrackRequest + kMaxDataSubscriptions * kDataSubscriptionBytes;
static_assert(kMaxParticipants * kMaxDataTrackBytes < std::size_t{257} << 20, "a full room's take 256 MiB at most");
// Data blobs that a participant leaves for others: as LiveKit's defaults, keys and contents together.
inline constexpr std::size_t kMaxBlobKey = 256;
inline constexpr std::size_t kMaxBlobBytes = 64'000;
inline constexpr std::size_t kMaxBlobs = 64;
inline constexpr std::size_t kMaxPermissionBytes = 128 * 1024;     // who may subscribe to what; per publisher
inline constexpr std::size_t kMaxAttributeCount = 1024;            // of one participant
inline constexpr std::size_t kMaxDestinations = kMaxParticipants;  // of one data message
inline constexpr std::size_t kMaxDepartures = 256;                 // remembered for resuming clients; per room
inline constexpr std::size_t kMaxReplayMessages = 4096;            // reliable data messages; per room
inline constexpr std::size_t kMaxReplayBytes = 8 * 1024 * 1024;

// What one message of a client may name. A viewer has at most kMaxViewerTracks; a client that resumes names those it
// has, those it has not and those it switched off.
inline constexpr std::size_t kMaxNamedTracks = 1024;
static_assert(kMaxNamedTracks >= 3 * media::kMaxViewerTracks);
inline constexpr std::size_t kMaxTrackFeatures = 32;  // layers, codecs and features of a track; clients use a dozen
inline constexpr std::size_t kMaxChannels = 64;       // data channels; clients have six

// The work a client may make, in tokens of about 5 us. One for a message, one for each thing named, one for every 256
// bytes; more where others have to be told. A page that shows 50 tracks and is scrolled sends 50 settings at once; one
// that resumes names a few hundred tracks. In the long run 0.1 % of a core for each client.
inline constexpr Rate kRequestRate{.burst = 2000, .per_second = 200};
inline constexpr std::size_t kBytesPerToken = 256;
inline constexpr std::size_t kAnnouncementCost = 20;  // everybody in the room is told: 10 a second
inline constexpr std::size_t kSubscriptionCost = 5;   // more for each track, as an offer may follow
inline constexpr std::size_t kChecksPerToken = 256;   // of one viewer's right to one track
inline constexpr std::size_t kMaxPermissionCost = 500;

inline constexpr std::size_t kResumeCost = 100;  // it is told about everybody

// Offers of a client, 1 each and 1 more for every 16 KiB: about 0.1 ms of a core. Twenty tracks published one after the
// other are 20 offers of up to 52 KiB, 50 tokens.
inline constexpr Rate kOfferRate{.burst = 128, .per_second = 8};
inline constexpr std::size_t kOfferBytesPerToken = 16 * 1024;
// Answers are paid for by our offers: one each, and not much larger (candidates, one more codec).
inline constexpr std::size_t kMaxAwaitedAnswers = 16;
constexpr std::size_t largest_answer(std::size_t offer) { return offer * 4 + 16 * 1024; }

// Data messages of a client: one token, and one more for every 256 in the room, as each is asked whether it gets it. A
// file sent in chunks of 15 kB comes to 60 MB/s; in a full room 450 messages a second go to everybody.
inline constexpr Rate kDataRate{.burst = 16'000, .per_second = 4000};
inline constexpr std::size_t kReceiversPerToken = 256;

// Calls of participants by the server API: 15 kB each on its way, as LiveKit's.
inline constexpr std::size_t kMaxRpcPayload = 15 * 1024;
inline constexpr std::size_t kMaxServerCalls = 1000;  // that wait for their answer; per room

// Answers held back for a moment, each with its request; per room.
inline constexpr std::size_t kMaxHeldAnswers = 1024;
inline constexpr std::size_t kMaxHeldBytes = 4 * 1024 * 1024;

// Times.
inline constexpr std::chrono::milliseconds kAnswerHold{20};
inline constexpr seconds kDropsResumesFor{5};  // a simulated scenario, LiveKit's
inline constexpr int kDroppedResumes = 3;
inline constexpr int kMaxSimulatedSpeech = 3600;  // seconds
inline constexpr seconds kQueuedFor{10};  // an announced track whose id is in use; clients wait as long for an answer
inline constexpr seconds kPingInterval{5};
inline constexpr seconds kPingTimeout{15};
inline constexpr seconds kJoinTimeout{30};      // from join to a connected media transport
inline constexpr seconds kReconnectGrace{5};    // after the media transport failed
inline constexpr seconds kSignalLostGrace{15};  // socket gone and no media transport ever connected
inline constexpr seconds kTokenRefresh{300};
inline constexpr seconds kRoomCountInterval{5};  // room_update for a changed participant count
inline constexpr seconds kReplayFor{2};
inline constexpr seconds kRpcTimeout{10};  // unless the caller says otherwise
inline constexpr seconds kMaxRpcTimeout{300};
inline constexpr seconds kRpcAckTimeout{2};
inline constexpr seconds kDeparturesFor{60};
inline constexpr seconds kEmptyTimeout{300};
inline constexpr seconds kDepartureTimeout{20};
inline constexpr std::chrono::milliseconds kAnnounceInterval{250};  // joins and leaves of mere viewers
inline constexpr seconds kRepublishWithin{3};  // a publisher's next session, before others see it without tracks

}  // namespace costage::signal
