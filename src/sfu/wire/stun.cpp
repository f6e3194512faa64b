#include "sfu/wire/stun.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace costage::sfu::stun {
namespace {

constexpr std::size_t kHeader = 20;
constexpr std::uint32_t kCookie = 0x2112a442;
constexpr std::size_t kIntegritySize = 20;
constexpr std::size_t kAttributeHeader = 4;

// RFC 8489 section 18.3, RFC 8445 section 20.1.
enum Attribute : std::uint16_t {
  kUsername = 0x0006,
  kMessageIntegrity = 0x0008,
  kErrorCode = 0x0009,
  kXorMappedAddress = 0x0020,
  kPriority = 0x0024,
  kUseCandidate = 0x0025,
  kFingerprint = 0x8028,
  kIceControlled = 0x8029,
  kIceControlling = 0x802a,
};
constexpr std::uint16_t kFirstOptional = 0x8000;

constexpr std::size_t padding(std::size_t size) { return (4 - size % 4) % 4; }

// The class is spread over bits 4 and 8 of the type, the method over the other twelve (RFC 8489 section 5).
constexpr std::uint16_t message_type(Class c, std::uint16_t method) {
  const auto bits = static_cast<std::uint16_t>(c);
  return static_cast<std::uint16_t>((method & 0x0f80) << 2 | (method & 0x0070) << 1 | (method & 0x000f) |
                                    (bits & 2) << 7 | (bits & 1) << 4);
}
constexpr Class class_of(std::uint16_t type) { return static_cast<Class>((type >> 7 & 2) | (type >> 4 & 1)); }
constexpr std::uint16_t method_of(std::uint16_t type) {
  return static_cast<std::uint16_t>((type >> 2 & 0x0f80) | (type >> 1 & 0x0070) | (type & 0x000f));
}

constexpr auto kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  return table;
}();

// The checksum covers the header, whose length field counts the fingerprint attribute already.
std::uint32_t fingerprint(Bytes before) {
  std::uint32_t crc = 0xffffffff;
  for (std::uint8_t b : before) crc = kCrcTable[(crc ^ b) & 0xff] ^ (crc >> 8);
  return ~crc ^ 0x5354554e;
}

// HMAC-SHA1 over the message up to the attribute, as if it ended with it (RFC 8489 section 14.5).
std::array<std::uint8_t, kIntegritySize> message_integrity(Bytes before, std::string_view password) {
  std::array<std::uint8_t, kMaxMessage> copy;
  std::array<std::uint8_t, kIntegritySize> out{};
  if (before.size() < kHeader || before.size() > copy.size()) return out;
  std::copy(before.begin(), before.end(), copy.begin());
  const std::size_t length = before.size() - kHeader + kAttributeHeader + kIntegritySize;
  copy[2] = static_cast<std::uint8_t>(length >> 8);
  copy[3] = static_cast<std::uint8_t>(length);
  unsigned size = 0;
  HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), copy.data(), before.size(), out.data(), &size);
  return out;
}

// XOR-MAPPED-ADDRESS (RFC 8489 section 14.2): zero byte, family, port ^ cookie, address ^ (cookie, transaction id).
constexpr std::uint8_t kIpv4 = 1;
constexpr std::uint8_t kIpv6 = 2;

std::array<std::uint8_t, 16> address_mask(const TransactionId& transaction) {
  std::array<std::uint8_t, 16> mask{};
  ByteWriter out(mask);
  out.u32(kCookie);
  out.bytes(transaction);
  return mask;
}

std::optional<Address> read_address(Bytes value, const TransactionId& transaction) {
  ByteReader in(value);
  in.skip(1);
  const std::uint8_t family = in.u8();
  Address out;
  out.port = static_cast<std::uint16_t>(in.u16() ^ (kCookie >> 16));
  const std::size_t size = family == kIpv4 ? 4 : 16;
  const Bytes ip = in.rest();
  if (!in.ok() || (family != kIpv4 && family != kIpv6) || ip.size() != size) return {};
  const auto mask = address_mask(transaction);
  if (family == kIpv4) out = Address::v4(0, 0, 0, 0, out.port);
  for (std::size_t i = 0; i < size; ++i) out.ip[16 - size + i] = ip[i] ^ mask[i];
  return out;
}

void write_address(ByteWriter& out, const Address& address, const TransactionId& transaction) {
  const std::size_t size = address.is_v4() ? 4 : 16;
  out.u16(kXorMappedAddress);
  out.u16(static_cast<std::uint16_t>(4 + size));
  out.u8(0);
  out.u8(address.is_v4() ? kIpv4 : kIpv6);
  out.u16(static_cast<std::uint16_t>(address.port ^ (kCookie >> 16)));
  const auto mask = address_mask(transaction);
  for (std::size_t i = 0; i < size; ++i) out.u8(address.ip[16 - size + i] ^ mask[i]);
}

// Error code (RFC 8489 section 14.8): 21 zero bits, class (3), number (8), reason.
std::optional<std::uint16_t> read_error(Bytes value) {
  ByteReader in(value);
  in.skip(2);
  const unsigned hundreds = in.u8() & 7;
  const unsigned number = in.u8();
  if (!in.ok() || hundreds < 3 || hundreds > 6 || number > 99) return {};
  return static_cast<std::uint16_t>(hundreds * 100 + number);
}

template <class T>
bool keep_first(std::optional<T>& slot, std::optional<T> value) {
  if (!slot) slot = value;
  return value.has_value();
}
std::optional<std::uint32_t> read_u32(Bytes value) {
  if (value.size() != 4) return {};
  return ByteReader(value).u32();
}
std::optional<std::uint64_t> read_u64(Bytes value) {
  if (value.size() != 8) return {};
  return ByteReader(value).u64();
}

// False: malformed. Of a repeated attribute only the first counts (RFC 8489 section 14).
bool read_attribute(Message& m, std::uint16_t type, Bytes value) {
  switch (type) {
    case kUsername:
      if (m.username.empty()) m.username = as_text(value);
      return value.size() <= 513;
    case kXorMappedAddress:
      return keep_first(m.mapped, read_address(value, m.transaction));
    case kErrorCode:
      return keep_first(m.error_code, read_error(value));
    case kPriority:
      return keep_first(m.priority, read_u32(value));
    case kIceControlled:
      return keep_first(m.ice_controlled, read_u64(value));
    case kIceControlling:
      return keep_first(m.ice_controlling, read_u64(value));
    case kUseCandidate:
      m.use_candidate = true;
      return value.empty();
    default:
      if (type < kFirstOptional && m.unknown_required == 0) m.unknown_required = type;
      return true;
  }
}

// FINGERPRINT is the last attribute (RFC 8489 section 14.7).
bool read_fingerprint(Message& m, Bytes before, Bytes value, bool last) {
  m.has_fingerprint = last && read_u32(value) == fingerprint(before);
  return m.has_fingerprint;
}

bool read_attributes(Message& m, Bytes datagram, ByteReader& in) {
  while (in.remaining() > 0) {
    const Bytes before = datagram.first(in.position());
    const std::uint16_t type = in.u16();
    const std::size_t size = in.u16();
    const Bytes value = in.take(size);
    in.skip(padding(size));
    if (!in.ok()) return false;
    if (type == kFingerprint) {
      if (!read_fingerprint(m, before, value, in.remaining() == 0)) return false;
    } else if (type == kMessageIntegrity && m.integrity.empty()) {
      if (size != kIntegritySize) return false;
      m.authenticated = before;
      m.integrity = value;
    } else if (m.integrity.empty() && !read_attribute(m, type, value)) {
      return false;
    }
  }
  return true;
}

class MessageWriter {
 public:
  MessageWriter(MutableBytes out, Class c, const TransactionId& transaction)
      : out_(out.first(std::min(out.size(), kMaxMessage))) {
    out_.u16(message_type(c, kBinding));
    out_.u16(0);
    out_.u32(kCookie);
    out_.bytes(transaction);
  }
  ByteWriter& out() { return out_; }
  void attribute(Attribute type, Bytes value) {
    out_.u16(type);
    out_.u16(static_cast<std::uint16_t>(value.size()));
    out_.bytes(value);
    out_.zeros(padding(value.size()));
  }
  void attribute_u32(Attribute type, std::uint32_t value) {
    out_.u16(type);
    out_.u16(4);
    out_.u32(value);
  }
  void attribute_u64(Attribute type, std::uint64_t value) {
    out_.u16(type);
    out_.u16(8);
    out_.u64(value);
  }
  std::size_t finish(std::string_view password) {
    if (out_.ok()) attribute(kMessageIntegrity, message_integrity(out_.written(), password));
    set_length(out_.size() + kAttributeHeader + 4);
    if (out_.ok()) attribute_u32(kFingerprint, fingerprint(out_.written()));
    return out_.ok() ? out_.size() : 0;
  }

 private:
  void set_length(std::size_t message) { out_.patch_u16(2, static_cast<std::uint16_t>(message - kHeader)); }

  ByteWriter out_;
};

}  // namespace

std::optional<Message> parse(Bytes datagram) {
  ByteReader in(datagram);
  const std::uint16_t type = in.u16();
  const std::size_t length = in.u16();
  const std::uint32_t cookie = in.u32();
  const Bytes transaction = in.take(12);
  if (!in.ok() || type >= 0x4000 || cookie != kCookie) return {};
  if (length % 4 != 0 || length != in.remaining() || datagram.size() > kMaxMessage) return {};
  Message m;
  m.message_class = class_of(type);
  m.method = method_of(type);
  std::copy(transaction.begin(), transaction.end(), m.transaction.begin());
  if (!read_attributes(m, datagram, in)) return {};
  return m;
}

bool verify_integrity(const Message& message, std::string_view password) {
  if (message.integrity.size() != kIntegritySize) return false;
  const auto expected = message_integrity(message.authenticated, password);
  return CRYPTO_memcmp(expected.data(), message.integrity.data(), kIntegritySize) == 0;
}

std::size_t write_request(MutableBytes out, const Request& request, std::string_view password) {
  MessageWriter w(out, Class::request, request.transaction);
  w.attribute(kUsername, as_bytes(request.username));
  w.attribute_u32(kPriority, request.priority);
  w.attribute_u64(request.controlling ? kIceControlling : kIceControlled, request.tie_breaker);
  if (request.use_candidate) w.attribute(kUseCandidate, {});
  return w.finish(password);
}

std::size_t write_success(MutableBytes out, const TransactionId& transaction, const Address& mapped,
                          std::string_view password) {
  MessageWriter w(out, Class::success, transaction);
  write_address(w.out(), mapped, transaction);
  return w.finish(password);
}

std::size_t write_error(MutableBytes out, const TransactionId& transaction, std::uint16_t code, std::string_view reason,
                        std::string_view password) {
  MessageWriter w(out, Class::error, transaction);
  w.out().u16(kErrorCode);
  w.out().u16(static_cast<std::uint16_t>(4 + reason.size()));
  w.out().u16(0);
  w.out().u8(static_cast<std::uint8_t>(code / 100));
  w.out().u8(static_cast<std::uint8_t>(code % 100));
  w.out().bytes(as_bytes(reason));
  w.out().zeros(padding(reason.size()));
  return w.finish(password);
}

}  // namespace costage::sfu::stun
