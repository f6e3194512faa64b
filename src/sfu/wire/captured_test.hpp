// Packets of a real Chromium with a fake camera or microphone, the first of a connection (tests/capture made them). A
// file of testdata has each RTP packet behind its length in two bytes. Header extension 13 is the dependency
// descriptor.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sfu/wire/rtp.hpp"

namespace costage::sfu {

struct CapturedPacket {
  Buffer bytes;

  [[nodiscard]] rtp::Packet rtp() const { return *rtp::parse(bytes); }
  // Empty: there is none.
  [[nodiscard]] Bytes dependency_descriptor() const {
    auto extensions = rtp().extensions();
    while (const auto extension = extensions.next())
      if (extension->id == 13) return extension->value;
    return {};
  }
};

inline std::vector<CapturedPacket> captured(const std::string& name) {
  std::ifstream in(std::filesystem::path(__FILE__).parent_path() / "testdata" / (name + ".rtp"), std::ios::binary);
  const Buffer file{std::istreambuf_iterator<char>(in), {}};
  std::vector<CapturedPacket> packets;
  for (ByteReader reader(file); reader.remaining() > 0;) {
    const Bytes packet = reader.take(reader.u16());
    packets.push_back({{packet.begin(), packet.end()}});
  }
  EXPECT_FALSE(packets.empty()) << name;
  return packets;
}

}  // namespace costage::sfu
