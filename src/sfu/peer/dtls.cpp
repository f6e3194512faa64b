#include "sfu/peer/dtls.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/srtp.h>
#include <openssl/ssl.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.hpp"
#include "sfu/peer/certificate_handles.hpp"

namespace costage::sfu {

// A BIO that hands OpenSSL one whole datagram per read and gives one whole datagram per write to the queue.
struct Dtls::Hooks {
  static Dtls& self(BIO* bio) { return *static_cast<Dtls*>(BIO_get_data(bio)); }

  static int write(BIO* bio, const char* data, int size) {
    self(bio).outgoing_.push({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
    return size;
  }

  static int read(BIO* bio, char* out, int room) {
    BIO_clear_retry_flags(bio);
    Bytes datagram = std::exchange(self(bio).incoming_, {});
    if (datagram.empty()) {
      BIO_set_retry_read(bio);
      return -1;
    }
    datagram = datagram.first(std::min(datagram.size(), static_cast<std::size_t>(room)));
    std::copy(datagram.begin(), datagram.end(), out);
    return static_cast<int>(datagram.size());
  }

  static long control(BIO*, int command, long, void*) {
    switch (command) {
      case BIO_CTRL_FLUSH:
        return 1;
      case BIO_CTRL_DGRAM_QUERY_MTU:
      case BIO_CTRL_DGRAM_GET_FALLBACK_MTU:
        return DtlsContext::kMtu;
      default:  // nothing pending, no header overhead, no timeout of a socket
        return 0;
    }
  }

  static int create(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
  }

  // Instead of a chain of authorities, SDP vouches for the certificate (RFC 8827 section 5.6.2).
  static int verify(X509_STORE_CTX* store, void*) {
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const auto& expected = static_cast<Dtls*>(SSL_get_app_data(ssl))->peer_;
    const X509* shown = X509_STORE_CTX_get0_cert(store);
    if (shown && fingerprint_of(shown, expected.algorithm) == expected) return 1;
    X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
    return 0;
  }

  // In microseconds; `last` is 0 for a flight's first timer.
  static unsigned next_timeout(SSL*, unsigned last) {
    if (last == 0) return kFirstRetransmit.count();
    return std::min<unsigned>(last * 2, kMaxRetransmit.count());
  }
};

namespace {

BIO_METHOD* make_datagram_bio() {
  BIO_METHOD* method = BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "datagram");
  COSTAGE_CHECK(method && BIO_meth_set_write(method, Dtls::Hooks::write) &&
                    BIO_meth_set_read(method, Dtls::Hooks::read) && BIO_meth_set_ctrl(method, Dtls::Hooks::control) &&
                    BIO_meth_set_create(method, Dtls::Hooks::create),
                "a BIO method only fails without memory");
  return method;
}

}  // namespace

DtlsContext::DtlsContext(const Certificate& certificate)
    : context_(SSL_CTX_new(DTLS_method()), SSL_CTX_free), datagram_bio_(make_datagram_bio(), BIO_meth_free) {
  SSL_CTX* ctx = context_.get();
  const Certificate::Handles& own = certificate.handles();
  COSTAGE_CHECK(ctx && SSL_CTX_set_min_proto_version(ctx, DTLS1_2_VERSION) &&
                    SSL_CTX_use_certificate(ctx, own.x509.get()) && SSL_CTX_use_PrivateKey(ctx, own.key.get()) &&
                    SSL_CTX_set_cipher_list(ctx,
                                            "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                            "ECDHE-ECDSA-CHACHA20-POLY1305") &&
                    SSL_CTX_set1_groups_list(ctx, "X25519:P-256:P-384") &&
                    SSL_CTX_set_tlsext_use_srtp(ctx, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80") == 0,
                "these settings are part of every OpenSSL 3");
  SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(ctx, Dtls::Hooks::verify, nullptr);
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  // Tickets would lengthen the last flight for sessions that nobody resumes. No cookie exchange either: ICE has shown
  // already that the peer receives at its address, and it would cost a round trip.
  SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET | SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
}

DtlsContext::~DtlsContext() = default;

Dtls::Dtls(const DtlsContext& context, DtlsRole role, Fingerprint peer)
    : role_(role), peer_(std::move(peer)), ssl_(SSL_new(context.context_.get()), SSL_free) {
  BIO* bio = BIO_new(context.datagram_bio_.get());
  COSTAGE_CHECK(ssl_ && bio, "out of memory");
  BIO_set_data(bio, this);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_app_data(ssl_.get(), this);
  DTLS_set_link_mtu(ssl_.get(), DtlsContext::kMtu);
  DTLS_set_timer_cb(ssl_.get(), Hooks::next_timeout);
  role == DtlsRole::client ? SSL_set_connect_state(ssl_.get()) : SSL_set_accept_state(ssl_.get());
}

Dtls::~Dtls() = default;

void Dtls::start() {
  if (role_ == DtlsRole::client) advance();
}

void Dtls::on_datagram(Bytes datagram) {
  if (state_ == DtlsState::closed || state_ == DtlsState::failed) return;
  incoming_ = datagram;
  advance();
  incoming_ = {};
}

void Dtls::on_time() {
  if (state_ != DtlsState::handshaking) return;
  ERR_clear_error();
  if (DTLSv1_handle_timeout(ssl_.get()) < 0) set_state(DtlsState::failed, "DTLS handshake timed out");
}

Instant Dtls::wake_at(Instant now) const {
  timeval left{};
  if (state_ != DtlsState::handshaking || DTLSv1_get_timeout(ssl_.get(), &left) != 1) return kNever;
  return now + std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec);
}

void Dtls::advance() {
  ERR_clear_error();
  if (state_ == DtlsState::handshaking) {
    const int result = SSL_do_handshake(ssl_.get());
    if (result != 1) return on_error(result);
    set_state(DtlsState::connected, "");
  }
  read_application_data();
}

void Dtls::read_application_data() {
  std::array<std::uint8_t, 16384> record;
  while (state_ == DtlsState::connected) {
    ERR_clear_error();
    const int size = SSL_read(ssl_.get(), record.data(), static_cast<int>(record.size()));
    if (size <= 0) return on_error(size);
    received_.push({record.data(), static_cast<std::size_t>(size)});
  }
}

void Dtls::on_error(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return;
    case SSL_ERROR_ZERO_RETURN:
      return set_state(DtlsState::closed, "the peer closed DTLS");
    default: {
      const char* why = ERR_reason_error_string(ERR_peek_last_error());
      return set_state(DtlsState::failed, std::string("DTLS: ") + (why ? why : "unexpected end"));
    }
  }
}

void Dtls::send(Bytes message) {
  if (state_ != DtlsState::connected || message.empty()) return;
  ERR_clear_error();
  const int result = SSL_write(ssl_.get(), message.data(), static_cast<int>(message.size()));
  if (result <= 0) on_error(result);
}

void Dtls::close() {
  if (state_ == DtlsState::connected) {
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
  }
  if (state_ != DtlsState::failed) set_state(DtlsState::closed, "closed by us");
}

void Dtls::set_state(DtlsState state, std::string reason) {
  state_ = state;
  reason_ = std::move(reason);
}

std::optional<SrtpKeys> Dtls::srtp_keys() const {
  const SRTP_PROTECTION_PROFILE* chosen = SSL_get_selected_srtp_profile(ssl_.get());
  if (state_ != DtlsState::connected || !chosen) return {};
  SrtpKeys keys{.profile = static_cast<SrtpProfile>(chosen->id)};
  const std::size_t salt_size = keys.profile == SrtpProfile::aead_aes_128_gcm ? 12 : 14;

  // Client key, server key, client salt, server salt (RFC 5764 section 4.2).
  std::array<std::uint8_t, 60> material{};
  static constexpr std::string_view kLabel = "EXTRACTOR-dtls_srtp";
  if (SSL_export_keying_material(ssl_.get(), material.data(), 32 + 2 * salt_size, kLabel.data(), kLabel.size(), nullptr,
                                 0, 0) != 1)
    return {};
  SrtpMasterKey client;
  SrtpMasterKey server;
  std::copy_n(material.begin(), 16, client.key.begin());
  std::copy_n(material.begin() + 16, 16, server.key.begin());
  std::copy_n(material.begin() + 32, salt_size, client.salt.begin());
  std::copy_n(material.begin() + 32 + salt_size, salt_size, server.salt.begin());
  const bool is_client = role_ == DtlsRole::client;
  keys.local = is_client ? client : server;
  keys.remote = is_client ? server : client;
  return keys;
}

}  // namespace costage::sfu
