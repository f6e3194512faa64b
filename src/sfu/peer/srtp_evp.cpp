// The portable back end. SHA-1 is taken from OpenSSL's low-level calls: an HMAC context of EVP allocates for every
// packet, while here the two keyed states are plain values that are copied.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstring>
#include <memory>

#include "base/check.hpp"
#include "sfu/peer/srtp_cipher.hpp"

namespace costage::sfu {

namespace {

using CipherCtx = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

CipherCtx make_ctx(const EVP_CIPHER* kind, const std::uint8_t* key, bool encrypt) {
  CipherCtx ctx{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
  COSTAGE_CHECK(ctx && EVP_CipherInit_ex(ctx.get(), kind, nullptr, key, nullptr, encrypt), "AES is always there");
  return ctx;
}

class EvpGcm final : public SrtpCipher {
 public:
  explicit EvpGcm(const SrtpSessionKey& key)
      : seal_(make_ctx(EVP_aes_128_gcm(), key.encryption.data(), true)),
        open_(make_ctx(EVP_aes_128_gcm(), key.encryption.data(), false)) {}

  void seal(const SrtpParts& p, std::uint8_t* tag) override {
    EVP_CIPHER_CTX* ctx = seal_.get();
    int n = 0;
    bool ok = EVP_EncryptInit_ex(ctx, nullptr, nullptr, nullptr, p.iv.data()) && authenticate(ctx, p) &&
              EVP_EncryptUpdate(ctx, p.packet + p.header, &n, p.payload, static_cast<int>(p.size)) &&
              EVP_EncryptFinal_ex(ctx, p.packet + p.header + n, &n) &&
              EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, 16, tag);
    COSTAGE_CHECK(ok, "sealing has no input that can be wrong");
  }

  bool open(const SrtpParts& p, const std::uint8_t* tag) override {
    EVP_CIPHER_CTX* ctx = open_.get();
    std::uint8_t* text = p.packet + p.header;
    int n = 0;
    return EVP_DecryptInit_ex(ctx, nullptr, nullptr, nullptr, p.iv.data()) && authenticate(ctx, p) &&
           EVP_DecryptUpdate(ctx, text, &n, text, static_cast<int>(p.size)) &&
           EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, 16, const_cast<std::uint8_t*>(tag)) &&
           EVP_DecryptFinal_ex(ctx, text + n, &n) > 0;
  }

 private:
  static bool authenticate(EVP_CIPHER_CTX* ctx, const SrtpParts& p) {
    int n = 0;
    return EVP_CipherUpdate(ctx, nullptr, &n, p.packet, static_cast<int>(p.header)) &&
           (p.tail_size == 0 || EVP_CipherUpdate(ctx, nullptr, &n, p.tail.data(), static_cast<int>(p.tail_size)));
  }

  CipherCtx seal_;
  CipherCtx open_;
};

class HmacSha1 {
 public:
  explicit HmacSha1(const std::array<std::uint8_t, 20>& key) : inner_(keyed(key, 0x36)), outer_(keyed(key, 0x5c)) {}

  [[nodiscard]] std::array<std::uint8_t, 20> operator()(Bytes text) const {
    std::array<std::uint8_t, 20> digest;
    SHA_CTX state = inner_;
    SHA1_Update(&state, text.data(), text.size());
    SHA1_Final(digest.data(), &state);
    state = outer_;
    SHA1_Update(&state, digest.data(), digest.size());
    SHA1_Final(digest.data(), &state);
    return digest;
  }

 private:
  static SHA_CTX keyed(const std::array<std::uint8_t, 20>& key, std::uint8_t pad) {
    std::array<std::uint8_t, 64> block;
    block.fill(pad);
    for (std::size_t i = 0; i < key.size(); ++i) block[i] ^= key[i];
    SHA_CTX state;
    SHA1_Init(&state);
    SHA1_Update(&state, block.data(), block.size());
    return state;
  }

  SHA_CTX inner_;
  SHA_CTX outer_;
};

class EvpCm final : public SrtpCipher {
 public:
  explicit EvpCm(const SrtpSessionKey& key)
      : aes_(make_ctx(EVP_aes_128_ctr(), key.encryption.data(), true)), hmac_(key.authentication) {}

  void seal(const SrtpParts& p, std::uint8_t* tag) override {
    crypt(p, p.payload);
    const auto digest = authenticate(p);
    std::memcpy(tag, digest.data(), kTag);
  }

  bool open(const SrtpParts& p, const std::uint8_t* tag) override {
    // The tail takes the place of what was sent behind the ciphertext, which may be the tag itself.
    std::array<std::uint8_t, kTag> received;
    std::memcpy(received.data(), tag, kTag);
    if (CRYPTO_memcmp(authenticate(p).data(), received.data(), kTag) != 0) return false;
    crypt(p, p.packet + p.header);
    return true;
  }

 private:
  static constexpr std::size_t kTag = srtp_tag_size(SrtpProfile::aes128_cm_sha1_80);

  // Counter mode: the same operation both ways.
  void crypt(const SrtpParts& p, const std::uint8_t* from) {
    int n = 0;
    const bool ok = EVP_EncryptInit_ex(aes_.get(), nullptr, nullptr, nullptr, p.iv.data()) &&
                    EVP_EncryptUpdate(aes_.get(), p.packet + p.header, &n, from, static_cast<int>(p.size));
    COSTAGE_CHECK(ok, "counter mode takes any input");
  }
  [[nodiscard]] std::array<std::uint8_t, 20> authenticate(const SrtpParts& p) const {
    const std::size_t end = p.header + p.size;
    std::memcpy(p.packet + end, p.tail.data(), p.tail_size);
    return hmac_({p.packet, end + p.tail_size});
  }

  CipherCtx aes_;
  HmacSha1 hmac_;
};

class EvpEngine final : public SrtpEngine {
 public:
  std::unique_ptr<SrtpCipher> cipher(SrtpProfile profile, const SrtpSessionKey& key) const override {
    if (profile == SrtpProfile::aead_aes_128_gcm) return std::make_unique<EvpGcm>(key);
    return std::make_unique<EvpCm>(key);
  }
  const char* name() const override { return "OpenSSL"; }
};

}  // namespace

std::unique_ptr<SrtpEngine> make_evp_engine() { return std::make_unique<EvpEngine>(); }

std::unique_ptr<SrtpEngine> make_srtp_engine() {
  auto fast = make_ipsec_mb_engine();
  return fast ? std::move(fast) : make_evp_engine();
}

}  // namespace costage::sfu
