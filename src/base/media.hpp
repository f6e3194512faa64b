// What signalling asks of media and what media tells back: plain values that cross the bounded queues between the
// control loop and a media loop. Neither side sees the other; both see this page.
//
// One *peer* is one LiveKit participant. With v0 signalling it has two peer connections ("transports"): the client
// offers on `publisher`, the server offers on `subscriber`. With v1 it has one, `publisher`, for both directions: only
// the client offers, and lends us sections of its offers for what it receives.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/strong.hpp"

namespace costage::media {

using RoomSid = Strong<struct RoomSidTag, std::string>;    // "RM_..."
using PeerSid = Strong<struct PeerSidTag, std::string>;    // "PA_...", LiveKit's participant sid
using TrackSid = Strong<struct TrackSidTag, std::string>;  // "TR_..."

enum class Kind : std::uint8_t { audio, video };
enum class Transport : std::uint8_t { publisher, subscriber };  // LiveKit SignalTarget
// Data channels "_reliable", "_lossy", "_data_track". What comes on the last goes to its subscribers without
// signalling.
enum class Channel : std::uint8_t { reliable, lossy, data_track };
enum class Layer : std::uint8_t { low, medium, high };  // simulcast layer; rid q, h, f (LiveKit VideoQuality)
enum class TransportState : std::uint8_t { connecting, connected, failed, closed };
enum class Quality : std::uint8_t { poor, good, excellent, lost };  // LiveKit ConnectionQuality
// Why a viewer does not get a track: it is not published, the client has no codec for it, or it has all the viewers or
// the viewer all the tracks that media_limits.hpp allows.
enum class SubscriptionFailure : std::uint8_t { no_track, no_codec, too_many };

using SharedBytes = std::shared_ptr<const Buffer>;

// ---- commands: control loop -> media loop ---------------------------------------------------------------------

enum class Connections : std::uint8_t { pair, single };  // v0, v1

// Creates the peer in the room (the room appears with its first peer). Of a pair, a first subscriber offer with both
// data channels follows at once, even with no track: some clients wait for it.
struct AddPeer {
  RoomSid room;
  PeerSid peer;
  Connections connections = Connections::pair;
  // The client's browser gives received tracks ids of its own (Firefox): their streams have to name them.
  bool streams_name_tracks = false;
  bool allow_pause = false;  // a video whose lowest layer does not fit may be stopped; otherwise that layer always goes
};
// Removes the peer, its tracks and every subscription to them; nothing is forwarded from or to it any more.
struct RemovePeer {
  PeerSid peer;
};
// Takes the peer into another room, with its transports and tracks; nobody is subscribed to anything of another room by
// then. Refused if that room lives on another media loop.
struct MovePeer {
  PeerSid peer;
  RoomSid room;
};
// The client's SDP: an offer for `publisher` (answered by LocalDescription with the same id), an answer for
// `subscriber`.
struct RemoteDescription {
  PeerSid peer;
  Transport transport{};
  std::uint32_t id = 0;  // echoed in the answer
  std::string sdp;
};
// A new subscriber offer with new ICE credentials (LiveKit resume). Nothing with a single connection: the client
// offers.
struct RestartIce {
  PeerSid peer;
};
// A track the client announced (AddTrackRequest); it is bound to the media section whose msid carries `cid`, or one of
// its kind that names no announced track, whether the offer comes before or after. TrackStarted follows when bound,
// TrackEnded if no section came within 10 s.
struct PublishTrack {
  PeerSid peer;
  TrackSid track;
  std::string cid;
  Kind kind{};
  std::string codec;   // "VP8", "video/VP8": in which it is to be sent; empty: as the client prefers
  std::string stream;  // first part of the down-track's msid after "PA_..|": "camera", "screen", "microphone"..
  bool stereo = false;
  bool dtx = true;
  bool red = false;  // sound, with redundancy (RFC 2198) if the client can
  bool muted = false;
  // Its publisher says so; else all layers of a codec that can come in one stream, however many are negotiated.
  bool one_layer_per_stream = false;
  // Of another codec of a track: who gets it sees it under the sid of that track. Empty: it is a track of its own.
  TrackSid shown_as;
};
// Stops the track: its subscribers lose it; its media section is ignored from now on.
struct UnpublishTrack {
  TrackSid track;
  PeerSid peer;  // its publisher
};
struct MuteTrack {
  TrackSid track;
  bool muted = false;
  PeerSid peer;  // its publisher
};
struct Subscribe {
  PeerSid subscriber;
  TrackSid track;
  // Unsubscribed for it: the same picture in another codec, which goes on where this was. Empty: none.
  TrackSid instead_of;
};
struct Unsubscribe {
  PeerSid subscriber;
  TrackSid track;
};
// What this subscriber wants of the track (LiveKit UpdateTrackSettings). The congestion controller may send less.
struct ConfigureSubscription {
  PeerSid subscriber;
  TrackSid track;
  bool enabled = true;
  Layer max_layer = Layer::high;
  std::uint32_t max_fps = 0;  // of a video, as near as its temporal layers allow; 0: all of it
};
// A data message (LiveKit DataPacket, opaque here) to each of `to`, on the channel of that kind.
struct SendData {
  std::vector<PeerSid> to;
  Channel channel{};
  SharedBytes bytes;
};

// Packets that this peer sends on its data track go to the subscriber, under the subscriber's own handle. Said again,
// it changes how: a new handle, another rate.
struct SubscribeDataTrack {
  PeerSid peer;  // the publisher
  std::uint16_t handle = 0;
  PeerSid subscriber;
  std::uint16_t subscriber_handle = 0;
  std::uint32_t max_fps = 0;  // 0: every frame
};
struct UnsubscribeDataTrack {
  PeerSid peer;
  std::uint16_t handle = 0;
  PeerSid subscriber;
};

// What this peer is sent at most, whatever its path takes; 0: no limit. For tests of clients.
struct LimitBandwidth {
  PeerSid peer;
  std::uint64_t bits_per_second = 0;
};

using Command = std::variant<AddPeer, RemovePeer, MovePeer, RemoteDescription, RestartIce, PublishTrack, UnpublishTrack,
                             MuteTrack, Subscribe, Unsubscribe, ConfigureSubscription, SendData, SubscribeDataTrack,
                             UnsubscribeDataTrack, LimitBandwidth>;

// ---- events: media loop -> control loop -----------------------------------------------------------------------

struct SectionTrack {  // a media section of ours and the track that it carries to the client
  std::string mid;
  TrackSid track;
};
struct LocalDescription {  // publisher: answer to the offer `id`; subscriber: offer number `id`
  PeerSid peer;
  Transport transport{};
  std::uint32_t id = 0;
  std::string sdp;
  std::vector<SectionTrack> tracks;
};
// A single connection has to be negotiated anew, with so many more sections to receive on than the last offer had.
struct SectionsNeeded {
  PeerSid peer;
  std::uint32_t audios = 0;
  std::uint32_t videos = 0;
};
struct NegotiationFailed {  // the client's SDP was refused; `reason` is a sentence for its developer
  PeerSid peer;
  Transport transport{};
  std::uint32_t id = 0;
  std::string reason;
};
struct TransportChanged {  // connected = DTLS done; failed = no consent or DTLS error
  PeerSid peer;
  Transport transport{};
  TransportState state{};
};
struct SilenceChanged {  // a connected transport shows no sign of life for 5 s, though asked twice; or one again
  PeerSid peer;
  Transport transport{};
  bool silent = false;
};
struct LayerStream {  // an SSRC of 0 is not known yet, or there is none
  Layer layer{};
  std::string rid;  // empty without simulcast
  std::uint32_t ssrc = 0;
  std::uint32_t rtx_ssrc = 0;
};
struct TrackStarted {  // bound to a media section: it is published now
  PeerSid peer;
  TrackSid track;
  std::string mid;
  std::string mime;                 // "video/VP8", "audio/opus"
  std::vector<LayerStream> layers;  // as negotiated (rids), the lowest first; one `high` without simulcast
  bool scalable = false;            // one of them carries all layers
};
struct SourceLearned {  // the first packet of a stream whose SSRC the session description did not name
  PeerSid peer;
  TrackSid track;
  Layer layer{};
  std::uint32_t ssrc = 0;
  bool rtx = false;
};
struct TrackEnded {  // the client's new offer no longer sends it, or none ever did
  PeerSid peer;
  TrackSid track;
};
struct TrackFlowing {  // first media packet of the track arrived
  PeerSid peer;
  TrackSid track;
};
struct SubscriptionFlowing {  // first packet forwarded to this subscriber
  PeerSid subscriber;
  TrackSid track;
};
struct SubscriptionFailed {
  PeerSid subscriber;
  TrackSid track;
  SubscriptionFailure why{};
};
struct DataOpened {  // reliable messages reach the peer from here on; what was sent before is lost
  PeerSid peer;
};
struct DataReceived {
  PeerSid peer;
  Channel channel{};
  SharedBytes bytes;
};
struct Speaker {
  PeerSid peer;
  float level = 0;  // 0..1, linear
  bool active = false;
};
struct SpeakersChanged {  // only those whose state or level changed; every 400 ms at most
  RoomSid room;
  std::vector<Speaker> speakers;
};
struct QualityMeasured {  // every 5 s, when changed
  PeerSid peer;
  Quality quality{};
  float score = 0;  // MOS-like, 1..5
};
// The highest layer any subscriber wants (dynacast): more at once, less when it was wanted for 5 s.
struct LayerDemand {
  PeerSid peer;  // the publisher
  TrackSid track;
  bool wanted = true;  // false: nobody wants any
  Layer max_layer = Layer::high;
};
struct SubscriptionPaused {  // LiveKit StreamState: the congestion controller stopped or resumed this video
  PeerSid subscriber;
  TrackSid track;
  bool paused = false;
};

using Event =
    std::variant<LocalDescription, SectionsNeeded, NegotiationFailed, TransportChanged, SilenceChanged, TrackStarted,
                 SourceLearned, TrackEnded, TrackFlowing, SubscriptionFlowing, SubscriptionFailed, DataOpened,
                 DataReceived, SpeakersChanged, QualityMeasured, LayerDemand, SubscriptionPaused>;

}  // namespace costage::media
