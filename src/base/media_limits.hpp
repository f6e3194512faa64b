// How much media one loop and one room on it hold. Signalling admits by these numbers, the Sfu serves by them and
// media_io sends by them: whoever is let in is also served. A room lives on one loop.
#pragma once

#include <cstddef>

namespace costage::media {

// One loop.
inline constexpr std::size_t kMaxLoopPeers = 4000;   // what one core can serve, with a margin
inline constexpr std::size_t kMaxLoopTracks = 1000;  // published; three layers of 500 cameras are 200,000 packets/s
// Datagrams that wait to be sent. They go out when half of them are there, so the other half is one packet's copies.
inline constexpr std::size_t kMaxBatchPackets = 4096;
inline constexpr std::size_t kFlushAtPackets = kMaxBatchPackets / 2;
inline constexpr std::size_t kMaxDatagram = 1500;
// What waits for the loop, and what it has said. About 200 bytes each.
inline constexpr std::size_t kMaxCommands = 16 * 1024;
inline constexpr std::size_t kMaxEvents = 64 * 1024;

// Connections of ICE over TCP, and what is kept of each: frames that are not whole yet or not looked at, and packets
// that the network does not take. About half a second of a picture; what comes on top is dropped, as a router would.
inline constexpr std::size_t kMaxTcpConnections = 1024;
inline constexpr std::size_t kTcpReceiveBuffer = 4 * (kMaxDatagram + 2);
inline constexpr std::size_t kTcpSendBuffer = 256 * 1024;

// One room, one track, one participant.
inline constexpr std::size_t kMaxRoomPeers = 2000;
inline constexpr std::size_t kMaxTrackViewers = 2000;
inline constexpr std::size_t kMaxViewerTracks = 200;  // with those that are being replaced
// Announced and published. LiveKit's limit on those announced; a participant has a handful.
inline constexpr std::size_t kMaxPeerTracks = 20;

static_assert(kMaxRoomPeers <= kMaxLoopPeers, "a room fits on a loop");
static_assert(kMaxRoomPeers - 1 <= kMaxTrackViewers, "everybody else in the room can watch");
static_assert(kFlushAtPackets - 1 + kMaxTrackViewers <= kMaxBatchPackets, "one packet goes to all viewers");
static_assert(4 * kMaxRoomPeers <= kMaxCommands, "a full room can be subscribed to a camera and a microphone, twice");
static_assert(8 * kMaxRoomPeers <= kMaxEvents, "and say of each that it flows, with an offer and its transports");
static_assert(kMaxPeerTracks <= kMaxViewerTracks, "all that one publishes can be watched");

// The sum: what the tables of one loop take when all of it is used, each part checked where its type is. Sessions of
// DTLS and SCTP come on top: about 110 KiB a viewer, and what waits on its data channels, up to SctpAssociation's
// kSendBuffer while it does not read.
inline constexpr std::size_t kTrackBytes = 3 * 512 * 1500;  // packets kept for retransmission, of three video layers
inline constexpr std::size_t kSubscriptionBytes = 3 * 1024;
inline constexpr std::size_t kScalableBytes = 6 * 1024;  // more, for a subscription to a scalable stream
inline constexpr std::size_t kMaxLoopBytes =
    kMaxLoopTracks * kTrackBytes +                                              // 2.3 GB
    kMaxLoopPeers * kMaxViewerTracks * (kSubscriptionBytes + kScalableBytes) +  // 7.4 GB
    kMaxTcpConnections * (kTcpReceiveBuffer + kTcpSendBuffer) +                 // 275 MB
    kMaxBatchPackets * kMaxDatagram;                                            // 6 MB
static_assert(kMaxLoopBytes < std::size_t{10} << 30);

}  // namespace costage::media
