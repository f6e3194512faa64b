// Our DTLS server against OpenSSL's client as others may set it up.
#include "sfu/peer/dtls.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "sfu/peer/certificate_handles.hpp"

namespace costage::sfu {
namespace {

constexpr const char* kSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305";

// OpenSSL alone, with what it writes kept datagram by datagram.
class Client {
 public:
  struct Options {
    int newest = DTLS1_2_VERSION;
    std::string suites = kSuites;
    long mtu = 1200;
    std::size_t ballast = 0;  // bytes of an extension, so many more does the first message have
    const char* profiles = "SRTP_AEAD_AES_128_GCM";
  };

  explicit Client(const Options& options)
      : context_(SSL_CTX_new(DTLS_client_method()), SSL_CTX_free), ssl_(nullptr, SSL_free) {
    SSL_CTX* ctx = context_.get();
    SSL_CTX_set_security_level(ctx, 0);  // allows what we have to refuse
    SSL_CTX_set_min_proto_version(ctx, DTLS1_VERSION);
    SSL_CTX_set_max_proto_version(ctx, options.newest);
    EXPECT_EQ(SSL_CTX_set_cipher_list(ctx, options.suites.c_str()), 1);
    EXPECT_EQ(SSL_CTX_set_tlsext_use_srtp(ctx, options.profiles), 0);
    SSL_CTX_use_certificate(ctx, certificate.handles().x509.get());
    SSL_CTX_use_PrivateKey(ctx, certificate.handles().key.get());
    SSL_CTX_set_options(ctx, SSL_OP_NO_QUERY_MTU);
    ssl_.reset(SSL_new(ctx));
    SSL_set_mtu(ssl_.get(), options.mtu);
    add_ballast(options.ballast);
    BIO* out = BIO_new(BIO_s_mem());
    BIO_set_callback_ex(out, keep_datagram);
    BIO_set_callback_arg(out, reinterpret_cast<char*>(this));
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), out);
    BIO_set_mem_eof_return(SSL_get_rbio(ssl_.get()), -1);
    SSL_set_connect_state(ssl_.get());
  }

  void advance() { SSL_do_handshake(ssl_.get()); }
  void on_datagram(Bytes datagram) {
    BIO_write(SSL_get_rbio(ssl_.get()), datagram.data(), static_cast<int>(datagram.size()));
    advance();
  }
  [[nodiscard]] bool connected() const { return SSL_is_init_finished(ssl_.get()); }
  [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }
  [[nodiscard]] std::string suite() const { return SSL_get_cipher_name(ssl_.get()); }

  const Certificate certificate;
  std::vector<Buffer> sent;

 private:
  // Names of application protocols (RFC 7301), which our server does not look at.
  void add_ballast(std::size_t size) {
    Buffer names;
    for (; names.size() < size; names.insert(names.end(), 99, 'x')) names.push_back(99);
    if (size > 0) SSL_set_alpn_protos(ssl_.get(), names.data(), static_cast<unsigned>(names.size()));
  }
  static long keep_datagram(BIO* bio, int what, const char* data, std::size_t size, int, long, int result,
                            std::size_t*) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(data);
    if (what == BIO_CB_WRITE)
      reinterpret_cast<Client*>(BIO_get_callback_arg(bio))->sent.emplace_back(bytes, bytes + size);
    return result;
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
};

class DtlsTest : public testing::Test {
 protected:
  // Exchanges flights until both are silent.
  static void run(Client& client, Dtls& server) {
    client.advance();
    while (!client.sent.empty()) {
      for (const Buffer& datagram : std::exchange(client.sent, {})) server.on_datagram(datagram);
      answer(client, server);
    }
  }
  static void answer(Client& client, Dtls& server) {
    for (std::size_t i = 0; i < server.outgoing().size(); ++i) client.on_datagram(server.outgoing()[i]);
    server.outgoing().clear();
  }
  [[nodiscard]] std::unique_ptr<Dtls> server_for(const Client& client) const {
    return std::make_unique<Dtls>(context, DtlsRole::server, *parse_fingerprint(client.certificate.fingerprint()));
  }
  DtlsState state_after(const Client::Options& options) {
    Client client(options);
    const auto server = server_for(client);
    run(client, *server);
    EXPECT_EQ(client.connected(), server->state() == DtlsState::connected);
    return server->state();
  }

  const Certificate certificate;
  const DtlsContext context{certificate};
};

// Firefox's first message has more than a datagram since its key shares are post-quantum ones.
TEST_F(DtlsTest, AFirstMessageInManyDatagramsCompletesTheHandshake) {
  Client client({.mtu = 400, .ballast = 1500});
  const auto server = server_for(client);
  client.advance();
  ASSERT_GT(client.sent.size(), 4U);
  for (const Buffer& datagram : client.sent) EXPECT_LE(datagram.size(), 400U);
  run(client, *server);
  EXPECT_EQ(server->state(), DtlsState::connected) << server->reason();
  EXPECT_TRUE(client.connected());
  ASSERT_TRUE(server->srtp_keys());
  EXPECT_EQ(server->srtp_keys()->profile, SrtpProfile::aead_aes_128_gcm);
}

TEST_F(DtlsTest, ItsPartsMayComeInAnyOrderAndTwice) {
  Client client({.mtu = 400, .ballast = 1500});
  const auto server = server_for(client);
  client.advance();
  std::vector<Buffer> parts = std::exchange(client.sent, {});
  parts.insert(parts.end(), parts.begin(), parts.end() - 1);
  std::reverse(parts.begin(), parts.end());
  for (const Buffer& part : parts) server->on_datagram(part);
  answer(client, *server);
  run(client, *server);
  EXPECT_EQ(server->state(), DtlsState::connected) << server->reason();
}

TEST_F(DtlsTest, ItsPartsMayShareADatagram) {
  Client client({.mtu = 400, .ballast = 700});
  const auto server = server_for(client);
  client.advance();
  Buffer together;
  for (const Buffer& part : std::exchange(client.sent, {})) together.insert(together.end(), part.begin(), part.end());
  server->on_datagram(together);
  answer(client, *server);
  run(client, *server);
  EXPECT_EQ(server->state(), DtlsState::connected) << server->reason();
}

TEST_F(DtlsTest, AnIncompleteFirstMessageIsAnsweredWithSilence) {
  Client client({.mtu = 400, .ballast = 1500});
  const auto server = server_for(client);
  client.advance();
  client.sent.pop_back();
  for (const Buffer& part : client.sent) server->on_datagram(part);
  EXPECT_TRUE(server->outgoing().empty());
  EXPECT_EQ(server->state(), DtlsState::handshaking);
}

TEST_F(DtlsTest, TakesVersion12WithAeadSuitesAlone) {
  for (const char* suite :
       {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"}) {
    Client client({.suites = suite});
    const auto server = server_for(client);
    run(client, *server);
    EXPECT_EQ(server->state(), DtlsState::connected) << server->reason();
    EXPECT_EQ(client.version(), "DTLSv1.2");
    EXPECT_EQ(client.suite(), suite);
  }
  for (const char* suite : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES128-SHA256",
                            "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-CCM", "AES128-GCM-SHA256",
                            "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-NULL-SHA", "AECDH-AES128-SHA"})
    EXPECT_EQ(state_after({.suites = suite}), DtlsState::failed) << suite;
  EXPECT_EQ(state_after({.newest = DTLS1_VERSION, .suites = "ALL"}), DtlsState::failed);
}

TEST_F(DtlsTest, WithoutACommonSrtpProfileThereAreNoKeys) {
  Client client({.profiles = "SRTP_AES128_CM_SHA1_32"});
  const auto server = server_for(client);
  run(client, *server);
  EXPECT_FALSE(server->srtp_keys());
}

TEST_F(DtlsTest, ClientsOfAnotherCertificateAreRefused) {
  Client client({});
  Dtls server(context, DtlsRole::server, *parse_fingerprint(certificate.fingerprint()));
  run(client, server);
  EXPECT_EQ(server.state(), DtlsState::failed);
}

}  // namespace
}  // namespace costage::sfu
