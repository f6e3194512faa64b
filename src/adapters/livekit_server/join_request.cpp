#include "adapters/livekit_server/join_request.hpp"

#include <zlib.h>

#include <algorithm>
#include <memory>

#include "adapters/base64/base64.hpp"

namespace costage::livekit_server {

std::optional<std::string> gunzip(std::string_view compressed, std::size_t most) {
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  z_stream stream{};
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return {};
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end{&stream, &inflateEnd};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string out;
  while (true) {
    constexpr std::size_t kStep = 16 * 1024;
    const std::size_t done = out.size();
    out.resize(std::min(done + kStep, most + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + done);
    stream.avail_out = static_cast<uInt>(out.size() - done);
    const int result = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (out.size() > most) return {};
    if (result == Z_STREAM_END) return out;
    if (result != Z_OK) return {};
  }
}

Result<livekit::JoinRequest, std::string> read_join_request(std::string_view text) {
  const auto refuse = [](const char* why) { return fail(std::string{why}); };
  const auto bytes = base64_decoded(std::string{text});
  if (!bytes) return refuse("join_request is not base64url");
  livekit::WrappedJoinRequest wrapped;
  if (!wrapped.ParseFromString(*bytes)) return refuse("join_request holds no WrappedJoinRequest");
  std::optional<std::string> inner;
  switch (wrapped.compression()) {
    case livekit::WrappedJoinRequest::NONE:
      inner = std::move(*wrapped.mutable_join_request());
      break;
    case livekit::WrappedJoinRequest::GZIP:
      inner = gunzip(wrapped.join_request(), kMaxJoinRequest);
      if (!inner) return refuse("join_request is not gzip, or too large");
      break;
    default:
      return refuse("join_request is compressed in an unknown way");
  }
  livekit::JoinRequest out;
  if (!out.ParseFromString(*inner)) return refuse("join_request holds no JoinRequest");
  return out;
}

}  // namespace costage::livekit_server
