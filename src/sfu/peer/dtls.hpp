// DTLS 1.2 of one transport over OpenSSL (RFC 6347, RFC 5764): datagrams in, datagrams out, no socket. One DtlsContext
// (OpenSSL's SSL_CTX) serves all transports of a loop.
//
// Time: OpenSSL arms its retransmission timer by itself and reads gettimeofday() for it (dtls1_start_timer,
// DTLSv1_get_timeout, DTLSv1_handle_timeout); it cannot be told the time. So wake_at() turns the remaining time into an
// Instant and on_time() asks OpenSSL whether its timer is due. Simulations replace gettimeofday()
// (virtual_clock_test.cpp).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "sfu/peer/certificate.hpp"
#include "sfu/peer/datagram_queue.hpp"
#include "sfu/peer/fingerprint.hpp"
#include "sfu/peer/srtp_keys.hpp"

struct ssl_st;
struct ssl_ctx_st;
struct bio_method_st;

namespace costage::sfu {

enum class DtlsRole : std::uint8_t { client, server };  // a=setup:active is client, a=setup:passive is server
enum class DtlsState : std::uint8_t { handshaking, connected, closed, failed };

class DtlsContext {
 public:
  // Every path carries 1,200 bytes of UDP payload (as RFC 8831 section 5 assumes for IPv6).
  static constexpr std::size_t kMtu = 1200;
  // Most that a DTLS record adds: header 13, explicit nonce 8, tag 16.
  static constexpr std::size_t kRecordOverhead = 37;

  explicit DtlsContext(const Certificate& certificate);
  ~DtlsContext();
  DtlsContext(const DtlsContext&) = delete;
  DtlsContext& operator=(const DtlsContext&) = delete;

 private:
  friend class Dtls;
  std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> context_;
  std::unique_ptr<bio_method_st, void (*)(bio_method_st*)> datagram_bio_;
};

struct SrtpKeys {
  SrtpProfile profile{};
  SrtpMasterKey local;   // for what we send
  SrtpMasterKey remote;  // for what we receive
};

class Dtls {
 public:
  // A lost flight is repeated after 150 ms, then twice as late each time: RFC 6347 section 4.2.4.1 leaves the start to
  // the application, and people wait for the first picture.
  static constexpr Duration kFirstRetransmit = std::chrono::milliseconds(150);
  static constexpr Duration kMaxRetransmit = std::chrono::seconds(5);

  // The peer must show the certificate of that fingerprint, or the handshake fails.
  Dtls(const DtlsContext& context, DtlsRole role, Fingerprint peer);
  ~Dtls();
  Dtls(const Dtls&) = delete;
  Dtls& operator=(const Dtls&) = delete;

  // A client's first flight; nothing for a server.
  void start();
  void on_datagram(Bytes datagram);
  void on_time();
  [[nodiscard]] Instant wake_at(Instant now) const;

  // One record of application data; dropped unless connected.
  void send(Bytes message);
  void close();

  // To be sent and cleared after every call above.
  [[nodiscard]] DatagramQueue& outgoing() { return outgoing_; }
  // Application data, one entry per record; to be read and cleared after on_datagram().
  [[nodiscard]] DatagramQueue& received() { return received_; }

  [[nodiscard]] DtlsState state() const { return state_; }
  // Why it failed or closed, for logs.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  // Empty unless connected, or if the peer offered neither of our protection profiles.
  [[nodiscard]] std::optional<SrtpKeys> srtp_keys() const;

  struct Hooks;  // what OpenSSL calls back

 private:
  void advance();
  void read_application_data();
  void on_error(int result);
  void set_state(DtlsState state, std::string reason);

  DtlsRole role_;
  Fingerprint peer_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  Bytes incoming_;  // the datagram that on_datagram() is in, until OpenSSL took it
  DatagramQueue outgoing_;
  DatagramQueue received_;
  DtlsState state_ = DtlsState::handshaking;
  std::string reason_;
};

}  // namespace costage::sfu
