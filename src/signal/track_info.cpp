#include "signal/track_info.hpp"

#include <algorithm>
#include <set>

#include "base/codecs.hpp"

namespace costage::signal {
namespace {

livekit::SimulcastCodecInfo* find_codec(livekit::TrackInfo& info, const std::string& mime) {
  for (auto& codec : *info.mutable_codecs())
    if (codec.mime_type() == mime) return &codec;
  return nullptr;
}

// Tracks of one stream are played in step (msid).
std::string stream_of(const livekit::AddTrackRequest& request) {
  if (!request.stream().empty()) return request.stream();
  switch (request.source()) {
    case livekit::CAMERA:
    case livekit::MICROPHONE:
      return "camera";
    case livekit::SCREEN_SHARE:
    case livekit::SCREEN_SHARE_AUDIO:
      return "screen";
    default:
      return "unknown";
  }
}

std::string sid_prefix(const livekit::AddTrackRequest& request) {
  const std::string type = request.type() == livekit::VIDEO ? "V" : "A";
  switch (request.source()) {
    case livekit::CAMERA:
      return "TR_" + type + "C";
    case livekit::MICROPHONE:
      return "TR_" + type + "M";
    case livekit::SCREEN_SHARE:
      return "TR_" + type + "S";
    case livekit::SCREEN_SHARE_AUDIO:
      return "TR_" + type + "s";
    default:
      return "TR_" + type;
  }
}

// The lowest first: so the n-th is what the n-th stream carries.
template <class Layers>
auto sorted_layers(Layers layers) {
  std::stable_sort(layers.begin(), layers.end(),
                   [](const auto& a, const auto& b) { return a.quality() < b.quality(); });
  return layers;
}

// LiveKit has no audio that falls back to another codec unless its publisher asks for that.
livekit::BackupCodecPolicy backup_codec_policy(const livekit::AddTrackRequest& request) {
  const bool falls_back = request.backup_codec_policy() == livekit::REGRESSION;
  return request.type() == livekit::AUDIO && !falls_back ? livekit::SIMULCAST : request.backup_codec_policy();
}

// Each once, and with what older clients say by flags of their own.
auto audio_features(const livekit::AddTrackRequest& request) {
  auto asked = request.audio_features();
  if (request.stereo()) asked.Add(livekit::TF_STEREO);
  if (request.disable_dtx()) asked.Add(livekit::TF_NO_DTX);
  auto features = asked;
  features.Clear();
  std::set<int> seen;
  for (const int feature : asked)
    if (seen.insert(feature).second) features.Add(feature);
  return features;
}

// As clients write it: "vp8", "video/VP8". What is not forwarded becomes what every client has.
std::string mime_of(const std::string& codec, livekit::TrackType type) {
  const media::Kind kind = type == livekit::VIDEO ? media::Kind::video : media::Kind::audio;
  const media::CodecRow* row = media::find_codec_row(codec);
  return std::string{(row != nullptr && row->kind == kind ? *row : media::first_codec(kind)).mime};
}

livekit::VideoLayer::Mode layer_mode(const livekit::SimulcastCodec& codec, const std::string& mime) {
  if (codec.video_layer_mode() != livekit::VideoLayer::MODE_UNUSED) return codec.video_layer_mode();
  return media::find_codec_row(mime)->scalable ? livekit::VideoLayer::MULTIPLE_SPATIAL_LAYERS_PER_STREAM
                                               : livekit::VideoLayer::ONE_SPATIAL_LAYER_PER_STREAM;
}

// What the client says that it will send: the codec it prefers, and one that it falls back to.
void announce_codecs(const livekit::AddTrackRequest& request, livekit::TrackInfo& info) {
  for (const auto& asked : request.simulcast_codecs()) {
    const std::string mime = mime_of(asked.codec(), request.type());
    if (find_codec(info, mime) != nullptr) continue;
    auto& codec = *info.add_codecs();
    codec.set_mime_type(mime);
    codec.set_cid(asked.cid());
    codec.set_video_layer_mode(layer_mode(asked, mime));
    *codec.mutable_layers() = asked.layers().empty() ? info.layers() : sorted_layers(asked.layers());
  }
  if (info.codecs_size() > 0) info.set_mime_type(info.codecs(0).mime_type());
}

template <class Layers>
void describe_streams(const std::vector<media::LayerStream>& streams, Layers& layers) {
  const int both = std::min(static_cast<int>(streams.size()), layers.size());
  for (int i = 0; i < both; ++i) {
    const media::LayerStream& stream = streams[static_cast<std::size_t>(i)];
    livekit::VideoLayer& layer = *layers.Mutable(i);
    layer.set_spatial_layer(i);
    layer.set_rid(stream.rid);
    layer.set_ssrc(stream.ssrc);
    layer.set_repair_ssrc(stream.rtx_ssrc);
  }
}

}  // namespace

livekit::TrackInfo track_info(Turn& t, const livekit::AddTrackRequest& request) {
  livekit::TrackInfo info;
  info.set_sid(sid_prefix(request) + t.rng.text(12));
  info.set_type(request.type());
  info.set_name(request.name());
  info.set_muted(request.muted());
  info.set_width(request.width());
  info.set_height(request.height());
  info.set_simulcast(request.layers_size() > 1);
  info.set_disable_dtx(request.disable_dtx());
  info.set_source(request.source());
  *info.mutable_layers() = sorted_layers(request.layers());
  info.set_stereo(request.stereo());
  info.set_disable_red(request.disable_red());
  info.set_encryption(request.encryption());
  info.set_stream(stream_of(request));
  info.set_backup_codec_policy(backup_codec_policy(request));
  *info.mutable_audio_features() = audio_features(request);
  *info.mutable_packet_trailer_features() = request.packet_trailer_features();
  info.mutable_version()->set_unix_micro(to_unix_ms(t.wall) * 1000);
  announce_codecs(request, info);
  return info;
}

void describe_streams(Track& track) {
  describe_streams(track.streams, *track.info.mutable_layers());
  if (auto* codec = find_codec(track.info, track.info.mime_type()))
    describe_streams(track.streams, *codec->mutable_layers());
  if (track.backup) describe_streams(track.backup->streams, *track.info.mutable_codecs(1)->mutable_layers());
}

bool has_one_layer_per_stream(const Track& track) {
  return track.info.codecs_size() > 0 &&
         track.info.codecs(0).video_layer_mode() == livekit::VideoLayer::ONE_SPATIAL_LAYER_PER_STREAM;
}

bool announces_backup(const Track& track) {
  return track.info.codecs_size() > 1 && track.info.codecs(1).mime_type() != track.info.mime_type();
}

void describe_second_codec(Track& track, const livekit::AddTrackRequest& request) {
  auto& codec = *track.info.mutable_codecs(1);
  codec.set_cid(request.cid());
  const auto& layers = request.simulcast_codecs(0).layers();
  if (!layers.empty()) *codec.mutable_layers() = sorted_layers(layers);
}

void add_codec(Track& track, const media::TrackStarted& event) {
  track.info.set_mid(event.mid);
  track.info.set_mime_type(event.mime);
  auto* codec = find_codec(track.info, event.mime);
  if (codec == nullptr) {
    codec = track.info.add_codecs();
    codec->set_mime_type(event.mime);
    codec->set_video_layer_mode(livekit::VideoLayer::ONE_SPATIAL_LAYER_PER_STREAM);
    *codec->mutable_layers() = track.info.layers();
  }
  codec->set_mid(event.mid);
  codec->set_cid(track.cid);
}

}  // namespace costage::signal
